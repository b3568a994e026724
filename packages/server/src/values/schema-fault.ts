import { TRIMMED_LINE } from '@opentopup/contract/plain-text';
import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { unstorable } from './storable.ts';

const validators = new WeakMap<TSchema, Validator>();

/** Compiles the schema, once. */
export function validatorOf(schema: TSchema): Validator {
  let known = validators.get(schema);
  if (!known) {
    known = Compile(schema);
    validators.set(schema, known);
  }
  return known;
}

/** What is wrong with a value. */
export interface Fault {
  kind: 'missing' | 'unknown' | 'invalid';
  /** The path of the field, as in `parameters.msisdn`; empty for the value itself. */
  field: string;
  message: string;
}

/** What is needed instead of text that shows as what it is not, or that cannot be kept. */
export const PLAIN_TEXT_NEEDED = 'plain text is needed, without control characters and such that turn its direction';

/** Tells what is needed instead, for the person who wrote the client. */
function needed({ keyword, params, message }: TLocalizedValidationError): string {
  if (keyword === 'enum') return `one of ${params.allowedValues.join(', ')} is needed`;
  if (keyword === 'pattern' && params.pattern === TRIMMED_LINE) return `${PLAIN_TEXT_NEEDED}, nor blanks at its ends`;
  // A pattern that only forbids is one of plain text.
  if (keyword === 'pattern' && String(params.pattern).startsWith('^[^')) return PLAIN_TEXT_NEEDED;
  return keyword === 'minProperties' ? 'at least one field is needed' : message;
}

/**
 * Finds the first thing that keeps a value from being what its schema says, or from being kept; null when there is
 * none.
 */
export function faultIn(schema: TSchema, value: unknown): Fault | null {
  const validator = validatorOf(schema);
  if (validator.Check(value)) {
    const field = unstorable(value);
    return field === null ? null : { kind: 'invalid', field, message: PLAIN_TEXT_NEEDED };
  }
  const [error] = validator.Errors(value);
  if (!error) throw new Error('a value does not match its schema, for no reason that the schema could tell');
  const path = error.instancePath.split('/').slice(1);
  if (error.keyword === 'required') {
    const field = [...path, error.params.requiredProperties[0]].join('.');
    return { kind: 'missing', field, message: 'it is needed' };
  }
  const field = path.join('.');
  // Where the schema has no place for a field, it has `false` as the field's schema.
  if (error.keyword === 'boolean') return { kind: 'unknown', field, message: 'there is no such field' };
  return { kind: 'invalid', field, message: needed(error) };
}
