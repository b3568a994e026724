import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import pg from 'pg';
import { ENGINE } from '../files.ts';
import type { Db, Query } from './database.ts';
import { FolderInUse } from './folder-lock.ts';
import { createNames, queryOn, types } from './pg-query.ts';
import type { FromEngine, ToEngine } from './pglite-process.ts';
import { FolderNotPrivate, FolderUnusable } from './private-folder.ts';

/** Write-ahead log written between two checkpoints, in bytes. PGlite has no background process to make them. */
const CHECKPOINT_AFTER_BYTES = 64 * 1024 * 1024;
const CHECKPOINT_LOOK_EVERY_MS = 10_000;

export interface PgliteOptions {
  /** Told of every flush to the disk, before what it made durable is answered. */
  onFlush?: () => void;
}

/** The connection to the engine, as the driver for PostgreSQL knows connections. */
class EngineStream extends Duplex {
  readonly #send: (bytes: Uint8Array) => void;

  constructor(send: (bytes: Uint8Array) => void) {
    super();
    this.#send = send;
  }

  connect(): void {
    queueMicrotask(() => this.emit('connect'));
  }

  setNoDelay(): void {
    // There is no network in between.
  }

  override _read(): void {
    // What the engine answers is pushed as it comes.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send(chunk);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(Buffer.concat(chunks.map(({ chunk }) => chunk)));
    done();
  }
}

/** The engine in a process of its own, so that this one answers while it works. */
interface Engine {
  stream: EngineStream;
  close: () => Promise<void>;
}

/** Errors that say all in words; of their kind, nothing comes from another process but its name. */
const IN_WORDS = [FolderInUse, FolderNotPrivate, FolderUnusable];

async function startEngine(folder: string, onFlush: () => void): Promise<Engine> {
  const engine = fork(ENGINE, [folder], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // One that ends without a word has said why on its error output.
  const wordless = once(engine, 'exit').then((): [FromEngine] => {
    throw new FolderUnusable(`The database in ${folder} cannot be opened.`);
  });
  const [first] = (await Promise.race([once(engine, 'message'), wordless])) as [FromEngine];
  if (typeof first === 'object' && 'failed' in first) {
    const Kind = IN_WORDS.find(({ name }) => name === first.kind);
    throw Kind ? new Kind(first.failed.message) : first.failed;
  }
  // What is still asked while the server stops meets an engine that has closed: it gets no answer, as nobody waits for one.
  const tell = (message: ToEngine): void => void engine.send(message, () => {});
  const stream = new EngineStream((bytes) => tell({ bytes }));
  engine.on('message', (message: FromEngine) => {
    if (typeof message === 'string' || !('bytes' in message)) return;
    for (let i = 0; i < message.flushes; i += 1) onFlush();
    stream.push(message.bytes);
  });
  let isClosing = false;
  engine.on('exit', () => {
    // What was not acknowledged may or may not be written: only a new start, which reads the log, can tell.
    if (!isClosing) throw new Error('the embedded database has stopped');
  });
  return {
    stream,
    async close() {
      isClosing = true;
      const ended = once(engine, 'exit');
      tell('close');
      await ended;
    },
  };
}

/** Turns at the one connection, one at a time: what sells goes first. */
function createTurns(): <T>(lane: 'first' | 'second', work: () => Promise<T>) => Promise<T> {
  const waiting = { first: [] as (() => void)[], second: [] as (() => void)[] };
  let isTaken = false;
  return async (lane, work) => {
    if (isTaken) await new Promise<void>((resolve) => waiting[lane].push(resolve));
    isTaken = true;
    try {
      return await work();
    } finally {
      const next = waiting.first.shift() ?? waiting.second.shift();
      // Whoever is next has the connection from now on, so that nobody comes in between.
      if (next) next();
      else isTaken = false;
    }
  };
}

/** A plan is made once, without looking at the rows, and finds them by index: see `Db.batches` and `Db.reads`. */
const PLANS = {
  once: 'SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_memoize = off',
  single: 'SET plan_cache_mode = auto; SET enable_seqscan = on; SET enable_memoize = on',
};

/**
 * Opens the embedded database: PostgreSQL as WebAssembly in a process of its own, in `folder/pg`. One connection;
 * statements run one by one, those of batches before others.
 * @throws FolderInUse when another process has the folder open, FolderNotPrivate when others may read it
 */
export async function openPglite(folder: string, { onFlush = () => {} }: PgliteOptions = {}): Promise<Db> {
  const engine = await startEngine(folder, onFlush);
  const client = new pg.Client({ stream: () => engine.stream, user: 'postgres', database: 'postgres', types });
  await client.connect();
  return db(client, engine.close);
}

function db(client: pg.Client, end: () => Promise<void>): Db {
  const take = createTurns();
  const direct = queryOn(client);
  const prepared = queryOn(client, { nameOf: createNames() });
  let plans: keyof typeof PLANS = 'single';
  const planFor = async (kind: keyof typeof PLANS): Promise<void> => {
    if (plans === kind) return;
    await direct.script(PLANS[kind]);
    plans = kind;
  };
  const single = <T>(work: () => Promise<T>): Promise<T> =>
    take('second', async () => {
      await planFor('single');
      return work();
    });
  const plannedOnce = (lane: 'first' | 'second'): Pick<Query, 'query'> => ({
    query: (sql, params) =>
      take(lane, async () => {
        await planFor('once');
        return prepared.query(sql, params);
      }),
  });
  const query: Query['query'] = (sql, params) => single(() => direct.query(sql, params));
  const checkpoints = setInterval(() => {
    checkpointIfDue(query).catch(() => {
      // The next look tries again; a database that is really broken says so to the next sale.
    });
  }, CHECKPOINT_LOOK_EVERY_MS);
  checkpoints.unref();

  return {
    engine: 'pglite',
    query,
    script: (sql) => single(() => direct.script(sql)),
    batches: plannedOnce('first'),
    reads: plannedOnce('second'),
    transaction: (work) => single(() => inTransaction(direct, work)),
    async close() {
      clearInterval(checkpoints);
      await query('CHECKPOINT');
      await end();
    },
  };
}

async function inTransaction<T>(on: Query, work: (tx: Query) => Promise<T>): Promise<T> {
  await on.query('BEGIN');
  try {
    const result = await work(on);
    await on.query('COMMIT');
    return result;
  } catch (error) {
    await on.query('ROLLBACK');
    throw error;
  }
}

async function checkpointIfDue(query: Query['query']): Promise<void> {
  const rows = await query<{ bytes: number }>(
    'SELECT (pg_current_wal_insert_lsn() - redo_lsn)::bigint AS bytes FROM pg_control_checkpoint()',
  );
  if ((rows[0]?.bytes ?? 0) > CHECKPOINT_AFTER_BYTES) await query('CHECKPOINT');
}
