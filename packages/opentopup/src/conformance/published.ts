import { Compile, type Validator } from 'typebox/schema';
import type { Finding } from './finding.ts';
import facts from './travel-b2b-1.7.json' with { type: 'json' };

interface PublishedSchema {
  $ref?: string;
  type?: string;
  items?: PublishedSchema;
}

/** Phrases that its list of them has not, though its own codes need them. */
const MORE_PHRASES = ['Content Too Large', 'Unsupported Media Type', 'Unprocessable Content', 'Service Unavailable'];

/** Faults of one body that are told. */
const TOLD = 5;

/**
 * The published description of Travel B2B 1.7, read as servers and clients read it: amounts are decimals, though it says
 * integer with the format float; what fits one of two kinds of metadata may fit the other too; a server that is alive
 * need not send what only errors have.
 */
function asItIsRead(): typeof facts {
  const read = (_: string, value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const { oneOf, ...schema } = value as { oneOf?: unknown; type?: string; format?: string };
    if (schema.format === 'float' || schema.format === 'string') delete schema.format;
    else if (oneOf === undefined) return schema;
    return {
      ...schema,
      ...(schema.type === 'integer' && { type: 'number' }),
      ...(oneOf !== undefined && { anyOf: oneOf }),
    };
  };
  const copy = JSON.parse(JSON.stringify(facts), read) as typeof facts;
  const { Error: refusal, Status: status } = copy.components.schemas;
  refusal.properties.message.enum.push(...MORE_PHRASES);
  status.required = ['isAlive'];
  return copy;
}

const description = asItIsRead();
const validators = new Map<string, Validator>();

function validatorOf(schema: PublishedSchema): Validator {
  const key = JSON.stringify(schema);
  const known = validators.get(key);
  if (known) return known;
  const made = Compile({ ...description, ...schema } as Record<string, unknown>);
  validators.set(key, made);
  return made;
}

/** Names the rule that a value breaks, in the words of JSON Schema. */
function ruleOf(keyword: string, params: Record<string, unknown>): string {
  const { type, format, allowedValues, requiredProperties, pattern } = params;
  const detail = type ?? format ?? allowedValues ?? requiredProperties ?? pattern;
  const text = Array.isArray(detail) ? detail.join(' | ') : typeof detail === 'string' ? detail : '';
  return text ? `${keyword}: ${text}` : keyword;
}

const shortly = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

const valueAt = (body: unknown, path: string): unknown =>
  path
    .split('/')
    .slice(1)
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);

/** What is wrong with a value by a schema. */
function faultsBy(schema: PublishedSchema, value: unknown): Finding[] {
  const [, errors] = validatorOf(schema).Errors(value);
  return errors.slice(0, TOLD).map(({ instancePath, keyword, params }) => ({
    what: instancePath || '/',
    expected: ruleOf(keyword, params as Record<string, unknown>),
    found: shortly(valueAt(value, instancePath)),
  }));
}

interface Responses {
  [status: string]: { content: { 'application/json': { schema: PublishedSchema } } } | undefined;
}

const RESPONSES = new Map<string, Responses>(
  Object.values(description.paths).flatMap((methods) =>
    Object.values(methods as Record<string, { operationId?: string; responses?: Responses }>).flatMap(
      ({ operationId, responses }) => (operationId && responses ? [[operationId, responses] as const] : []),
    ),
  ),
);

/**
 * What is wrong with the body of an answer to an operation. Where the description wants a list of things and the written
 * guide shows one thing, both are right.
 */
export function findingsInAnswer(operation: string, status: number, body: unknown): Finding[] {
  const responses = RESPONSES.get(operation);
  const response = responses?.[status] ?? responses?.['default'];
  const schema = response?.content['application/json'].schema ?? { $ref: '#/components/schemas/Error' };
  const isOneThing = MAY_BE_ONE.has(operation) && !Array.isArray(body) && status < 300;
  return faultsBy(isOneThing ? (schema.items ?? schema) : schema, body);
}

const MAY_BE_ONE = new Set(['getDistributorOffer', 'changeDistributorOfferEditableParameters', 'setDistributorKey']);

/** What is wrong with a refusal. */
export const findingsInRefusal = (body: unknown): Finding[] => faultsBy({ $ref: '#/components/schemas/Error' }, body);
