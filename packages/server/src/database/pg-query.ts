import pg from 'pg';
import { orDown, type Query } from './database.ts';

const INT8: number = pg.types.builtins.INT8;

/** How values come back from the database, whichever of the two it is. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    // Counts and units stay below 2^53 (MAX_UNITS), so a number holds them exactly.
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

interface QueryOptions {
  /** The name under which a statement is prepared. */
  nameOf?: (sql: string) => string;
  /** The longest that an answer may take, in milliseconds, where it is not the connection's own. */
  timeout_ms?: number;
}

/** Speaks to the database through the driver. */
export function queryOn(on: pg.Pool | pg.ClientBase, { nameOf, timeout_ms }: QueryOptions = {}): Query {
  const patience = timeout_ms === undefined ? {} : { query_timeout: timeout_ms };
  const query: Query['query'] = async (sql, params = []) => {
    try {
      const values = params as unknown[];
      const result = await on.query({ ...(nameOf && { name: nameOf(sql) }), text: sql, values, ...patience });
      return result.rows;
    } catch (error) {
      throw orDown(error);
    }
  };
  return {
    query,
    async script(sql) {
      await query(sql);
    },
  };
}

/** Makes up a name for each statement, the same for the same text. */
export function createNames(): (sql: string) => string {
  const names = new Map<string, string>();
  return (sql) => {
    const name = names.get(sql) ?? `batch-${names.size + 1}`;
    names.set(sql, name);
    return name;
  };
}
