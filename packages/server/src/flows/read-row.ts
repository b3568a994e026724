import type { ImportReport } from '@opentopup/contract';
import type { Static, TObject, TSchema } from 'typebox';
import { faultIn } from '../domain/fault.ts';
import { beyondJson } from '../domain/keepable.ts';
import type { TableRow } from './read-table.ts';

export type RowError = ImportReport['errors'][number];

/** A row as the body of the request that would do the same. */
export interface Row<B> {
  line: number;
  body: B;
}

const PLAIN_NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;

/** Text as a value of the schema's type; left as it is where it is none. */
function converted(text: string, { type, format }: { type?: string; format?: string }): unknown {
  switch (type) {
    case 'number':
    case 'integer':
      return PLAIN_NUMBER.test(text) ? Number(text) : text;
    case 'array':
      return text
        .split('|')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    case 'object':
      return parsed(text);
    default:
      return format === 'uuid' ? text.toLowerCase() : text;
  }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return beyondJson(value) === null ? value : text;
  } catch {
    return text;
  }
}

/** Reads a row by the schema of a body, cell by cell. An empty cell counts as not given. */
export function readRow<S extends TObject>(
  schema: S,
  { line, cells, ragged }: TableRow,
): { row: Row<Static<S>> } | { errors: RowError[] } {
  if (ragged) return { errors: [{ line, column: '', message: 'more or fewer cells than there are columns' }] };
  const body: Record<string, unknown> = {};
  const errors: RowError[] = [];
  for (const [column, property] of Object.entries(schema.properties as Record<string, TSchema>)) {
    const text = cells.get(column);
    if (text !== undefined) {
      body[column] = converted(text, property);
      const fault = faultIn(property, body[column]);
      if (fault) {
        errors.push({ line, column, message: fault.field ? `${fault.field}: ${fault.message}` : fault.message });
      }
    } else if (schema.required?.includes(column)) {
      errors.push({ line, column, message: 'it is needed' });
    }
  }
  return errors.length > 0 ? { errors } : { row: { line, body: body as Static<S> } };
}
