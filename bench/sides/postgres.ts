import pg from 'pg';
import { startPostgres } from '../../packages/server/test/support/postgres-server.ts';
import { parentOf } from '../cpu.ts';

/** A PostgreSQL of one side's own, so that no side pays for the other's checkpoints. */
export interface Postgres {
  url: string;
  /** Its first process; all others are below it. */
  pid: number;
  version: string;
  stop: () => Promise<void>;
}

/** What an acknowledged commit rests on. Anything less would be faster. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

export async function startSidePostgres(): Promise<Postgres> {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (const [name, wanted] of Object.entries(DURABLE)) {
      const { rows } = await client.query(`SHOW ${name}`);
      if (rows[0][name] !== wanted) throw new Error(`PostgreSQL runs with ${name} = ${rows[0][name]}`);
    }
    const { rows } = await client.query(`SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version`);
    return { url: server.url, pid: parentOf(rows[0].pid), version: rows[0].version, stop: () => server.stop() };
  } finally {
    await client.end();
  }
}
