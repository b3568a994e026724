import type { Refusal } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../../database/shards.ts';
import { clockOf } from '../../distributors/sandbox-clock.query.ts';
import { LEASED_FOR, UNLEASED } from '../../jobs/lease.query.ts';
import { type Progress, progressAfter } from '../../jobs/progress.rules.ts';
import { FORGOTTEN } from '../../values/line.ts';
import { FIRST_WAITING, type ParkedOrderRow, type ParkingQueue } from './parked-orders.query.ts';

type Key = Pick<ParkedOrderRow, 'distributor_id' | 'id'>;

/** Locks a bucket until the transaction ends, and tells what is left of it, and how many orders wait for that. */
export async function lockBucket(tx: Query, of: ParkingQueue): Promise<{ available: number; parked: number }> {
  const [bucket] = await tx.query<{ available: number; parked: number }>(
    'SELECT available, parked FROM buckets WHERE distributor_id = $1 AND offer_id = $2 FOR UPDATE',
    [of.distributor_id, of.offer_id],
  );
  if (!bucket) throw new Error('an offer has no bucket');
  return bucket;
}

/** Counts the orders that wait for a bucket. Every parked order counts as long as it waits. */
export async function countParked(tx: Query, of: ParkingQueue, more: 1 | -1): Promise<void> {
  await tx.query('UPDATE buckets SET parked = parked + $3 WHERE distributor_id = $1 AND offer_id = $2', [
    of.distributor_id,
    of.offer_id,
    more,
  ]);
}

/** Keeps an order that waits. */
export async function insertParkedOrder(tx: Query, order: ParkedOrderRow): Promise<void> {
  await tx.query(
    `INSERT INTO parked_orders (distributor_id, id, offer_id, offer_version, max_price, line, user_id, voucher_id,
                                allow_repeat, check_network, notify, key, key_life_s, at, park_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      order.distributor_id,
      order.id,
      order.offer_id,
      order.offer_version,
      order.max_price,
      order.line,
      order.user_id,
      order.voucher_id,
      order.allow_repeat,
      order.check_network,
      order.notify && JSON.stringify(order.notify),
      order.key,
      order.key_life_s,
      order.at,
      order.park_until,
    ],
  );
}

/** Locks the order that has waited longest until the transaction ends; null where none is to be sold, or another one has just ended. */
export async function lockFirstWaiting(tx: Query, of: ParkingQueue): Promise<ParkedOrderRow | null> {
  const [row] = await tx.query<ParkedOrderRow>(`${FIRST_WAITING} FOR UPDATE`, [of.distributor_id, of.offer_id]);
  return row ?? null;
}

/** Locks one order until the transaction ends; null where it does not wait. */
export async function lockWaiting(tx: Query, { distributor_id, id }: Key): Promise<ParkedOrderRow | null> {
  const [row] = await tx.query<ParkedOrderRow>(
    `SELECT * FROM parked_orders WHERE distributor_id = $1 AND id = $2 AND status = 'waiting' FOR UPDATE`,
    [distributor_id, id],
  );
  return row ?? null;
}

/** Says that a locked order is sold, and gives its idempotency key to its transaction. */
export async function markSold(tx: Query, key: Key, transactionId: string, at: Date): Promise<ParkedOrderRow> {
  const [row] = await tx.query<ParkedOrderRow>(
    `UPDATE parked_orders SET status = 'sold', transaction_id = $3, ended_at = $4, notify = NULL
     WHERE distributor_id = $1 AND id = $2 RETURNING *`,
    [key.distributor_id, key.id, transactionId, at],
  );
  await tx.query(
    `${ON_ITS_SHARD}UPDATE idempotency_keys k SET transaction_id = $3, expires_at = ${clockOf('k')} + make_interval(secs => p.key_life_s)
     FROM parked_orders p
     WHERE p.distributor_id = $1 AND p.id = $2 AND k.distributor_id = $1 AND k.key = p.key AND k.transaction_id = $2`,
    [key.distributor_id, key.id, transactionId],
  );
  return row as ParkedOrderRow;
}

/** Says that a locked order has come to nothing. */
export async function markEnded(
  tx: Query,
  key: Key,
  status: 'refused' | 'cancelled',
  { reason, details }: Refusal,
  at: Date,
): Promise<ParkedOrderRow> {
  const [row] = await tx.query<ParkedOrderRow>(
    `UPDATE parked_orders SET status = $3, reason = $4, details = $5, ended_at = $6, notify = NULL
     WHERE distributor_id = $1 AND id = $2 RETURNING *`,
    [key.distributor_id, key.id, status, reason, JSON.stringify(details), at],
  );
  return row as ParkedOrderRow;
}

/** Lets no order wait longer than until `at`. */
export async function cutWaiting(tx: Query, at: Date): Promise<void> {
  await tx.query(`UPDATE parked_orders SET park_until = $1 WHERE status = 'waiting' AND park_until > $1`, [at]);
}

/**
 * Takes up the selling of offers for which orders wait, and of which units are left, unless somebody is at it. A distributor
 * that is suspended sells nothing.
 */
export const leaseQueues = (on: Query, lease_ms: number, limit: number): Promise<ParkingQueue[]> =>
  on.query<ParkingQueue>(
    `${ON_EACH_SHARD}INSERT INTO parking_leases AS l (distributor_id, offer_id, leased_until)
     SELECT b.distributor_id, b.offer_id, ${LEASED_FOR('$1')} FROM buckets b JOIN distributors d ON d.id = b.distributor_id
     WHERE b.parked > 0 AND b.available > 0 AND d.status = 'active' AND NOT EXISTS (
       SELECT FROM parking_leases o
       WHERE o.distributor_id = b.distributor_id AND o.offer_id = b.offer_id AND NOT ${UNLEASED('o')})
     ORDER BY b.distributor_id, b.offer_id LIMIT $2
     ON CONFLICT (distributor_id, offer_id) DO UPDATE SET leased_until = excluded.leased_until
       WHERE ${UNLEASED('l')}
     RETURNING distributor_id, offer_id`,
    [lease_ms, limit],
  );

/** Gives it back, for whoever comes after `rest_ms` or later. */
export async function releaseQueue(on: Query, queue: ParkingQueue, rest_ms: number): Promise<void> {
  await on.query(
    `UPDATE parking_leases SET leased_until = ${LEASED_FOR('$3')} WHERE distributor_id = $1 AND offer_id = $2`,
    [queue.distributor_id, queue.offer_id, rest_ms],
  );
}

const AT_ONCE = 1_000;

/**
 * Removes the keys of orders that came to nothing, once they have counted for their whole life since then, some at a
 * time. Those of orders that were sold belong to their transactions.
 * @returns whether there may be more
 */
export async function removeParkedKeys(on: Query, now: Date): Promise<Progress> {
  const rows = await on.query(
    `${ON_EACH_SHARD}WITH over AS (
       UPDATE parked_orders SET key = NULL WHERE (distributor_id, id) IN (
         SELECT distributor_id, id FROM parked_orders
         WHERE key IS NOT NULL AND ended_at <= $1::timestamptz - make_interval(secs => key_life_s)
         ORDER BY ended_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
       RETURNING distributor_id, id
     ), removed AS (
       DELETE FROM idempotency_keys k USING over o
       WHERE k.distributor_id = o.distributor_id AND k.transaction_id = o.id
     )
     SELECT FROM over`,
    [now],
  );
  return progressAfter(rows.length, AT_ONCE);
}

/** Forgets whom orders were for that ended before some moment, some at a time; whether there may be more. */
export async function forgetParkedLines(on: Query, before: Date): Promise<Progress> {
  const rows = await on.query(
    `${ON_EACH_SHARD}UPDATE parked_orders SET line = '${FORGOTTEN}' WHERE (distributor_id, id) IN (
       SELECT distributor_id, id FROM parked_orders WHERE line <> '${FORGOTTEN}' AND ended_at < $1
       ORDER BY ended_at LIMIT ${AT_ONCE})
     RETURNING 1`,
    [before],
  );
  return progressAfter(rows.length, AT_ONCE);
}
