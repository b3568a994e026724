import { DatabaseDown, type Db, DiskFull } from './database.ts';

/** A database that knows whether its disk was full, and finds out whether it still is. */
export interface WatchedDb extends Db {
  /**
   * Asks for a sign of life, and for room where there was none before: only then, since that writes something.
   * @throws DatabaseDown, DiskFull
   */
  ping: () => Promise<void>;
}

/** Room that is made and given back at once: more than what a table has left in the pages that it already fills. */
const MAKE_ROOM = `CREATE TEMP TABLE room ON COMMIT DROP AS SELECT repeat('x', 1000) AS x FROM generate_series(1, 1000)`;

/** Remembers of a database when a statement has met a full disk. */
export function watchDisk(db: Db): WatchedDb {
  let wasFull = false;
  const watched = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      wasFull ||= error instanceof DiskFull;
      throw error;
    }
  };
  return {
    ...db,
    query: (sql, params) => watched(() => db.query(sql, params)),
    script: (sql) => watched(() => db.script(sql)),
    reads: { query: (sql, params) => watched(() => db.reads.query(sql, params)) },
    batches: { query: (sql, params) => watched(() => db.batches.query(sql, params)) },
    transaction: (work, options) => watched(() => db.transaction(work, options)),
    async ping() {
      await db.query('SELECT 1');
      if (!wasFull) return;
      await db
        .transaction((tx) => tx.script(MAKE_ROOM))
        .catch((error: unknown) => {
          // A user without the right to temporary tables finds out by selling.
          if (error instanceof DatabaseDown) throw error;
        });
      wasFull = false;
    },
  };
}
