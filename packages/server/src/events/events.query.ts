import type { EventType, OperatorEventType } from '@opentopup/contract';
import type { Param, Query } from '../database/database.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD, ON_ONE_MACHINE } from '../database/shards.ts';
import { OWNERS } from '../outbox/owners.ts';

/** A place in the order of events: everything up to it has been seen. */
export interface Position {
  /** The commit order, by the name of its column: which database transaction has written the event. */
  turn: number;
  id: string;
}

const NIL = '00000000-0000-0000-0000-000000000000';
/** Before all events. */
const BEGINNING: Position = { turn: 0, id: NIL };

/** An event as it was written. */
export interface EventRow extends Position {
  distributor_id: string;
  kind: EventType | OperatorEventType;
  subject_id: string;
  at: Date;
  /** Null for what is told of a transaction, unless it is an example. */
  data: object | null;
  example: boolean;
}

/**
 * The commit order is complete below: none of those database transactions is open any more, so nothing can come in among
 * what is read of them.
 */
export const HORIZON = 'event_turn(pg_snapshot_xmin(pg_current_snapshot()))';

/**
 * Finds the place that may still be open, for the events of a distributor or, with null, of all: whoever begins there misses
 * nothing that is still to come.
 */
export async function findHorizon(on: Query, distributorId: string | null): Promise<Position> {
  const place = distributorId === null ? ON_ONE_MACHINE : ON_ITS_SHARD;
  const [row] = await on.query<{ turn: number }>(`${place}SELECT ${HORIZON} AS turn, $1::uuid AS of_distributor`, [
    distributorId,
  ]);
  return { turn: row?.turn ?? 0, id: NIL };
}

/** Tells how far the commit order has come: as long as that is the same, nothing is new to anybody. */
export async function readProgress(on: Query): Promise<string> {
  const rows = await on.query<{ turn: number }>(`${ON_EACH_SHARD}SELECT ${HORIZON} AS turn`);
  return rows.map(({ turn }) => turn).join(' ');
}

/** Finds where an event of this distributor, or of any, stands; null where there is none, or its time is over. */
export async function findPosition(
  on: Pick<Query, 'query'>,
  id: string,
  distributorId: string | null,
): Promise<Position | null> {
  if (id === NIL) return BEGINNING;
  const place = distributorId === null ? ON_ONE_MACHINE : ON_EACH_SHARD;
  const [row] = await on.query<Position>(
    `${place}SELECT e.turn, e.id FROM ${OWNERS} d
     CROSS JOIN LATERAL (SELECT turn, id FROM events WHERE distributor_id = d.id AND id = $1 LIMIT 1) e
     WHERE $2::uuid IS NULL OR d.id = $2`,
    [id, distributorId],
  );
  return row ?? null;
}

export interface EventFilter {
  /** Null: of all distributors. */
  distributor_id: string | null;
  order: 'oldest' | 'newest';
  /** Only what lies behind it, in this order; absent: from the end where the order begins. */
  from?: Position;
  /** Absent: all. */
  types?: readonly (EventType | OperatorEventType)[];
}

/**
 * Reads a page of events that are complete. Each distributor's are found by its own index, and the page is put
 * together.
 */
export async function listEvents(on: Pick<Query, 'query'>, filter: EventFilter, limit: number): Promise<EventRow[]> {
  const { distributor_id, order, from, types } = filter;
  const params: Param[] = [distributor_id, limit];
  const add = (value: Param): string => `$${params.push(value)}`;
  const where = [`e.turn < ${HORIZON}`];
  if (from) where.push(`(e.turn, e.id) ${order === 'oldest' ? '>' : '<'} (${add(from.turn)}, ${add(from.id)}::uuid)`);
  if (types) {
    where.push(`e.kind = ANY (${add(types)}::text[])`);
    if (!types.includes('transaction.completed')) where.push(`e.kind <> 'transaction.completed'`);
  }
  // One distributor need not be looked for among all.
  const owners = distributor_id === null ? OWNERS : '(SELECT $1::uuid AS id)';
  const by = order === 'oldest' ? 'e.turn, e.id' : 'e.turn DESC, e.id DESC';
  const place = distributor_id === null ? ON_ONE_MACHINE : ON_ITS_SHARD;
  return on.query<EventRow>(
    `${place}SELECT e.distributor_id, e.id, e.kind, e.subject_id, e.at, e.data, e.example, e.turn FROM ${owners} d
     CROSS JOIN LATERAL (
       SELECT * FROM events e WHERE e.distributor_id = d.id AND ${where.join(' AND ')} ORDER BY ${by} LIMIT $2
     ) e
     WHERE $1::uuid IS NULL OR d.id = $1 ORDER BY ${by} LIMIT $2`,
    params,
  );
}

/** Somebody who waits for events of one distributor. */
export interface ReaderPosition {
  distributor_id: string;
  position: Position;
}

/** For which of these there is something new: their places in the list. */
export async function findNews(on: Query, listeners: readonly ReaderPosition[]): Promise<number[]> {
  const rows = await on.query<{ ord: number }>(
    `${ON_EACH_SHARD}SELECT l.ord FROM unnest($1::uuid[], $2::bigint[], $3::uuid[])
       WITH ORDINALITY AS l(distributor_id, turn, id, ord)
     CROSS JOIN LATERAL (
       SELECT 1 FROM events e WHERE e.distributor_id = l.distributor_id AND (e.turn, e.id) > (l.turn, l.id)
         AND e.turn < ${HORIZON} ORDER BY e.turn, e.id LIMIT 1
     ) e`,
    [
      listeners.map(({ distributor_id }) => distributor_id),
      listeners.map(({ position }) => position.turn),
      listeners.map(({ position }) => position.id),
    ],
  );
  return rows.map(({ ord }) => ord - 1);
}
