import { openApiDocument } from '@opentopup/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { FORMATS } from './formats.ts';

/** The OpenAPI description, looked into freely. */
export const description = openApiDocument({ version: '0.0.0' }) as any;

/** What the description says of an operation, with where it stands. */
export function described(operationId: string): { path: string; method: string; operation: any } {
  for (const [path, methods] of Object.entries<Record<string, any>>(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === operationId) return { path, method, operation };
    }
  }
  throw new Error(`the description has no operation ${operationId}`);
}

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
ajv.addSchema(description, 'openapi', false, false);

const pointer = (keys: string[]): string =>
  keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** What is wrong with a value, by the schema that stands there in the description. */
export function faultsAt(keys: string[], value: unknown): unknown[] {
  const validate = ajv.getSchema(`openapi#${pointer(keys)}`);
  if (!validate) throw new Error(`the description has no schema at ${keys.join(' ')}`);
  void validate(value);
  return validate.errors ?? [];
}

/** What is wrong with the JSON answer to an operation, by what the description says of its status. */
export function faultsOfAnswer(operationId: string, { status, body }: { status: number; body: unknown }): unknown[] {
  const { path, method, operation } = described(operationId);
  const response = operation.responses[status] ?? operation.responses.default;
  const keys = response.$ref?.split('/').slice(1) ?? ['paths', path, method, 'responses', String(status)];
  return faultsAt([...keys, 'content', 'application/json', 'schema'], body);
}
