/** One value of a statement's parameters. Arrays go as PostgreSQL arrays. */
export type Param = string | number | boolean | Date | null | object | readonly (string | number | Date | null)[];

export interface Query {
  /**
   * Runs one statement and gives its rows. `bigint` columns come as numbers, `timestamptz` as `Date`.
   * @throws DatabaseDown when the database cannot be reached; the engine's own error for anything else.
   */
  query: <R = Record<string, unknown>>(sql: string, params?: readonly Param[]) => Promise<R[]>;
  /** Runs a script of several statements, without parameters. */
  script: (sql: string) => Promise<void>;
}

/** The one interface to the database; PGlite (embedded) and PostgreSQL stand behind it. */
export interface Db extends Query {
  readonly engine: 'pglite' | 'postgresql';
  /** Whether what sales write is spread over machines, by distributor; see `onShards`. */
  readonly isDistributed?: true;
  /**
   * For the statements that carry many rows in one parameter. Where the engine can, each is planned once a connection,
   * for rows found by index, whatever the statistics say: planning costs more than the work itself.
   */
  readonly batches: Pick<Query, 'query'>;
  /**
   * For statements that read a few rows by their keys, and are asked again and again. They are planned once a connection too,
   * and wait for no batch.
   */
  readonly reads: Pick<Query, 'query'>;
  /**
   * Runs several statements as one transaction. Nothing but SQL may be awaited inside.
   * @param options `isLong`: its statements may take as long as they need
   */
  transaction: <T>(work: (tx: Query) => Promise<T>, options?: { isLong?: boolean }) => Promise<T>;
  close: () => Promise<void>;
}

/** The database cannot be reached. Whether the last statement took effect is not known. */
export class DatabaseDown extends Error {
  override readonly name = 'DatabaseDown';
}

/** The statement is one that a distributed database does not do. */
export class NotWhileDistributed extends Error {
  override readonly name = 'NotWhileDistributed';
}

/** The database's disk is full: it reads, and writes nothing more. */
export class DiskFull extends DatabaseDown {}

/** SQLSTATE `disk_full`. */
const DISK_FULL = '53100';

/**
 * SQLSTATE classes and codes of failures that pass by themselves: lost connections, deadlocks, shutdowns and failovers,
 * exhausted resources, statements given up.
 */
const PASSING = /^(?:08|40|53|57|58|25006)/;

/** DatabaseDown for a failure that passes by itself, or that says nothing of the statement; else the error as it is. */
export function orDown(error: unknown): unknown {
  const state = sqlState(error);
  if (state === DISK_FULL) return new DiskFull('the disk of the database is full', { cause: error });
  const passes = state === undefined || PASSING.test(state);
  return passes ? new DatabaseDown('the database cannot be reached', { cause: error }) : error;
}

/** Gives the SQLSTATE of a database error, if it is one. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
