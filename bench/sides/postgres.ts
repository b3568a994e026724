import pg from 'pg';
import { startPostgres } from '../../packages/server/test/support/postgres-server.ts';
import { parentOf } from '../cpu.ts';

/** A PostgreSQL of one side's own, so that no side pays for the other's checkpoints. */
export interface Postgres {
  url: string;
  /** Its first process; all others are below it. */
  pid: number;
  version: string;
  /**
   * Lets it use the files of its log again, as it does every few minutes once it has run for a while. A new one makes each of
   * them, 16 MB at a time, and everybody waits for 30 ms.
   */
  reuseLog: () => Promise<void>;
  stop: () => Promise<void>;
}

/** What an acknowledged commit rests on. Anything less would be faster. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** So much log before anything is measured, in megabytes: as much as PostgreSQL keeps files for by its default settings. */
const LOG_BEFORE_MB = 1024;

async function checkpoint(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

export async function startSidePostgres(): Promise<Postgres> {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    for (const [name, wanted] of Object.entries(DURABLE)) {
      const { rows } = await client.query(`SHOW ${name}`);
      if (rows[0][name] !== wanted) throw new Error(`PostgreSQL runs with ${name} = ${rows[0][name]}`);
    }
    await client.query(
      `SELECT count(pg_logical_emit_message(false, 'bench', repeat('x', 1024 * 1024))) FROM generate_series(1, $1)`,
      [LOG_BEFORE_MB],
    );
    await checkpoint(server.url);
    const { rows } = await client.query(`SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version`);
    return {
      url: server.url,
      pid: parentOf(rows[0].pid),
      version: rows[0].version,
      reuseLog: () => checkpoint(server.url),
      stop: () => server.stop(),
    };
  } finally {
    await client.end();
  }
}
