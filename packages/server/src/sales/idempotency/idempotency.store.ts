import type { Query } from '../../database/database.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../../database/shards.ts';
import { clockOf } from '../../distributors/sandbox-clock.query.ts';
import { type Progress, progressAfter } from '../../jobs/progress.rules.ts';

/** A key that makes repeating a request safe, and the digest of the request it came with. */
export interface IdempotencyKey {
  key: string;
  request_sha256: string;
  /** How long the key counts once its transaction is final, in seconds. */
  life_s: number;
}

/**
 * Says in SQL that a key `k` counts no more: its transaction is final, and since then it has counted for its whole life.
 * By the clock of its distributor: a key that was kept since that was put forward was given its end by it, too.
 * It was given its end as if the sale were final at once; by as long as that took the end is put off.
 */
export const keyIsOver = (k: string, now = clockOf(k)): string => `
  ${k}.expires_at <= ${now} AND coalesce(${k}.expires_at <= ${now} - (
    (SELECT r.at FROM resolutions r
     WHERE r.distributor_id = ${k}.distributor_id AND r.transaction_id = ${k}.transaction_id LIMIT 1)
    - (SELECT t.created_at FROM transactions t
       WHERE t.distributor_id = ${k}.distributor_id AND t.id = ${k}.transaction_id LIMIT 1)), false)`;

/** Finds what is known of an idempotency key; null when it was not used, or its time is over. */
export async function findIdempotencyKey(
  on: Pick<Query, 'query'>,
  distributorId: string,
  key: string,
): Promise<{ transaction_id: string; request_sha256: string } | null> {
  const [row] = await on.query<{ transaction_id: string; request_sha256: string }>(
    `${ON_ITS_SHARD}SELECT transaction_id, request_sha256 FROM idempotency_keys k
     WHERE distributor_id = $1 AND key = $2 AND NOT (${keyIsOver('k')})`,
    [distributorId, key],
  );
  return row ?? null;
}

/**
 * Keeps the key of an order that is parked, under the order's id: it counts for its life after the last moment at which that
 * may wait. False where the key was used before.
 */
export async function keepKeyOfParked(
  tx: Query,
  { distributor_id, id, park_until }: { distributor_id: string; id: string; park_until: Date },
  { key, request_sha256, life_s }: IdempotencyKey,
): Promise<boolean> {
  const kept = await tx.query(
    `${ON_ITS_SHARD}INSERT INTO idempotency_keys AS k (distributor_id, key, request_sha256, transaction_id, expires_at)
     VALUES ($1, $2, $3, $4, $5::timestamptz + make_interval(secs => $6))
     ON CONFLICT (distributor_id, key) DO UPDATE
       SET request_sha256 = excluded.request_sha256, transaction_id = excluded.transaction_id,
           expires_at = excluded.expires_at
       WHERE ${keyIsOver('k')}
     RETURNING 1`,
    [distributor_id, key, request_sha256, id, park_until, life_s],
  );
  return kept.length > 0;
}

/**
 * Lets nothing come of a key under which nothing has come yet, for good: whoever uses it later is told that it was used for
 * something else. `id` names whose key it was.
 */
export async function closeKey(
  on: Query,
  { distributor_id, id }: { distributor_id: string; id: string },
  { key, life_s }: IdempotencyKey,
): Promise<void> {
  await on.query(
    `INSERT INTO idempotency_keys (distributor_id, key, request_sha256, transaction_id, expires_at)
     VALUES ($1, $2, 'closed', $3, now() + make_interval(secs => $4))
     ON CONFLICT (distributor_id, key) DO NOTHING`,
    [distributor_id, key, id, life_s],
  );
}

const AT_ONCE = 5_000;

/**
 * Removes keys whose time is over, some at a time; those that are over by a clock that was put forward count no more, and go later.
 * @returns whether there may be more
 */
export async function removeExpiredKeys(on: Query): Promise<Progress> {
  const removed = await on.query(
    `${ON_EACH_SHARD}DELETE FROM idempotency_keys WHERE (distributor_id, key) IN (
       SELECT distributor_id, key FROM idempotency_keys k WHERE ${keyIsOver('k', 'now()')}
       ORDER BY expires_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
     RETURNING 1`,
  );
  return progressAfter(removed.length, AT_ONCE);
}
