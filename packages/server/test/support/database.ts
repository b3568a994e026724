import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { distribute } from '../../src/database/distribute.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openPostgresql } from '../../src/database/postgres.ts';

async function execute<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Whether the tests run on a cluster: databases are then distributed, with this version's tables. */
export const IS_CITUS = process.env['TEST_CITUS_URL'] !== undefined;

const ofDatabase = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;

/** The same database of each worker. */
async function workersOf(baseUrl: string): Promise<string[]> {
  const workers = await execute<{ hostname: string; port: string }>(
    baseUrl,
    'SELECT nodename AS hostname, nodeport::text AS port FROM pg_dist_node WHERE shouldhaveshards',
  );
  return workers.map((worker) => Object.assign(new URL(baseUrl), worker).href);
}

/** Makes a coordinator's database one of all its machines, and distributes it. */
async function spread(baseUrl: string, name: string): Promise<void> {
  const coordinator = ofDatabase(baseUrl, name);
  const workers = await workersOf(baseUrl);
  await execute(coordinator, 'CREATE EXTENSION citus');
  const [own] = await execute<{ at: string }>(
    baseUrl,
    `SELECT format('%L, %s', nodename, nodeport) AS at FROM pg_dist_node WHERE groupid = 0`,
  );
  await execute(coordinator, `SELECT citus_set_coordinator_host(${own?.at})`);
  for (const worker of workers) {
    await execute(worker, `CREATE DATABASE ${name}`);
    await execute(ofDatabase(worker, name), 'CREATE EXTENSION citus');
    const { hostname, port } = new URL(worker);
    await execute(coordinator, `SELECT citus_add_node('${hostname}', ${port})`);
  }
  const db = openPostgresql(coordinator, () => {});
  await migrate(db);
  await distribute(db);
  await db.close();
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
 * A fresh database: empty, or a copy; distributed, where the tests run on a cluster.
 * @param baseUrl any database of the server, usually `fixture('postgres')`
 * @param original the name of the database that is copied
 */
export async function createDatabase(baseUrl: string, original = 'template1'): Promise<TestDatabase> {
  const database = await createPlainDatabase(baseUrl, original);
  if (!IS_CITUS) return database;
  const name = new URL(database.url).pathname.slice(1);
  await spread(baseUrl, name);
  const drop = async (): Promise<void> => {
    await database.drop();
    for (const worker of await workersOf(baseUrl)) {
      await execute(worker, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    }
  };
  return { ...database, drop };
}

/** The same on one machine. */
export async function createPlainDatabase(baseUrl: string, original = 'template1'): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(baseUrl, `CREATE DATABASE ${name} TEMPLATE ${original}`);
  const url = ofDatabase(baseUrl, name);
  const moveClock = async (ahead_ms: number): Promise<void> => {
    await execute(
      url,
      `CREATE OR REPLACE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE
         AS 'SELECT pg_catalog.now() + make_interval(secs => ${ahead_ms / 1_000})';
       ALTER DATABASE ${name} SET search_path = public, pg_catalog`,
    );
  };
  const drop = async (): Promise<void> => {
    await execute(baseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { url, moveClock, drop };
}
