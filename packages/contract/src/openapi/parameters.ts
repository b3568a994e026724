import type { TObject } from 'typebox';
import { EXAMPLE_IDS } from '../example-values.ts';
import type { Operation } from '../operation.ts';
import { mustBeGiven } from '../operation-reasons.ts';
import type { Json, SchemaWriter } from './schemas.ts';

/** The thing that an id in a path names, by the collection before it. */
const OF_COLLECTION: Readonly<Record<string, string>> = {
  distributors: EXAMPLE_IDS.distributor,
  credentials: EXAMPLE_IDS.client,
  suppliers: EXAMPLE_IDS.supplier,
  products: EXAMPLE_IDS.product,
  offers: EXAMPLE_IDS.offer,
  transactions: EXAMPLE_IDS.transaction,
  identifications: EXAMPLE_IDS.esim,
  staff: EXAMPLE_IDS.account,
  accounts: EXAMPLE_IDS.account,
  sessions: EXAMPLE_IDS.session,
  passkeys: EXAMPLE_IDS.passkey,
  webhooks: EXAMPLE_IDS.webhook,
  deliveries: EXAMPLE_IDS.event,
  alerts: EXAMPLE_IDS.alert,
};

/** Finds the example of a parameter in a path. */
function exampleInPath(path: string, name: string): string {
  const [, collection = ''] = new RegExp(`([^/]+)/\\{${name}\\}`).exec(path) ?? [];
  const example = OF_COLLECTION[collection];
  if (example === undefined) throw new Error(`${path}: there is no example of what ${collection} have`);
  return example;
}

/** Writes the parameters of an operation: of its path, its query and its headers. */
export function parameterObjects({ path, params, query, headers }: Operation, { write }: SchemaWriter): Json[] {
  const of = (place: 'path' | 'query' | 'header', schema: TObject | undefined): Json[] =>
    Object.entries(schema?.properties ?? {}).map(([name, property]) => {
      const { examples, description, ...rest } = write(property) as { examples?: unknown[]; description?: string };
      const example = examples?.[0] ?? (place === 'path' ? exampleInPath(path, name) : undefined);
      return {
        name,
        in: place,
        required: schema !== undefined && mustBeGiven(schema, name),
        ...(description === undefined ? {} : { description }),
        schema: rest,
        ...(example === undefined ? {} : { example }),
      };
    });
  return [...of('path', params), ...of('query', query), ...of('header', headers)];
}
