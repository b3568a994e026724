import pg from 'pg';
import { DatabaseDown, orDown, type Query } from './database.ts';

const INT8: number = pg.types.builtins.INT8;
const TIMESTAMPTZ: number = pg.types.builtins.TIMESTAMPTZ;
const readAnyDate = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;

const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const twoDigits = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/**
 * Reads an instant. Nearly all come as `2026-11-30 06:00:00.123+00`, with up to six digits behind the point or none; those are
 * read place by place, in a third of the time. What is less than a millisecond is left out, as the driver does.
 */
function readDate(text: string): Date {
  const { length } = text;
  const isUsual = length >= 22 && length <= 29 && length !== 23 && text[4] === '-' && text[10] === ' ';
  // JavaScript takes a year below 100 for one of the last century.
  if (!isUsual || !text.endsWith('+00') || text.startsWith('00')) return readAnyDate(text);
  const [tenths, hundredths, thousandths] = [length > 23, length > 24, length > 25];
  const ms =
    (tenths ? digit(text, 20) * 100 : 0) +
    (hundredths ? digit(text, 21) * 10 : 0) +
    (thousandths ? digit(text, 22) : 0);
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const [month, day] = [twoDigits(text, 5) - 1, twoDigits(text, 8)];
  return new Date(Date.UTC(year, month, day, twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17), ms));
}

/** How values come back from the database, whichever of the two it is. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    // Counts and units stay below 2^53 (MAX_UNITS), so a number holds them exactly.
    if (oid === INT8) return Number;
    return oid === TIMESTAMPTZ ? readDate : pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

interface QueryOptions {
  /** The name under which a statement is prepared; undefined: it is not. */
  nameOf?: (sql: string) => string | undefined;
  /** The longest that an answer may take, in milliseconds, where it is not the connection's own. */
  timeout_ms?: number;
  /** Told when the database cannot be reached. */
  onDown?: () => void;
}

/** Speaks to the database through the driver. */
export function queryOn(on: pg.Pool | pg.ClientBase, { nameOf, timeout_ms, onDown }: QueryOptions = {}): Query {
  const patience = timeout_ms === undefined ? {} : { query_timeout: timeout_ms };
  const query: Query['query'] = async (sql, params = []) => {
    try {
      const values = params as unknown[];
      const result = await on.query({ ...(nameOf && { name: nameOf(sql) }), text: sql, values, ...patience });
      return result.rows;
    } catch (cause) {
      const error = orDown(cause);
      if (error instanceof DatabaseDown) onDown?.();
      throw error;
    }
  };
  return {
    query,
    async script(sql) {
      await query(sql);
    },
  };
}

/** So many plans a connection keeps at most: whoever asks for lists by all filters in turn must not fill its memory. */
const MOST_NAMES = 200;

/** Makes up a name for each of the first statements, the same for the same text. */
export function createNames(): (sql: string) => string | undefined {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known || names.size === MOST_NAMES) return known;
    const name = `statement-${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}
