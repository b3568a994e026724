import type { EventData, EventType, OperatorEventData, OperatorEventType } from '@opentopup/contract';
import type { Db, Query } from '../database/database.ts';
import { firstIdAt, newId } from '../database/ids.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../database/shards.ts';
import { type Progress, progressAfter } from '../jobs/progress.rules.ts';
import { OPERATOR, OWNERS } from './owners.ts';

/** Events of transactions are written by the statements that hold and settle them, and tell what those rows say. */
type WrittenType = Exclude<EventType, `transaction.${string}`>;

/** Something that happened, for its distributor, with what is told of it. */
export type EventNote = {
  [T in WrittenType]: { distributor_id: string; kind: T; subject_id: string; at: Date; data: EventData[T] };
}[WrittenType];

/** Something that happened, for the operator alone. */
export type OperatorEventNote = {
  [T in OperatorEventType]: { kind: T; subject_id: string; at: Date; data: OperatorEventData[T] };
}[OperatorEventType];

/** Writes events for the operator alone, in one statement. */
export async function writeOperatorEvents(on: Query, events: readonly OperatorEventNote[]): Promise<void> {
  await insertEvents(
    on,
    events.map((event) => ({ distributor_id: OPERATOR, ...event })),
  );
}

/** Writes an event; gives its id. Run it in the transaction that makes it so. */
export async function writeEvent(on: Query, event: EventNote): Promise<string> {
  const [id] = await writeEvents(on, [event]);
  return id as string;
}

/** Writes many events in one statement; gives their ids. */
export const writeEvents = (on: Query, events: readonly EventNote[]): Promise<string[]> => insertEvents(on, events);

/** Writes an example of an event; gives its id. Nothing has happened that it tells of. */
export async function writeExampleEvent(
  on: Query,
  event: { distributor_id: string; kind: EventType; at: Date; data: object },
): Promise<string> {
  const { distributor_id, kind, at, data } = event;
  const id = newId();
  await on.query(
    `INSERT INTO events (distributor_id, id, kind, subject_id, at, data, example) VALUES ($1, $2, $3, $4, $5, $6, true)`,
    [distributor_id, id, kind, newId(), at, JSON.stringify(data)],
  );
  return id;
}

async function insertEvents(on: Query, events: readonly object[]): Promise<string[]> {
  if (events.length === 0) return [];
  const rows = events.map((event) => ({ id: newId(), ...event }));
  await on.query(
    `${ON_ITS_SHARD}INSERT INTO events (distributor_id, id, kind, subject_id, at, data)
     SELECT distributor_id, id, kind, subject_id, at, data FROM jsonb_to_recordset($1::jsonb)
       AS event(distributor_id uuid, id uuid, kind text, subject_id uuid, at timestamptz, data jsonb)`,
    [JSON.stringify(rows)],
  );
  return rows.map(({ id }) => id);
}

/** Any number, but the same in every process: whoever holds it looks at the commit order, the others wait. */
const LOCK = 7_305_421_907;

/** From here on the number of a database transaction is its place, with something added to it; where nothing is distributed. */
const COUNT_ON = (after: string): string => `
  EXECUTE format('CREATE OR REPLACE FUNCTION event_turn(xact xid8) RETURNS bigint LANGUAGE sql IMMUTABLE AS %L',
    'SELECT xact::text::bigint + ' || (${after} - pg_snapshot_xmax(pg_current_snapshot())::text::bigint))`;

/**
 * Makes new events come after all there are. The commit order is a count of the cluster's transactions; in a database that
 * was restored into another cluster that count is behind, so from here on something is added to it. Where the database is
 * distributed each worker counts for itself, and none may be behind what its shards have brought along.
 */
export async function continueCommitOrder(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const orders = await tx.query<{ last: number | null; next: number }>(
      `${ON_EACH_SHARD}SELECT greatest((SELECT max(e.turn) FROM ${OWNERS} d CROSS JOIN LATERAL
                          (SELECT turn FROM events WHERE distributor_id = d.id ORDER BY turn DESC LIMIT 1) e),
                       (SELECT max(turn) FROM webhooks)) AS last,
              event_turn(pg_snapshot_xmax(pg_current_snapshot())) AS next`,
    );
    const last = Math.max(...orders.map((order) => order.last ?? -1));
    if (orders.every(({ next }) => last < next)) return;
    const countOn = `DO $do$ BEGIN ${COUNT_ON(String(last + 1))}; END $do$`;
    if (!db.isDistributed) return tx.script(countOn);
    await tx.query('SELECT run_command_on_workers($1)', [`SET citus.enable_ddl_propagation TO off; ${countOn}`]);
  });
}

const AT_ONCE = 5_000;

/**
 * Removes events made before an instant, some at a time. The last event of a distributor stays, so that whoever has it
 * as a cursor has missed nothing; and so do those that an active endpoint is still to be told.
 * @returns whether there may be more
 */
export async function removeOldEvents(on: Query, before: Date): Promise<Progress> {
  const removed = await on.query(
    `${ON_EACH_SHARD}DELETE FROM events WHERE (distributor_id, id) IN (
       SELECT old.distributor_id, old.id FROM ${OWNERS} d
       CROSS JOIN LATERAL (SELECT id FROM events WHERE distributor_id = d.id ORDER BY turn DESC, id DESC LIMIT 1) last
       CROSS JOIN LATERAL (
         SELECT e.distributor_id, e.id FROM events e
         WHERE e.distributor_id = d.id AND e.id < $1 AND e.id <> last.id
           AND NOT EXISTS (SELECT FROM webhooks w WHERE w.distributor_id = d.id AND w.status = 'active'
                             AND ((w.turn, w.event_id) < (e.turn, e.id) OR EXISTS (
                               SELECT FROM deliveries v WHERE v.distributor_id = d.id AND v.webhook_id = w.id
                                 AND v.event_id = e.id AND v.status = 'pending')))
         ORDER BY e.id LIMIT ${AT_ONCE}
       ) old LIMIT ${AT_ONCE})
     RETURNING 1`,
    [firstIdAt(before)],
  );
  return progressAfter(removed.length, AT_ONCE);
}
