import { BASES, CSRF_HEADER, isWire, OPERATIONS, type Operation } from '@opentopup/contract';
import fc from 'fast-check';
import { exampleRequest } from '../support/example-request.ts';
import { about } from '../support/exchange.ts';
import { written } from './bodies.ts';
import { id as idOf, junk, nearlyValid, valid } from './from-schema.ts';

/** A request to send, and what it was meant to be. */
export interface FuzzRequest {
  /** The operation that its method and path name; null where they may name none. */
  operation: Operation | null;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | null;
}

/** What the requests are about. */
export interface FuzzSubject {
  /** Real ids that an operation may be asked about. */
  idsOf: (operation: Operation) => string[];
  /** Those that the examples are about, as they really are. */
  real: ReadonlyMap<string, string>;
  /** The right credentials for an operation. */
  authorizationOf: (operation: Operation) => string;
  /** The cookie of a session, for an operation that needs one. */
  cookieOf: (operation: Operation) => string;
  /** Credentials of all kinds. */
  authorizations: string[];
  /** Orders that may be made. */
  orders: { offer_id: string; parameters: object }[];
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'BREW'];

const TYPES = [
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded',
  'text/plain',
  'text/csv',
  'multipart/form-data; boundary=x',
  'application/vnd.api+json',
  'application/json, text/plain',
  'application',
  '',
  ';',
  'x'.repeat(300),
];

const latin1 = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 300 })
  .map((text) => text.replaceAll(/[\x7f-\x9f]/g, '').trim());

const strangeHeaders: fc.Arbitrary<Record<string, string>> = fc
  .array(
    fc.oneof(
      fc.tuple(fc.stringMatching(/^x-[a-z-]{1,20}$/), latin1),
      fc.tuple(
        fc.constantFrom('accept', 'accept-language', 'idempotency-key', 'last-event-id', 'cookie', 'origin', 'range'),
        latin1,
      ),
      fc.constantFrom<[string, string]>(
        ['accept', 'application/xml'],
        ['accept', 'text/csv'],
        ['accept', '*/*;q=0'],
        ['accept', 'application/json;q=nan, */*;q=9'],
        ['accept-language', 'fr;q=1e9, *;q=-1'],
        ['idempotency-key', 'the-same'],
        ['idempotency-key', '"quoted'],
        ['idempotency-key', 'k'.repeat(300)],
        ['content-encoding', 'gzip'],
        ['content-encoding', 'br, gzip'],
        ['expect', '100-continue'],
        ['expect', 'miracles'],
        ['upgrade', 'websocket'],
        ['x-http-method-override', 'DELETE'],
        ['x-forwarded-for', '127.0.0.1, ::1'],
        ['x-request-id', '1'],
        ['host', 'elsewhere.example'],
        ['host', '['],
        ['if-none-match', '*'],
        ['x-long', 'x'.repeat(12_000)],
        ['x-longer', 'x'.repeat(20_000)],
      ),
    ),
    { maxLength: 3 },
  )
  .map((headers) => Object.fromEntries(headers));

const strangeText = fc.oneof(
  { weight: 2, arbitrary: junk.map((value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
);
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

const STRANGE_PATHS = [
  '//',
  '/%',
  '/%ff',
  '/%00',
  '/.',
  '/../live',
  '/live/',
  '/LIVE',
  '/live;x=1',
  '/live%2f',
  '/live?%',
  '/live?a[b]=1&a[b]=2&__proto__[x]=1',
  `/live?${'a=1&'.repeat(1_500)}`,
  '/docs/js/../../openapi.json',
  '/docs/%2e%2e/package.json',
  '/distributors/offers/%e0%80%80',
  `/distributors/offers/${'7'.repeat(3_000)}`,
  'http://elsewhere.example/live',
  '*',
];
const strangePath = fc.oneof(
  fc.constantFrom(...STRANGE_PATHS),
  fc
    .string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)), maxLength: 60 })
    .map((text) => `/${text}`),
  fc
    .array(fc.constantFrom('distributors', 'transactions', 'offers', 'v1', 'admin', '..', '%2e', '', 'count'), {
      maxLength: 8,
    })
    .map((parts) => `/${parts.join('/')}`),
);

/** The query of an operation: what it knows, rightly or wrongly, and what it does not. */
function queryOf({ query }: Operation, ids: string[]): fc.Arbitrary<string> {
  const known = Object.entries(query?.properties ?? {}).map(([name, schema]) =>
    fc.tuple(
      fc.constant(name),
      fc.oneof({ weight: 3, arbitrary: valid(schema, ids).map(String) }, { weight: 1, arbitrary: strangeText }),
    ),
  );
  const unknown = fc.tuple(fc.string({ maxLength: 8 }), strangeText);
  return fc
    .array(fc.oneof(...known, ...known, unknown), { maxLength: 4 })
    .map((pairs) => pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&'));
}

function pathOf(operation: Operation, ids: string[]): fc.Arbitrary<string> {
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const schemas = names.map((name) => (operation.params?.properties[name] ?? {}) as { enum?: string[] });
  const values = schemas.map(({ enum: words }) =>
    fc.oneof(
      { weight: 6, arbitrary: words ? fc.constantFrom(...words) : idOf(ids) },
      { weight: 1, arbitrary: strangeText.filter((text) => text.length > 0) },
    ),
  );
  const bases = isWire(operation) ? BASES : BASES.filter(({ prefix }) => prefix === '');
  const base = fc.oneof(
    ...bases.map(({ prefix, world }) => ({ weight: world === 'live' ? 4 : 1, arbitrary: fc.constant(prefix) })),
  );
  return fc.tuple(base, fc.tuple(...values), queryOf(operation, ids)).map(([prefix, given, query]) => {
    const path = names.reduce((url, name, i) => url.replace(`{${name}}`, encoded(given[i] ?? '')), operation.path);
    return prefix + (query ? `${path}?${query}` : path);
  });
}

/** Orders as they should be, and such that mix up what belongs together. */
const orderOf = (ids: string[], { orders }: FuzzSubject): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...orders),
      fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.record({ offer_id: idOf(ids) }) }),
      fc.record(
        { user_id: fc.string({ maxLength: 20 }), max_price: fc.constantFrom(7, 7.92, 100) },
        { requiredKeys: [] },
      ),
    )
    .map(([order, other, more]) => ({ ...order, ...other, ...more }));

function bodyOf(operation: Operation, subject: FuzzSubject): fc.Arbitrary<string | Buffer | null> {
  const { body, id, bodyType } = operation;
  const nothing = { weight: 1, arbitrary: fc.constant(null) };
  const odd = { weight: 1, arbitrary: written(junk) };
  if (!body) return fc.oneof({ ...nothing, weight: 8 }, odd);
  const example = about(exampleRequest(id), subject.real).body ?? '';
  const asExample = { weight: 1, arbitrary: fc.constant(example) };
  if (bodyType) return fc.oneof(asExample, nothing, odd, { weight: 2, arbitrary: fc.string({ unit: 'binary' }) });
  const ids = subject.idsOf(operation);
  const right = id === 'createTransaction' ? orderOf(ids, subject) : valid(body, ids);
  return fc.oneof(
    { weight: 6, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 4, arbitrary: written(nearlyValid(body, ids)) },
    { weight: 2, arbitrary: written(right) },
    asExample,
    nothing,
    odd,
  );
}

function requestTo(operation: Operation, subject: FuzzSubject): fc.Arbitrary<FuzzRequest> {
  const often = <T>(right: T, else_: fc.Arbitrary<T>): fc.Arbitrary<T> =>
    fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: else_ });
  return fc
    .record({
      method: often(operation.method as string, fc.constantFrom(...METHODS)),
      path: pathOf(operation, subject.idsOf(operation)),
      strange: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: strangeHeaders }),
      authorization: often(
        subject.authorizationOf(operation),
        fc.oneof(fc.constantFrom(...subject.authorizations), latin1),
      ),
      type: often(operation.bodyType ?? 'application/json', fc.constantFrom(...TYPES)),
      body: bodyOf(operation, subject),
    })
    .map(({ method, path, strange, authorization, type, body }) => ({
      // With another method, the same path may be that of another operation.
      operation: OPERATIONS.find((each) => each.path === operation.path && each.method === method) ?? null,
      method,
      path,
      headers: {
        ...(authorization && { authorization }),
        ...(subject.cookieOf(operation) && { cookie: subject.cookieOf(operation), [CSRF_HEADER]: '1' }),
        ...(body !== null && type && { 'content-type': type }),
        ...strange,
      },
      body,
    }));
}

/** Requests to all these operations and around them, from what is right to what is not even meant. */
export function requestsTo(operations: readonly Operation[], subject: FuzzSubject): fc.Arbitrary<FuzzRequest> {
  const [order] = operations.filter(({ id }) => id === 'createTransaction');
  const aimed = operations.map((operation) => requestTo(operation, subject));
  const astray = fc
    .record({
      method: fc.constantFrom(...METHODS),
      path: strangePath,
      headers: strangeHeaders,
      authorization: fc.constantFrom(...subject.authorizations),
    })
    .map(({ headers, authorization, ...rest }) => ({
      ...rest,
      operation: null,
      headers: { ...headers, authorization },
      body: null,
    }));
  return fc.oneof(
    { weight: 7, arbitrary: fc.oneof(...aimed) },
    ...(order ? [{ weight: 3, arbitrary: requestTo(order, subject) }] : []),
    { weight: 1, arbitrary: astray },
  );
}
