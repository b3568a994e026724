import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { FORMATS } from '../support/formats.ts';

/** The facts of the published description of Travel B2B 1.7: paths, parameters, types. Looked into freely. */
export const published: any = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../opentopup/src/conformance/travel-b2b-1.7.json'), 'utf8'),
);

export interface PublishedOperation {
  id: string;
  path: string;
  method: string;
  /** Names of its parameters in the query. */
  query: string[];
  body: any;
  responses: any;
}

export const PUBLISHED_OPERATIONS: PublishedOperation[] = Object.entries<any>(published.paths).flatMap(
  ([path, { parameters: shared = [], ...methods }]) =>
    Object.entries<any>(methods).map(([method, { operationId, parameters = [], requestBody, responses }]) => ({
      id: operationId,
      path,
      method,
      query: [...shared, ...parameters].filter((each) => each.in === 'query').map(({ name }) => name),
      body: requestBody?.content['application/json'].schema,
      responses,
    })),
);

const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, formats: { ...FORMATS, string: true } });
ajv.addSchema(published, 'published', false, false);

export interface PublishedSchema {
  $ref?: string;
  type?: string;
  items?: PublishedSchema;
}

/**
 * What is wrong with a value by a schema of the published description. Where that wants an array of things and there is
 * one thing, it is looked at all the same.
 */
export function publishedFaults(schema: PublishedSchema, value: unknown): ErrorObject[] {
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"published#/')));
  void validate(value);
  const alone = schema.items && !Array.isArray(value) ? publishedFaults(schema.items, value) : [];
  return [...(validate.errors ?? []), ...alone];
}

/** The schema of an answer to an operation; null stands for whatever is refused outside of them. */
export function schemaOfAnswer(operation: PublishedOperation | null, status: number): PublishedSchema {
  const response = operation?.responses[status] ?? operation?.responses.default;
  return response?.content['application/json'].schema ?? { $ref: '#/components/schemas/Error' };
}
