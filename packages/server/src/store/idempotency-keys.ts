import type { Query } from './db.ts';

const AT_ONCE = 5_000;

/**
 * Removes keys whose time is over, some at a time.
 * @returns false when there may be more
 */
export async function removeExpiredKeys(on: Query): Promise<boolean> {
  const removed = await on.query(
    `DELETE FROM idempotency_keys WHERE (distributor_id, key) IN (
       SELECT distributor_id, key FROM idempotency_keys WHERE expires_at <= now()
       ORDER BY expires_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
     RETURNING 1`,
  );
  return removed.length < AT_ONCE;
}
