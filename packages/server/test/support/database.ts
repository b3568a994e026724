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
  /** Removes the database, ending the connections that are still open. */
  drop(): Promise<void>;
}

/**
 * A fresh, empty database.
 * @param baseUrl any database of the server, usually `inject('postgresUrl')`
 */
export async function createDatabase(baseUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(baseUrl, `CREATE DATABASE ${name}`);
  const url = new URL(baseUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(baseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
