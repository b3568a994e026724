import type { Reason } from '@opentopup/contract';
import type { Static, TObject, TSchema } from 'typebox';
import { faultIn, validatorOf } from '../values/schema-fault.ts';
import { fail } from './refusal-error.ts';

interface Schema {
  type?: string;
  format?: string;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

/** Tells what is needed where a value is not what its schema says, for the person who wrote the client. */
function needed({ type, format, enum: values, minimum, maximum }: Schema): string {
  if (values) return `one of ${values.join(', ')} is needed`;
  if (type === 'integer') return `an integer from ${minimum} to ${maximum} is needed`;
  if (type === 'boolean') return 'true or false is needed';
  if (format === 'uuid') return 'a UUID is needed';
  return 'plain text is needed';
}

/** Converts text to the schema's type; leaves it as it is where it is no such value. */
function converted(text: string, { type, format }: Schema): unknown {
  if (type === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
  if (type === 'number') return /^\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return format === 'uuid' ? text.toLowerCase() : text;
}

/** Reads named texts, of a path or a query, as an object of the schema. One that is empty counts as not given. */
function readTexts(schema: TObject, texts: Record<string, unknown>, invalid: Reason): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [field, property] of Object.entries(schema.properties as Record<string, Schema>)) {
    const text = texts[field];
    if (Array.isArray(text)) fail(invalid, { field, detail: 'given more than once' });
    if (typeof text === 'string' && text !== '') {
      const value = converted(text, property);
      if (!validatorOf(property).Check(value) || text.includes('\0')) {
        fail(invalid, { field, detail: needed(property) });
      }
      read[field] = value;
    } else if (property.default !== undefined) {
      read[field] = property.default;
    } else if (schema.required?.includes(field)) {
      fail(invalid === 'invalid_query_parameter' ? 'missing_query_parameter' : invalid, { field });
    }
  }
  return read;
}

/** Reads the parameters in the path. */
export const readParams = <S extends TObject>(schema: S, params: unknown): Static<S> =>
  readTexts(schema, params as Record<string, unknown>, 'invalid_url_parameter') as Static<S>;

/** Reads the parameters in the query. Those that the schema does not name are left out. */
export const readQuery = <S extends TObject>(schema: S, query: unknown): Static<S> =>
  readTexts(schema, query as Record<string, unknown>, 'invalid_query_parameter') as Static<S>;

/** Reads a body of this schema; the refusal names the field that is wrong. */
export function readBody<S extends TSchema>(schema: S, body: unknown): Static<S> {
  const fault = faultIn(schema, body);
  if (!fault) return body as Static<S>;
  const { kind, field, message } = fault;
  if (kind === 'missing') fail('missing_body_field', { field });
  if (field === '') {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    fail('invalid_body', { detail: isObject ? message : 'a JSON object is needed' });
  }
  return fail('invalid_body_field', { field, detail: message });
}
