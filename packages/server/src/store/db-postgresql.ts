import pg from 'pg';
import { type Db, orDown, type Query } from './db.ts';

const INT8: number = pg.types.builtins.INT8;

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    // Counts and units stay below 2^53 (MAX_UNITS), so a number holds them exactly.
    oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

function queryOn(on: pg.Pool | pg.PoolClient): Query {
  const query: Query['query'] = async (sql, params = []) => {
    try {
      const result = await on.query(sql, params as unknown[]);
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

/** A commit that is acknowledged is on the disk, whatever the server's own default says. */
const OUR_OPTIONS = '-c synchronous_commit=on -c TimeZone=UTC -c statement_timeout=15000';

/** The address with our session options behind those that it brings: the last one of a name counts. */
function withOptions(url: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set('options', `${parsed.searchParams.get('options') ?? ''} ${OUR_OPTIONS}`.trim());
  return parsed.href;
}

/**
 * PostgreSQL 15 or later. The pool reconnects by itself after an outage.
 * @param onError told about connections that break while idle
 */
export function openPostgresql(url: string, onError: (error: Error) => void): Db {
  const pool = new pg.Pool({
    connectionString: withOptions(url),
    max: 10,
    connectionTimeoutMillis: 5_000,
    application_name: 'opentopup',
    types,
  });
  pool.on('error', onError);

  return {
    engine: 'postgresql',
    ...queryOn(pool),
    async transaction(work) {
      const client = await pool.connect().catch((error: unknown) => {
        throw orDown(error);
      });
      const tx = queryOn(client);
      let broken: Error | undefined;
      const onBroken = (error: Error) => {
        broken = error;
      };
      client.on('error', onBroken);
      try {
        await tx.query('BEGIN');
        const result = await work(tx);
        await tx.query('COMMIT');
        return result;
      } catch (error) {
        await tx.query('ROLLBACK').catch((rollbackError: Error) => {
          broken = rollbackError;
        });
        throw error;
      } finally {
        client.off('error', onBroken);
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
