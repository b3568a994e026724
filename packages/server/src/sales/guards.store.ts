import { type DistributorSettings, GUARDS, type Guard } from '@opentopup/contract';
import { OverCapacity } from '../database/batch.ts';
import type { Db, Query } from '../database/database.ts';
import { dateOf, firstIdAt } from '../database/ids.ts';
import { ON_ITS_SHARD } from '../database/shards.ts';
import { HOLD_WITHIN_MS, type HoldRequest, type HoldResult, holdUnits } from './hold.store.ts';
import { findIdempotencyKey } from './idempotency/idempotency.store.ts';

/**
 * What a distributor has set for its own sales; null is off. Time is counted back from the order's own moment. The guard by
 * keys is none of these: it answers before anything is held.
 */
export type Guards = Pick<DistributorSettings, Exclude<Guard, 'implicit_key_seconds'>>;

/** Tells whether a guard is set, so that sales have to be counted before a unit is held. */
export const isGuarded = (guards: Guards): boolean =>
  GUARDS.some((guard) => guard !== 'implicit_key_seconds' && guards[guard] !== null);

export interface GuardedRequest {
  request: HoldRequest;
  guards: Guards;
}

export type GuardedResult = HoldResult | { result: 'line_limit' | 'user_limit' | 'repeated' };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Tells how many units that are held or sold, by line or user, since some moment. */
const COUNT = (which: string): string => `${ON_ITS_SHARD}
SELECT count(*) AS units FROM transactions t
LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
WHERE t.distributor_id = $1 AND t.id >= $3 AND ${which} AND coalesce(r.status, 'ok') = 'ok'`;
const OF_USER = COUNT('t.user_id = $2');
/** The index of lines has the day in front: so all days that come into question are named. */
const ON_DAYS = (since: string): string => `(t.created_at AT TIME ZONE 'UTC')::date = ANY (
  ARRAY(SELECT day::date FROM generate_series(${since}, $5::date, interval '1 day') AS day))`;
const OF_LINE = COUNT(`t.line = $2 AND ${ON_DAYS('$4::date')}`);

/**
 * The same of one offer, where what is pending counts however long it has been: it may still be delivered. What is not
 * yet known to be without an outcome is younger than a day.
 */
const OF_LINE_AND_OFFER = `${ON_ITS_SHARD}
SELECT count(*) AS units FROM transactions t
LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
WHERE t.distributor_id = $1 AND t.line = $2 AND t.offer_id = $6
  AND (r.status IS NULL OR r.status = 'ok' AND t.id >= $3)
  AND ${ON_DAYS(`least($4::date - 1, (
    SELECT (first.created_at AT TIME ZONE 'UTC')::date FROM unknown_outcomes u
    JOIN transactions first ON first.distributor_id = u.distributor_id AND first.id = u.transaction_id
    WHERE u.distributor_id = $1 AND NOT EXISTS (
      SELECT FROM resolutions r WHERE r.distributor_id = $1 AND r.transaction_id = u.transaction_id)
    ORDER BY u.transaction_id LIMIT 1))`)}`;

/**
 * Holds one unit unless a guard of the distributor says no. Orders that a guard counts together wait for each other, so
 * that two at once cannot both be the last one allowed; that is why this is not a batch.
 */
export function holdGuarded(db: Db, guarded: GuardedRequest): Promise<GuardedResult> {
  const began_ms = performance.now();
  return db.transaction((tx) => holdCounted(tx, guarded, began_ms));
}

/**
 * The same in a transaction of the caller's.
 * @param began_ms when the order began to wait for it, on the clock of the process
 */
export async function holdCounted(
  tx: Query,
  { request, guards }: GuardedRequest,
  began_ms: number,
): Promise<GuardedResult> {
  const { distributor_id, line, user_id, offer_id } = request;
  const { repeat_guard_minutes, line_units_per_day, user_units_per_hour, ...others } = guards;
  // A guard that nothing is counted for does not compile.
  others satisfies Record<string, never>;
  const now_ms = dateOf(request.id).getTime();
  const ago = (ms: number): string => firstIdAt(new Date(now_ms - ms));
  // Always the line first, so that no two orders wait for each other in a circle.
  const lock = (name: string) => tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  if (line !== null && (line_units_per_day ?? repeat_guard_minutes) !== null) {
    await lock(`line ${distributor_id} ${line}`);
  }
  if (user_id !== null && user_units_per_hour !== null) await lock(`user ${distributor_id} ${user_id}`);

  const known = request.idempotency && (await findIdempotencyKey(tx, distributor_id, request.idempotency.key));
  if (known) return { result: 'known', ...known };

  const count = async (sql: string, params: string[]): Promise<number> => {
    const [row] = await tx.query<{ units: number }>(sql, [distributor_id, ...params]);
    return row?.units ?? 0;
  };
  // Another server's clock may already be in the next day.
  const daysSince = (ms: number): string[] => [now_ms - ms, now_ms + DAY_MS].map((at) => new Date(at).toISOString());
  if (line !== null && repeat_guard_minutes !== null) {
    const long_ms = repeat_guard_minutes * MINUTE_MS;
    const params = [line, ago(long_ms), ...daysSince(long_ms), offer_id];
    if ((await count(OF_LINE_AND_OFFER, params)) > 0) return { result: 'repeated' };
  }
  if (line !== null && line_units_per_day !== null) {
    const params = [line, ago(DAY_MS), ...daysSince(DAY_MS)];
    if ((await count(OF_LINE, params)) >= line_units_per_day) return { result: 'line_limit' };
  }
  if (user_id !== null && user_units_per_hour !== null) {
    if ((await count(OF_USER, [user_id, ago(HOUR_MS)])) >= user_units_per_hour) return { result: 'user_limit' };
  }
  if (performance.now() - began_ms > HOLD_WITHIN_MS) {
    throw new OverCapacity('the order has waited too long for others of its line or user');
  }
  const [held] = await holdUnits(tx, [request]);
  return held as HoldResult;
}
