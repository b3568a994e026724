import pg from 'pg';
import { orDown } from './database.ts';

/** Between us and the database something gives our sessions to others between two statements. */
export class SessionsShared extends Error {
  override readonly name = 'SessionsShared';
}

const CONNECT_WITHIN_MS = 5_000;

async function backendOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid ?? 0;
}

/**
 * Makes sure that each connection is a session of its own. A pooler that shares them by transaction would lend our settings
 * to whoever comes next, and look for prepared statements where they are not.
 * @throws SessionsShared, DatabaseDown
 */
export async function requireOwnSessions(connectionString: string): Promise<void> {
  const options = { connectionString, connectionTimeoutMillis: CONNECT_WITHIN_MS };
  const [one, two] = [new pg.Client(options), new pg.Client(options)];
  try {
    for (const client of [one, two]) {
      client.on('error', () => {});
      await client.connect();
    }
    // A pooler gives them the same process, or gives one another process each time it asks.
    const [first, second, again] = [await backendOf(one), await backendOf(two), await backendOf(two)];
    if (first !== second && second === again) return;
  } catch (error) {
    throw orDown(error);
  } finally {
    for (const client of [one, two]) void client.end().catch(() => {});
  }
  throw new SessionsShared(
    'The pooler in DATABASE_URL shares sessions by transaction. Set it to pool by session (PgBouncer: pool_mode = session).',
  );
}
