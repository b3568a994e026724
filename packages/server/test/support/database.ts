import { randomUUID } from 'node:crypto';
import pg from 'pg';

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export interface TestDatabase {
  url: string;
  /**
   * Moves its clock: `now()` then is a function of its own, found in front of the built-in one. Connections that are open
   * keep the clock that they have.
   */
  moveClock(ahead_ms: number): Promise<void>;
  /** Removes the database, ending the connections that are still open. */
  drop(): Promise<void>;
}

/**
 * A fresh database: empty, or a copy.
 * @param baseUrl any database of the server, usually `fixture('postgres')`
 * @param original the name of the database that is copied
 */
export async function createDatabase(baseUrl: string, original = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(baseUrl, `CREATE DATABASE ${name} TEMPLATE ${original}`);
  const url = new URL(baseUrl);
  url.pathname = `/${name}`;
  const moveClock = (ahead_ms: number): Promise<void> =>
    execute(
      url.href,
      `CREATE OR REPLACE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE
         AS 'SELECT pg_catalog.now() + make_interval(secs => ${ahead_ms / 1_000})';
       ALTER DATABASE ${name} SET search_path = public, pg_catalog`,
    );
  return { url: url.href, moveClock, drop: () => execute(baseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
