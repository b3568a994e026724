import { EXAMPLE_IDS } from '../example-values.ts';
import { parameterObjects } from '../openapi/parameters.ts';
import { createSchemaWriter } from '../openapi/schemas.ts';
import type { Access, Operation } from '../operation.ts';
import { isWire } from '../operation-reasons.ts';
import { OPERATIONS } from '../operations.ts';

/** An operation as a collection has it: its example, with `{{variables}}` for what differs from one user to the next. */
export interface CollectedRequest {
  id: string;
  tag: string;
  summary: string;
  method: Operation['method'];
  /** With the base. */
  url: string;
  query: readonly (readonly [name: string, value: string])[];
  /** The URL with the query. */
  target: string;
  headers: readonly (readonly [name: string, value: string])[];
  body?: { type: string; text: string };
  access: CollectedAccess;
}

/** The ways to prove who calls that a collection can be given: sessions belong to browsers, and suppliers prove themselves. */
type CollectedAccess = Exclude<Access, 'account' | 'supplier'>;

/** What its user fills in, with what stands there before. The base of the wire is that of the sandbox. */
export const COLLECTION_VARIABLES = {
  baseUrl: 'http://localhost:8080',
  wire: '/travel-b2b-sandbox/v1',
  clientId: '',
  clientSecret: '',
  adminToken: '',
  ...EXAMPLE_IDS,
} as const;

const NAMES = Object.entries(EXAMPLE_IDS);
/** Puts variables in the place of the ids that examples use. */
const withVariables = (text: string): string =>
  NAMES.reduce((writing, [name, id]) => writing.replaceAll(id, `{{${name}}}`), text);

type Parameter = { in: string; name: string; example?: unknown };

function bodyOf({ body, bodyType = 'application/json', bodyExample }: Operation): CollectedRequest['body'] {
  if (!body) return undefined;
  const text =
    bodyType === 'application/x-www-form-urlencoded'
      ? new URLSearchParams(bodyExample as Record<string, string>).toString()
      : typeof bodyExample === 'string'
        ? bodyExample
        : JSON.stringify(bodyExample, null, 2);
  return { type: bodyType, text: withVariables(text) };
}

function collected(operation: Operation, access: CollectedAccess): CollectedRequest {
  const { id, tag, summary, method, path } = operation;
  const given = parameterObjects(operation, createSchemaWriter()) as Parameter[];
  const valuesIn = (place: string): [string, string][] =>
    given
      .filter((each) => each.in === place && each.example !== undefined)
      .map(({ name, example }) => [name, withVariables(String(example))]);
  const filled = valuesIn('path').reduce((url, [name, value]) => url.replace(`{${name}}`, value), path);
  const url = `{{baseUrl}}${isWire(operation) ? '{{wire}}' : ''}${filled}`;
  const query = valuesIn('query');
  const search = query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const body = bodyOf(operation);
  const hasKey = given.some(({ name }) => name === 'Idempotency-Key');
  return {
    id,
    tag,
    summary,
    method,
    url,
    query,
    target: search ? `${url}?${search}` : url,
    headers: [
      ...(body ? ([['Content-Type', body.type]] as const) : []),
      ...valuesIn('header').filter(([name]) => name !== 'Idempotency-Key'),
      // Each time it is sent, it is another order.
      ...(hasKey ? ([['Idempotency-Key', '{{$guid}}']] as const) : []),
    ],
    ...(body && { body }),
    access,
  };
}

/** Lists the requests of a collection, the token first: all others need it. */
export function collectedRequests(): CollectedRequest[] {
  const all = OPERATIONS.flatMap((operation) => {
    const { access } = operation;
    return access === 'account' || access === 'supplier' ? [] : [collected(operation, access)];
  });
  return all.toSorted((a, b) => Number(b.access === 'client') - Number(a.access === 'client'));
}

/** Groups requests by what they are about, in their order. */
export const byTag = (requests: readonly CollectedRequest[]): [string, CollectedRequest[]][] => [
  ...Map.groupBy(requests, ({ tag }) => tag),
];
