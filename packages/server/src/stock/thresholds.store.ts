import type { Query } from '../database/database.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';
import { COUNTS_FOR } from './alerts.query.ts';

/** An offer whose threshold is to be computed, and what its alert says; null: no alert, or not by that. */
export interface Watch {
  distributor_id: string;
  offer_id: string;
  units: number | null;
  days_of_cover: number | null;
  /** How far the clock of the distributor is ahead. */
  clock_ahead_s: number;
}

/** Watches that are due, kept from other processes until the transaction ends. */
export function takeWatches(tx: Query, now: Date, limit: number): Promise<Watch[]> {
  return tx.query<Watch>(
    `${ON_EACH_SHARD}WITH due AS (
       SELECT distributor_id, offer_id FROM stock_watches WHERE due_at <= $1
       ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
     )
     SELECT due.distributor_id, due.offer_id, a.units, a.days_of_cover, d.clock_ahead_s FROM due
     JOIN distributors d ON d.id = due.distributor_id
     LEFT JOIN LATERAL (
       SELECT * FROM alerts a
       WHERE a.distributor_id = due.distributor_id AND ${COUNTS_FOR('a.offer_id', 'due')} LIMIT 1
     ) a ON true`,
    [now, limit],
  );
}

export interface Threshold {
  distributor_id: string;
  offer_id: string;
  /** 0: none. */
  low_at: number;
  /** When it has to be computed again; null: when the alert changes. */
  due_at: Date | null;
}

/** Writes thresholds that were found. Buckets are locked in the order of their ids, as in HOLD. */
export async function saveThresholds(tx: Query, thresholds: readonly Threshold[]): Promise<void> {
  const keys = [thresholds.map(({ distributor_id }) => distributor_id), thresholds.map(({ offer_id }) => offer_id)];
  await tx.query(
    `${ON_EACH_SHARD}WITH found AS (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS f(distributor_id, offer_id, low_at)
     ), bucket AS MATERIALIZED (
       SELECT b.distributor_id, b.offer_id, f.low_at FROM buckets b JOIN found f USING (distributor_id, offer_id)
       WHERE b.low_at <> f.low_at ORDER BY b.distributor_id, b.offer_id FOR UPDATE OF b
     )
     UPDATE buckets b SET low_at = bucket.low_at FROM bucket
     WHERE b.distributor_id = bucket.distributor_id AND b.offer_id = bucket.offer_id`,
    [...keys, thresholds.map(({ low_at }) => low_at)],
  );
  await tx.query(
    `${ON_EACH_SHARD}WITH found AS (
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) AS f(distributor_id, offer_id, due_at)
     ), done AS (
       DELETE FROM stock_watches w USING found f
       WHERE w.distributor_id = f.distributor_id AND w.offer_id = f.offer_id AND f.due_at IS NULL
     )
     UPDATE stock_watches w SET due_at = f.due_at FROM found f
     WHERE w.distributor_id = f.distributor_id AND w.offer_id = f.offer_id AND f.due_at IS NOT NULL`,
    [...keys, thresholds.map(({ due_at }) => due_at)],
  );
}
