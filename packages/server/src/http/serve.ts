import {
  type CallerRole,
  type Operation,
  type OperationInput,
  type Reason,
  refusesKey,
  tellsCustomer,
} from '@opentopup/contract';
import buildSerializer from 'fast-json-stringify';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { compressed } from './compress.ts';
import { ignoreBodies } from './json-body.ts';
import { readBody, readParams, readQuery } from './read-request.ts';
import { fail } from './refusal-error.ts';

type Handler<O extends Operation> = (
  input: OperationInput<O>,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<unknown>;

export interface ServeOptions {
  /** The handler reads the body itself: `input.body` is what came. */
  rawBody?: true;
  /** Largest body taken, in bytes, where it is not that of every other route. */
  bodyLimit?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The operation that the route serves. */
    operation?: string;
    /** Which roles may call it; absent where it does not ask who calls. */
    roles?: readonly CallerRole[] | undefined;
    /** Whether an end customer is told of a refusal; where it is not said, nobody is. */
    tellsCustomer?: (reason: Reason) => boolean;
  }
}

type Serialize = (answer: unknown) => string;

/** Reads of which type each part of a union is, where that tells them apart. */
function typesIn({ anyOf }: Union): Map<unknown, object> | null {
  const types = anyOf?.map((schema) => [schema.properties?.['type']?.const, schema] as const) ?? [];
  return types.length > 0 && types.every(([type]) => type !== undefined) ? new Map(types) : null;
}

interface Union {
  anyOf?: readonly { properties?: Record<string, { const?: unknown }> }[];
}

/**
 * Builds what writes answers of a schema. Lists of what is told apart by its type are written each by the schema of its own:
 * the library would try one after the other.
 */
function build(schema: object): Serialize {
  const types = 'items' in schema && typesIn(schema.items as Union);
  if (!types) return buildSerializer(schema) as Serialize;
  const byType = new Map([...types].map(([type, each]) => [type, serializerOf(each)]));
  return (answer) => {
    const parts = (answer as { type: unknown }[]).map((each) => {
      const serialize = byType.get(each.type);
      if (!serialize) throw new Error(`an answer has a part of an unknown type: ${String(each.type)}`);
      return serialize(each);
    });
    return `[${parts.join(',')}]`;
  };
}

/** What is built already, by schema: an operation is served under several addresses. */
const serializers = new WeakMap<object, Serialize>();

/** Builds what writes answers of a schema when the first is given: all of them at once take half of what a start takes. */
function serializerOf(schema: object): Serialize {
  return (answer) => {
    let serialize = serializers.get(schema);
    if (!serialize) {
      serialize = build(schema);
      serializers.set(schema, serialize);
    }
    return serialize(answer);
  };
}

/** Serves an operation of the contract: reads the request by its schemas, and writes the answer by them. */
export function serve<O extends Operation>(
  app: FastifyInstance,
  operation: O,
  handler: Handler<O>,
  { rawBody, bodyLimit }: ServeOptions = {},
): void {
  const { params, query, body } = operation;
  const isWithoutKeys = refusesKey(operation);
  const json = Object.entries(operation.answers).filter(([, { schema }]) => schema !== undefined);
  const route: RouteOptions = {
    method: operation.method,
    url: operation.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    ...(bodyLimit !== undefined && { bodyLimit }),
    schema: { response: Object.fromEntries(json.map(([status, { schema }]) => [status, schema])) },
    serializerCompiler: ({ schema }) => serializerOf(schema),
    ...compressed(operation),
    config: {
      operation: operation.id,
      roles: operation.roles,
      also: operation.answers[200]?.also ?? [],
      tellsCustomer: (reason) => tellsCustomer(operation, reason),
    },
    handler: (request, reply) => {
      if (isWithoutKeys && request.headers['idempotency-key'] !== undefined) {
        fail('invalid_header', {
          field: 'Idempotency-Key',
          detail: 'only an order keeps one: before this is repeated, look whether it was made',
        });
      }
      const input = {
        params: params && readParams(params, request.params),
        query: query && readQuery(query, request.query),
        body: body && !rawBody ? readBody(body, request.body) : request.body,
      };
      return handler(input as OperationInput<O>, request, reply);
    },
  };
  if (body || operation.method === 'GET') {
    app.route(route);
    return;
  }
  void app.register(async (scope) => {
    ignoreBodies(scope);
    scope.route(route);
  });
}
