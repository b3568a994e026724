import { closeSync, existsSync, fdatasyncSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite, type PGliteInterface, type Transaction, types } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { type Db, orDown, type Query } from './db.ts';
import { lockFolder } from './folder-lock.ts';

/** Write-ahead log written between two checkpoints, in bytes. PGlite has no background process to make them. */
const CHECKPOINT_AFTER_BYTES = 64 * 1024 * 1024;
const CHECKPOINT_LOOK_EVERY_MS = 10_000;

/** What we use of the Emscripten module behind PGlite: the table of its file operations. */
interface NodeFsModule {
  NODEFS: { stream_ops: { fsync?: (stream: { nfd: number }) => number } };
}

/**
 * The files of the embedded database, flushed when PostgreSQL asks for it. Out of the box PGlite runs with fsync off
 * and its file system has no fsync operation, so a commit would survive a killed process but not a power cut.
 */
class FlushedNodeFS extends NodeFS {
  readonly #onFlush: () => void;

  constructor(folder: string, onFlush: () => void) {
    super(folder);
    this.#onFlush = onFlush;
  }

  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const result = await super.init(pglite, options);
    const giveFsync = (module: unknown): void => {
      (module as NodeFsModule).NODEFS.stream_ops.fsync = (stream) => {
        fdatasyncSync(stream.nfd);
        this.#onFlush();
        return 0;
      };
    };
    const { preRun } = result.emscriptenOpts;
    result.emscriptenOpts.preRun = [...(Array.isArray(preRun) ? preRun : preRun ? [preRun] : []), giveFsync];
    return result;
  }
}

/** Flushes every file and folder of a tree: initdb leaves that to the caller. */
function flushTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) flushTree(path);
    else if (entry.isFile()) flush(path);
  }
  flush(folder);
}

function flush(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const START_PARAMS = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  // The only method whose flushes reach the file system under PGlite.
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'TimeZone=UTC',
];

export interface PgliteOptions {
  /** Told of every flush to the disk. */
  onFlush?: () => void;
}

/**
 * The embedded database: PostgreSQL in this process, in `folder/pg`. One connection; statements run one by one.
 * @throws FolderInUse when another process has the folder open
 */
export async function openPglite(folder: string, { onFlush = () => {} }: PgliteOptions = {}): Promise<Db> {
  const unlock = lockFolder(folder);
  try {
    const path = join(folder, 'pg');
    const fresh = !existsSync(join(path, 'PG_VERSION'));
    const pglite = await PGlite.create({
      fs: new FlushedNodeFS(path, onFlush),
      startParams: START_PARAMS,
      parsers: { [types.INT8]: Number },
    });
    if (fresh) flushTree(path);
    return db(pglite, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function queryOn(on: PGliteInterface | Transaction): Query {
  return {
    query: async <R>(sql: string, params: readonly unknown[] = []) => {
      try {
        return (await on.query<R>(sql, [...params])).rows;
      } catch (error) {
        throw orDown(error);
      }
    },
    async script(sql) {
      await on.exec(sql);
    },
  };
}

function db(pglite: PGliteInterface, unlock: () => void): Db {
  const { query, script } = queryOn(pglite);
  const checkpoints = setInterval(() => {
    checkpointIfDue(query).catch(() => {
      // The next look tries again; a database that is really broken says so to the next sale.
    });
  }, CHECKPOINT_LOOK_EVERY_MS);
  checkpoints.unref();

  return {
    engine: 'pglite',
    query,
    script,
    batches: { query },
    transaction: (work) => pglite.transaction((tx) => work(queryOn(tx))),
    async close() {
      clearInterval(checkpoints);
      await pglite.query('CHECKPOINT');
      await pglite.close();
      unlock();
    },
  };
}

async function checkpointIfDue(query: Query['query']): Promise<void> {
  const rows = await query<{ bytes: number }>(
    'SELECT (pg_current_wal_insert_lsn() - redo_lsn)::bigint AS bytes FROM pg_control_checkpoint()',
  );
  if ((rows[0]?.bytes ?? 0) > CHECKPOINT_AFTER_BYTES) await query('CHECKPOINT');
}
