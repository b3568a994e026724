import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { ErrorBody } from './errors.ts';
import { openApiDocument } from './openapi.ts';
import type { Operation } from './operation.ts';
import { isWire, reasonsOf } from './operation-reasons.ts';
import { OPERATIONS } from './operations.ts';
import { REASONS, ruleOf } from './reasons.ts';

const document = openApiDocument({ version: '1.2.3' }) as any;

/** What the document says of an operation. */
const described = ({ path, method }: Operation): any => document.paths[path][method.toLowerCase()];

const faults = (schema: TSchema, value: unknown): unknown[] => [...Value.Errors(schema, value)];

describe('the OpenAPI description', () => {
  it('has every operation once, under its name', () => {
    const ids = Object.values(document.paths as Record<string, object>).flatMap((path) =>
      Object.values(path).flatMap(({ operationId }: { operationId?: string }) => operationId ?? []),
    );
    expect(ids.toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(OPERATIONS)('has an example of the body of $id, and it is valid', ({ body, bodyExample }) => {
    if (body === undefined) expect(bodyExample).toBeUndefined();
    else expect(faults(body, bodyExample)).toEqual([]);
  });

  it.each(OPERATIONS)('has an example of each answer of $id, and it is valid', ({ answers }) => {
    const bodies = Object.values(answers).filter(({ schema }) => schema !== undefined);
    expect(bodies.flatMap(({ schema, example }) => faults(schema as TSchema, example))).toEqual([]);
  });

  it.each(OPERATIONS)('has an example of each thing that has to be named in the address of $id', (operation) => {
    const parameters = (described(operation).parameters ?? []) as { required: boolean; example?: unknown }[];
    expect(parameters.filter(({ required, example }) => required && example === undefined)).toEqual([]);
  });

  it.each(OPERATIONS)('tells every reason for which $id is refused, under its status', (operation) => {
    const { responses } = described(operation);
    for (const reason of reasonsOf(operation)) {
      const response = responses[ruleOf(reason).status];
      const told = response.$ref ? document.components.responses[response.$ref.split('/').at(-1)] : response;
      expect(told.description).toContain(`\`${reason}\``);
      expect(told.content['application/json'].examples).toHaveProperty(reason);
    }
  });

  it('has an example of every refusal, as it is answered', () => {
    const { examples } = document.components;
    expect(Object.keys(examples)).toEqual(Object.keys(REASONS));
    for (const [reason, { value, summary }] of Object.entries<any>(examples)) {
      expect(faults(ErrorBody, value)).toEqual([]);
      expect(value.reason).toBe(reason);
      expect(`${summary} ${value.description}`).not.toContain('undefined');
    }
  });

  it('marks what is added to the Travel B2B API, operations and fields', () => {
    for (const operation of OPERATIONS) {
      expect(described(operation)['x-extension'] === true).toBe(operation.extension);
    }
    const { properties } = document.components.schemas.TransactionCreation;
    expect(properties.max_price['x-extension']).toBe(true);
    expect(properties.offer_id).not.toHaveProperty('x-extension');
    expect(document.components.schemas.DistributorTransaction.properties.identification['x-extension']).toBe(true);
  });

  it('leads what is not of the wire to the root, whichever base is chosen', () => {
    for (const operation of OPERATIONS) {
      const { servers } = document.paths[operation.path];
      expect(servers?.map(({ url }: { url: string }) => url)).toEqual(isWire(operation) ? undefined : ['/']);
    }
  });

  it('has addresses relative to its own, or those of the server that it is told', () => {
    const urls = (of: any): string[] => of.servers.map(({ url }: { url: string }) => url);
    expect(urls(document)).toEqual(['/', '/travel-b2b/v1', '/travel-b2b-sandbox/v1']);
    const elsewhere = openApiDocument({ version: '1.2.3', serverUrl: 'https://topup.example' }) as any;
    expect(urls(elsewhere)).toEqual([
      'https://topup.example',
      'https://topup.example/travel-b2b/v1',
      'https://topup.example/travel-b2b-sandbox/v1',
    ]);
    expect(urls(elsewhere.paths['/v1/settings'])).toEqual(['https://topup.example']);
    const { flows } = elsewhere.components.securitySchemes.clientCredentials;
    expect(flows.clientCredentials.tokenUrl).toBe('https://topup.example/oauth/v3/token');
  });

  it('uses each of its tags', () => {
    const used = new Set(OPERATIONS.map(({ tag }) => tag));
    expect(document.tags.map(({ name }: { name: string }) => name).toSorted()).toEqual([...used].toSorted());
  });
});
