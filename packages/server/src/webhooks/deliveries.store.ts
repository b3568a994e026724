import type { Db, Query } from '../database/database.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../database/shards.ts';
import { type EventRow, HORIZON } from '../events/events.query.ts';
import { LEASED_FOR, UNLEASED } from '../jobs/lease.query.ts';
import type { WebhookRow } from './webhooks.query.ts';

/** An endpoint that this process has taken in hand, and what is known of it. */
export interface Endpoint extends WebhookRow {
  /** Sealed. */
  secret: string;
  old_secret: string | null;
  turn: number;
  event_id: string;
  failures: number;
  leased_by: string;
  /** How far the clock of its distributor is ahead; what comes due is kept by it. */
  clock_ahead_s: number;
}

const CLOCK_AHEAD = '(SELECT c.clock_ahead_s FROM distributors c WHERE c.id = w.distributor_id) AS clock_ahead_s';

/** Whose lease it is, and for how long. */
export interface Lease {
  holder: string;
  lease_ms: number;
}

/** A delivery `v` does not wait for an earlier one of the same transaction. */
const IS_NEXT = `NOT EXISTS (
  SELECT FROM deliveries first
  WHERE first.distributor_id = v.distributor_id AND first.webhook_id = v.webhook_id AND first.status = 'pending'
    AND first.transaction_id = v.transaction_id AND (first.turn, first.event_id) < (v.turn, v.event_id))`;

/** So many unread events are looked at to see whether an endpoint wants one of them. */
const LOOK = 200;

/**
 * Takes endpoints in hand that something is to be sent to; other processes get others. Who dies gives them back by the
 * end of the lease.
 * @param but those that this process works for already
 */
export function leaseEndpoints(
  db: Db,
  { holder, lease_ms }: Lease,
  now: Date,
  limit: number,
  but: readonly string[],
): Promise<Endpoint[]> {
  return db.query<Endpoint>(
    `${ON_EACH_SHARD}WITH due AS (
       SELECT w.distributor_id, w.id FROM webhooks w
       CROSS JOIN LATERAL (
         SELECT $3::timestamptz + make_interval(secs => c.clock_ahead_s) AS clock FROM distributors c
         WHERE c.id = w.distributor_id) own
       WHERE w.status = 'active' AND NOT w.id = ANY ($5::uuid[])
         AND ${UNLEASED('w')} AND (w.rest_until IS NULL OR w.rest_until <= clock)
         AND (EXISTS (SELECT FROM deliveries v WHERE v.distributor_id = w.distributor_id AND v.webhook_id = w.id
                        AND v.status = 'pending' AND v.next_at <= clock AND ${IS_NEXT})
              OR (SELECT count(*) = ${LOOK} OR coalesce(bool_or(w.events = '{}' OR kind = ANY (w.events)), false) FROM (
                    SELECT kind FROM events e WHERE e.distributor_id = w.distributor_id
                      AND (e.turn, e.id) > (w.turn, w.event_id) AND e.turn < ${HORIZON}
                    ORDER BY e.turn, e.id LIMIT ${LOOK}) unread))
       LIMIT $4 FOR UPDATE OF w SKIP LOCKED
     )
     UPDATE webhooks w SET leased_by = $1, leased_until = ${LEASED_FOR('$2')} FROM due
     WHERE w.distributor_id = due.distributor_id AND w.id = due.id RETURNING w.*, ${CLOCK_AHEAD}`,
    [holder, lease_ms, now, limit, but],
  );
}

/** Keeps endpoints longer, while their rounds go on; not those that were given back at this very moment. */
export async function renewLeases(db: Db, { holder, lease_ms }: Lease, ids: readonly string[]): Promise<void> {
  await db.query(
    `${ON_EACH_SHARD}UPDATE webhooks SET leased_until = ${LEASED_FOR('$2')}
     WHERE leased_by = $1 AND id = ANY ($3::uuid[]) AND leased_until IS NOT NULL`,
    [holder, lease_ms, ids],
  );
}

/** Gives an endpoint back. */
export async function returnEndpoint(db: Db, { distributor_id, id, leased_by }: Endpoint): Promise<void> {
  await db.query('UPDATE webhooks SET leased_until = NULL WHERE distributor_id = $1 AND id = $2 AND leased_by = $3', [
    distributor_id,
    id,
    leased_by,
  ]);
}

/** An event that an endpoint is to be told. */
export interface Due {
  event: EventRow;
  attempts: number;
  first_at: Date | null;
}

/** Deliveries to an endpoint that are due, but for those that wait for an earlier one of the same transaction. */
export async function listDue(db: Db, endpoint: Endpoint, now: Date, limit: number): Promise<Due[]> {
  const rows = await db.query<EventRow & Omit<Due, 'event'>>(
    `${ON_ITS_SHARD}SELECT e.distributor_id, e.id, e.kind, e.subject_id, e.at, e.data, e.example, e.turn, v.attempts, v.first_at
     FROM deliveries v JOIN events e ON e.distributor_id = v.distributor_id AND e.id = v.event_id
     WHERE v.distributor_id = $1 AND v.webhook_id = $2 AND v.status = 'pending' AND v.next_at <= $3 AND ${IS_NEXT}
     ORDER BY v.next_at LIMIT $4`,
    [endpoint.distributor_id, endpoint.id, now, limit],
  );
  return rows.map(({ attempts, first_at, ...event }) => ({ event, attempts, first_at }));
}

/** Of these transactions, those of which an endpoint has not been told all that came before. */
export async function listWaiting(db: Db, endpoint: Endpoint, transactions: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ transaction_id: string }>(
    `SELECT DISTINCT transaction_id FROM deliveries
     WHERE distributor_id = $1 AND webhook_id = $2 AND status = 'pending' AND transaction_id = ANY ($3::uuid[])`,
    [endpoint.distributor_id, endpoint.id, transactions],
  );
  return rows.map(({ transaction_id }) => transaction_id);
}

/** How a delivery stands after a round. */
export interface DeliveryNote {
  event_id: string;
  turn: number;
  transaction_id: string | null;
  status: 'pending' | 'delivered' | 'dead';
  attempts: number;
  next_at: Date | null;
  first_at: Date | null;
  last_at: Date | null;
  duration_ms: number | null;
  response_status: number | null;
  response_text: string | null;
  error: string | null;
}

/** How an endpoint stands after a round. */
export interface EndpointNote {
  turn: number;
  event_id: string;
  failures: number;
  failing_since: Date | null;
  rest_until: Date | null;
  /** Set where it is paused for it. */
  pause_reason: 'gone' | 'failing' | 'secret_lost' | null;
}

/**
 * Writes what a round came to: nothing of its endpoint's health where that has another address meanwhile, and nothing of a
 * delivery that was asked for again, whose attempts are counted from the beginning. Run it in a transaction.
 * @returns the endpoint as it is now, or null where this process does not have it any more: then nothing is to be written
 */
export async function writeRound(
  tx: Query,
  { distributor_id, id, leased_by, url }: Endpoint,
  note: EndpointNote,
  deliveries: readonly DeliveryNote[],
): Promise<Endpoint | null> {
  const [endpoint] = await tx.query<Endpoint>(
    `${ON_ITS_SHARD}UPDATE webhooks w
     SET turn = $4, event_id = $5,
         failures = CASE WHEN url = $10 THEN $6 ELSE failures END,
         failing_since = CASE WHEN url = $10 THEN $7 ELSE failing_since END,
         rest_until = CASE WHEN url = $10 THEN $8 ELSE rest_until END,
         status = CASE WHEN $9::text IS NOT NULL AND status = 'active' AND url = $10 THEN 'paused' ELSE status END,
         pause_reason = CASE WHEN $9::text IS NOT NULL AND status = 'active' AND url = $10 THEN $9 ELSE pause_reason END
     WHERE distributor_id = $1 AND id = $2 AND leased_by = $3 RETURNING w.*, ${CLOCK_AHEAD}`,
    [
      distributor_id,
      id,
      leased_by,
      note.turn,
      note.event_id,
      note.failures,
      note.failing_since,
      note.rest_until,
      note.pause_reason,
      url,
    ],
  );
  if (!endpoint) return null;
  if (deliveries.length > 0) {
    await tx.query(
      `${ON_ITS_SHARD}INSERT INTO deliveries (distributor_id, webhook_id, event_id, turn, transaction_id, status, attempts, next_at,
                               first_at, last_at, duration_ms, response_status, response_text, error)
       SELECT $1, $2, event_id, turn, transaction_id, status, attempts, next_at, first_at, last_at, duration_ms,
              response_status, response_text, error
       FROM jsonb_to_recordset($3::jsonb) AS d(
         event_id uuid, turn bigint, transaction_id uuid, status text, attempts integer, next_at timestamptz,
         first_at timestamptz, last_at timestamptz, duration_ms integer, response_status integer, response_text text,
         error text)
       ON CONFLICT (distributor_id, webhook_id, event_id) DO UPDATE
         SET status = excluded.status, attempts = excluded.attempts, next_at = excluded.next_at,
             first_at = excluded.first_at, last_at = excluded.last_at, duration_ms = excluded.duration_ms,
             response_status = excluded.response_status, response_text = excluded.response_text, error = excluded.error
         WHERE deliveries.attempts >= excluded.attempts - 1`,
      [distributor_id, id, JSON.stringify(deliveries)],
    );
  }
  return endpoint;
}
