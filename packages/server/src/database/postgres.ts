import pg from 'pg';
import { DatabaseDown, type Db, orDown } from './database.ts';
import { createHosts } from './hosts.ts';
import { createNames, queryOn, types } from './pg-query.ts';

type SessionSettings = Readonly<Record<string, string>>;

/** A commit that is acknowledged is on the disk, whatever the server's own default says. */
const OUR_SETTINGS: SessionSettings = { synchronous_commit: 'on', TimeZone: 'UTC', statement_timeout: '15000' };
/**
 * An answer that has not come by then will not come: the database has given up the statement before. It went silent, or
 * something on the way did, and what waits for this connection would wait for ever.
 */
const SILENT_AFTER_MS = 20_000;
const FOR_EVER_MS = 2 ** 31 - 1;
const LOOK_EVERY_MS = 1_000;

/** A plan is made once, without looking at the rows, and finds them by index: see `Db.batches` and `Db.reads`. */
const PLANNED_ONCE: SessionSettings = {
  ...OUR_SETTINGS,
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_memoize: 'off',
  jit: 'off',
};
/** A sale waits for them. */
const BATCH_SETTINGS: SessionSettings = { ...PLANNED_ONCE, statement_timeout: '8000' };
/** Four batches are on their way at the same time, at most; in a distributed database, some of each distributor. */
const BATCH_CONNECTIONS = 24;
/** Reads are short: more of them at once would only wait for each other in the database. */
const READ_CONNECTIONS = 4;

/** Longer than a connection may take to be ready, in milliseconds. */
const READY_WITHIN_MS = 5_000;

/** Makes a session ours: by a statement, as poolers in between refuse options that come with the connection. */
async function applySettings(client: pg.ClientBase, settings: SessionSettings): Promise<void> {
  const each = Object.keys(settings).map((_, i) => `set_config($${2 * i + 1}, $${2 * i + 2}, false)`);
  const query = { text: `SELECT ${each.join(', ')}`, query_timeout: READY_WITHIN_MS };
  await client.query(query, Object.entries(settings).flat());
}

/**
 * Ends connections that were taken for one statement and have not been given back in time, as `query_timeout` would. What
 * that one leaves of a statement only a full collection of V8 clears away, with all that was sent and read: for batches
 * that made a collection every few seconds, which holds up everything.
 * @param onError told about each
 * @returns what ends the watch
 */
function endSilent(pool: pg.Pool, onError: (error: Error) => void): () => void {
  const takenAt = new Map<pg.PoolClient, number>();
  pool.on('acquire', (client) => takenAt.set(client, performance.now()));
  pool.on('release', (_error, client) => takenAt.delete(client));
  const look = setInterval(() => {
    for (const [client, since_ms] of takenAt) {
      if (performance.now() - since_ms <= SILENT_AFTER_MS) continue;
      takenAt.delete(client);
      onError(new Error(`no answer within ${SILENT_AFTER_MS} ms`));
      void (client as pg.Client).end();
    }
  }, LOOK_EVERY_MS).unref();
  return () => clearInterval(look);
}

/**
 * PostgreSQL 15 or later. The pool reconnects by itself after an outage, to whichever host is the primary then.
 * @param onError told about connections that break while idle
 * @param hosts those of the URL, where somebody has already looked which one is the primary
 */
export function openPostgresql(url: string, onError: (error: Error) => void, hosts = createHosts(url)): Db {
  class Client extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionString: hosts.primary() });
    }
  }
  const onDown = (): void => void hosts.look();
  const openPool = (own: pg.PoolConfig, settings: SessionSettings): pg.Pool => {
    const common = { connectionTimeoutMillis: READY_WITHIN_MS, keepAlive: true, application_name: 'opentopup', types };
    const onConnect = async (client: pg.ClientBase): Promise<void> => {
      await hosts.check(client);
      await applySettings(client, settings);
    };
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, which its types do not know
    const pool = new pg.Pool({ ...common, ...own, Client, onConnect });
    pool.on('error', (error) => {
      onDown();
      onError(error);
    });
    return pool;
  };
  const pool = openPool({ max: 10, query_timeout: SILENT_AFTER_MS }, OUR_SETTINGS);
  const batchPool = openPool({ max: BATCH_CONNECTIONS }, BATCH_SETTINGS);
  const readPool = openPool({ max: READ_CONNECTIONS }, PLANNED_ONCE);
  const watches = [batchPool, readPool].map((each) => endSilent(each, onError));

  return {
    engine: 'postgresql',
    ...queryOn(pool, { onDown }),
    batches: queryOn(batchPool, { nameOf: createNames(), onDown }),
    reads: queryOn(readPool, { nameOf: createNames(), onDown }),
    async transaction(work, { isLong = false } = {}) {
      const client = await pool.connect().catch((error: unknown) => {
        onDown();
        throw orDown(error);
      });
      const tx = queryOn(client, { onDown, ...(isLong && { timeout_ms: FOR_EVER_MS }) });
      let broken: Error | undefined;
      const onBroken = (error: Error) => {
        broken = error;
      };
      client.on('error', onBroken);
      try {
        await tx.query('BEGIN');
        if (isLong) await tx.query('SET LOCAL statement_timeout = 0');
        const result = await work(tx);
        await tx.query('COMMIT');
        return result;
      } catch (error) {
        // With the connection goes its transaction. To ask a silent one for more would only take longer.
        if (error instanceof DatabaseDown) broken = error;
        else {
          await tx.query('ROLLBACK').catch((rollbackError: Error) => {
            broken = rollbackError;
          });
        }
        throw error;
      } finally {
        client.off('error', onBroken);
        client.release(broken);
      }
    },
    async close() {
      await Promise.all([pool, batchPool, readPool].map((each) => each.end())).finally(() => {
        for (const stop of watches) stop();
      });
    },
  };
}
