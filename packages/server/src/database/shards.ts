import { createHash } from 'node:crypto';
import { DatabaseDown, type Db, NotWhileDistributed, type Param, type Query, sqlState } from './database.ts';

/*
 * A distributed database (Citus) keeps what each sale writes in shards, by distributor. Statements that begin with one of these
 * run on shards as they stand, as on a database of its own: one plan a session, and nothing of it that Citus would refuse.
 * All others go through its planner. Where nothing is distributed these are comments.
 */
/**
 * Begins a statement about rows of one distributor, and runs it where they are. The first parameter says whose: an id, or a list
 * that repeats it. It may also be a batch, as JSON: each distributor's part runs by itself, and answers in no order.
 */
export const ON_ITS_SHARD = '/* on its shard */ ';
/**
 * Begins a statement that goes by distributor. Each shard does its part, and the answers come one after the other: an order and
 * a limit are each shard's own.
 */
export const ON_EACH_SHARD = '/* on each shard */ ';

/**
 * Begins a statement that only one machine can answer: it adds up what is everybody's, or follows the order of all events, which
 * each machine counts for itself.
 */
export const ON_ONE_MACHINE = '/* on the only shard */ ';

/** Where a statement runs, if it says so. */
const MARK = /^\/\* on (?<where>its|each|the only) shard \*\/ /;

/** Instants as JSON tells them. */
const INSTANT = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\+00:00$/;

/** What a worker answers: the shards that it went through, and the rows they gave. */
interface Part {
  shards: number[];
  rows: Record<string, unknown>[];
}

/** The shards of a distributed database. */
interface Shards {
  /** A distributor's id, whether there is one or not, on each worker that has shards. */
  anchors: readonly string[];
  count: number;
}

/** Shards have moved since they were looked for: the statement is to be asked again. */
const moved = (): DatabaseDown => new DatabaseDown('shards have moved to other workers');

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** Writes a parameter as PostgreSQL reads it. */
function textOf(param: Param): string | null {
  if (param === null) return null;
  if (param instanceof Date) return param.toISOString();
  if (Array.isArray(param)) {
    const entries = param as readonly Param[];
    return `{${entries.map((entry) => (entry === null ? 'NULL' : quoted(textOf(entry) as string))).join(',')}}`;
  }
  return typeof param === 'object' ? JSON.stringify(param) : String(param);
}

const NOT_DONE = 'this is not yet done where the database is distributed';

/** SQLSTATE `feature_not_supported`. */
const NOT_SUPPORTED = '0A000';

/** SQLSTATE `internal_error`, which Citus gives also where it has lost a worker. */
const INTERNAL = 'XX000';

/** Says what it means that Citus fails: a statement that it does not plan is not done, and a worker may be lost. */
const understood = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    const state = sqlState(error);
    if (state === NOT_SUPPORTED) throw new NotWhileDistributed(NOT_DONE, { cause: error });
    const isLost = state === INTERNAL && /connection|remote node/.test((error as Error).message);
    throw isLost ? new DatabaseDown('a worker cannot be reached', { cause: error }) : error;
  });

/** What a worker runs has an answer, be it that it was done. */
function answering(sql: string): string {
  let top = sql.replaceAll(/'[^']*'/g, '');
  for (let whole = ''; whole !== top; ) {
    whole = top;
    top = top.replaceAll(/\([^()]*\)/g, '');
  }
  const [verb] = /\b(?:SELECT|INSERT|UPDATE|DELETE)\b/.exec(top) ?? [];
  return verb === 'SELECT' || top.includes('RETURNING') ? sql : `${sql} RETURNING true AS done`;
}

const OWNER = /"distributor_id":"([^"]+)"/g;

/** Takes the parameters of a statement apart by whose the rows are that it is about. */
function byOwner(params: readonly Param[]): [owner: string, params: readonly Param[]][] {
  const [first, ...others] = params;
  const isBatch = typeof first === 'string' && first.startsWith('[');
  const owners = new Set(
    isBatch ? Array.from(first.matchAll(OWNER), ([, id]) => id as string) : ([first].flat() as string[]),
  );
  if (owners.size === 1) return [[[...owners][0] as string, params]];
  if (!isBatch) throw new Error('a statement for one shard is about one distributor');
  const entries = Map.groupBy(
    JSON.parse(first) as { distributor_id: string }[],
    ({ distributor_id }) => distributor_id,
  );
  return Array.from(entries, ([owner, own]) => [owner, [JSON.stringify(own), ...others]]);
}

function revive(row: Record<string, unknown>): Record<string, unknown> {
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === 'string' && INSTANT.test(value)) row[name] = new Date(value);
  }
  return row;
}

const CHANGES = /\b(?:INSERT|UPDATE|DELETE)\b/;
/** Changes nothing, and has Citus commit what follows on that worker in two phases, with all else of the transaction. */
const NOTE_CHANGE = 'DELETE FROM shard_calls WHERE distributor_id = $1';

const FIND_SHARDS = `
SELECT s.shardid::text AS shard, p.groupid AS worker FROM pg_dist_shard s JOIN pg_dist_placement p USING (shardid)
WHERE s.logicalrelid = 'buckets'::regclass`;
/** Ids that are made up, until there is one on each worker. */
const FIND_ANCHORS = `
SELECT DISTINCT ON (p.groupid) made.id FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::int)) made
JOIN pg_dist_placement p ON p.shardid = get_shard_id_for_distribution_column('buckets', made.id)
ORDER BY p.groupid`;

async function findShards(db: Db): Promise<Shards> {
  const placements = await db.query<{ worker: number }>(FIND_SHARDS);
  const workers = new Set(placements.map(({ worker }) => worker)).size;
  for (let made = 64 * placements.length; ; made *= 2) {
    const anchors = await db.query<{ id: string }>(FIND_ANCHORS, [made]);
    if (anchors.length === workers) return { anchors: anchors.map(({ id }) => id), count: placements.length };
  }
}

/** Tells whether a database is distributed. */
export async function isDistributed(db: Query): Promise<boolean> {
  const [row] = await db.query<{ is: boolean }>("SELECT to_regclass('shard_statements') IS NOT NULL AS is");
  return row?.is === true;
}

/** Gives the name under which workers find a statement, and keeps it there; views are written out in it. */
async function keepStatements(db: Db): Promise<(sql: string) => Promise<string>> {
  const views = await db.query<{ name: string; sql: string }>(
    `SELECT v.viewname AS name, trim(trailing ';' from pg_get_viewdef(v.viewname::regclass, true)) AS sql FROM pg_views v
     WHERE v.schemaname = current_schema() AND v.viewname IN ('outcomes', 'outcome_changes')`,
  );
  const names = new Map<string, Promise<string>>();
  async function keep(sql: string): Promise<string> {
    const text = views.reduce(
      (whole, view) =>
        whole.replaceAll(
          new RegExp(`\\b(FROM|JOIN|USING) ${view.name}\\b( [a-z]\\w*)?`, 'g'),
          (_, word: string, alias = ` ${view.name}`) => `${word} (${view.sql})${alias}`,
        ),
      answering(sql.replace(MARK, '')),
    );
    const name = createHash('sha256').update(text).digest('hex').slice(0, 32);
    await db.query('INSERT INTO shard_statements (name, sql) VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, text]);
    return name;
  }
  return (sql) => {
    const known = names.get(sql);
    if (known) return known;
    const name = keep(sql);
    names.set(sql, name);
    name.catch(() => names.delete(sql));
    return name;
  };
}

/** Has the statements that say so run on shards, where the database is distributed; else gives it as it is. */
export async function onShards(db: Db): Promise<Db> {
  if (db.engine === 'pglite' || !(await isDistributed(db))) return db;
  let shards = await findShards(db);
  const nameOf = await keepStatements(db);

  /**
   * @param toCoordinator what speaks to it
   * @param isPart whether it is in a transaction of several statements
   */
  const route =
    (toCoordinator: Query['query'], isPart = false): Query['query'] =>
    async <R>(sql: string, params: readonly Param[] = []): Promise<R[]> => {
      const where = MARK.exec(sql)?.groups?.['where'];
      // Plans that are made once are none of Citus's, but for the one below.
      if (!where) return understood((isPart ? toCoordinator : db.query)<R>(sql, params));
      const query: Query['query'] = (call, own) => understood(toCoordinator(call, own));
      if (where === 'the only') throw new NotWhileDistributed(NOT_DONE);
      const name = await nameOf(sql);
      const ask = async (of: string, on: 'shard' | 'worker', own: readonly Param[]): Promise<Part> => {
        if (isPart && CHANGES.test(sql)) await query(NOTE_CHANGE, [of]);
        const [row] = await query<{ part: Part }>(
          `SELECT run_on_${on}($1::uuid, $2::text, $3::text[]) AS part, count(*) FROM shard_calls WHERE distributor_id = $1`,
          [of, name, own.map(textOf)],
        );
        return row?.part as Part;
      };
      if (where === 'its') {
        const own = await Promise.all(byOwner(params).map(([owner, part]) => ask(owner, 'shard', part)));
        return own.flatMap((part) => part.rows.map(revive)) as R[];
      }
      const { anchors, count } = shards;
      const parts = await Promise.all(anchors.map((anchor) => ask(anchor, 'worker', params)));
      const gone = parts.flatMap((part) => part.shards);
      if (gone.length !== count || new Set(gone).size !== count) {
        shards = await findShards(db);
        throw moved();
      }
      return parts.flatMap((part) => part.rows.map(revive)) as R[];
    };
  return {
    ...db,
    query: route(db.query),
    batches: { query: route(db.batches.query) },
    reads: { query: route(db.batches.query) },
    isDistributed: true,
    transaction: (work, options) =>
      understood(db.transaction((tx) => work({ ...tx, query: route(tx.query, true) }), options)),
  };
}
