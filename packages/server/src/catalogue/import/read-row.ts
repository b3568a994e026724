import type { ImportReport } from '@opentopup/contract';
import { isRounded, readDecimal, type SheetRow } from '@opentopup/sheets';
import type { Static, TObject, TSchema } from 'typebox';
import { faultIn } from '../../values/schema-fault.ts';
import { beyondJson } from '../../values/storable.ts';

export type RowError = ImportReport['errors'][number];

/** A row as the body of the request that would do the same. */
export interface Row<B> {
  line: number;
  body: B;
}

interface Kind {
  type?: string;
  format?: string;
}
const isNumber = ({ type }: Kind): boolean => type === 'number' || type === 'integer';

/** Converts text to the schema's type; leaves it as it is where it is no such value. */
function converted(text: string, { type, format }: Kind): unknown {
  switch (type) {
    case 'number':
    case 'integer':
      return readDecimal(text) ?? text;
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

/** Says what in a cell is ambiguous; null for what is clear. */
function unclearIn(text: string, kind: Kind): string | null {
  if (isRounded(text))
    return `Excel has cut off the end of this number (${text}): write it again in a cell that is text`;
  if (!isNumber(kind) || readDecimal(text) !== 'either') return null;
  return `${text} may be ${text.replace(',', '')} or ${text.replace(',', '.')}: write one of them`;
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
  { line, cells, isRagged }: SheetRow,
): { row: Row<Static<S>> } | { errors: RowError[] } {
  if (isRagged) return { errors: [{ line, column: '', message: 'more cells than there are columns' }] };
  const body: Record<string, unknown> = {};
  const errors: RowError[] = [];
  for (const [column, property] of Object.entries(schema.properties as Record<string, TSchema>)) {
    const text = cells.get(column)?.trim();
    const unclear = text && unclearIn(text, property);
    if (unclear) {
      errors.push({ line, column, message: unclear });
    } else if (text) {
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
