import pg from 'pg';
import { DatabaseDown, type Db, orDown } from './database.ts';
import { createNames, queryOn, types } from './pg-query.ts';

/** A commit that is acknowledged is on the disk, whatever the server's own default says. */
const OUR_OPTIONS = '-c synchronous_commit=on -c TimeZone=UTC -c statement_timeout=15000';
/**
 * An answer that has not come by then will not come: the database has given up the statement before. It went silent, or
 * something on the way did, and what waits for this connection would wait for ever.
 */
const SILENT_AFTER_MS = 20_000;
const FOR_EVER_MS = 2 ** 31 - 1;
const LOOK_EVERY_MS = 1_000;

/** A plan is made once, without looking at the rows, and finds them by index: see `Db.batches` and `Db.reads`. */
const PLANNED_ONCE = `${OUR_OPTIONS} -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_memoize=off -c jit=off`;
/** A sale waits for them. */
const BATCH_OPTIONS = `${PLANNED_ONCE} -c statement_timeout=8000`;
/** As many as the store has batches on their way at the same time. */
const BATCH_CONNECTIONS = 4;
/** Reads are short: more of them at once would only wait for each other in the database. */
const READ_CONNECTIONS = 4;

/** Gives the address with our session options behind those that it brings: the last one of a name counts. */
function withOptions(url: string, options: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set('options', `${parsed.searchParams.get('options') ?? ''} ${options}`.trim());
  return parsed.href;
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
 * PostgreSQL 15 or later. The pool reconnects by itself after an outage.
 * @param onError told about connections that break while idle
 */
export function openPostgresql(url: string, onError: (error: Error) => void): Db {
  const openPool = (own: pg.PoolConfig, options: string): pg.Pool => {
    const connectionString = withOptions(url, options);
    const common = { connectionTimeoutMillis: 5_000, keepAlive: true, application_name: 'opentopup', types };
    const pool = new pg.Pool({ ...common, ...own, connectionString });
    pool.on('error', onError);
    return pool;
  };
  const pool = openPool({ max: 10, query_timeout: SILENT_AFTER_MS }, OUR_OPTIONS);
  const batchPool = openPool({ max: BATCH_CONNECTIONS }, BATCH_OPTIONS);
  const readPool = openPool({ max: READ_CONNECTIONS }, PLANNED_ONCE);
  const watches = [batchPool, readPool].map((each) => endSilent(each, onError));

  return {
    engine: 'postgresql',
    ...queryOn(pool),
    batches: queryOn(batchPool, { nameOf: createNames() }),
    reads: queryOn(readPool, { nameOf: createNames() }),
    async transaction(work, { isLong = false } = {}) {
      const client = await pool.connect().catch((error: unknown) => {
        throw orDown(error);
      });
      const tx = queryOn(client, isLong ? { timeout_ms: FOR_EVER_MS } : {});
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
