import type { Query } from '../database/database.ts';
import { dateOf } from '../database/ids.ts';
import { ON_ITS_SHARD } from '../database/shards.ts';
import { type IdempotencyKey, keyIsOver } from './idempotency/idempotency.store.ts';

/**
 * After so long an order is not held any more. The search for orders whose process has died passes each moment once, so
 * none may come up behind it.
 */
export const HOLD_WITHIN_MS = 5_000;

/** One order, checked and ready to be held. */
export interface HoldRequest {
  /** The transaction's id, made by the caller. */
  id: string;
  distributor_id: string;
  offer_id: string;
  offer_version: number;
  /** E.164 number or SIM serial; null for what recharges no line. */
  line: string | null;
  user_id: string | null;
  voucher_id: string | null;
  idempotency: IdempotencyKey | null;
  /** The catalogue's version by which the order was checked. */
  catalogue_version: number;
  /** It was parked, and it is its turn: what waits behind it does not count. */
  was_parked?: true;
}

export type HoldResult =
  /** One unit is held and the transaction is pending. */
  | { result: 'held' }
  /** The catalogue has changed since the order was checked; nothing was done. */
  | { result: 'stale' }
  /** The bucket has no unit left; nothing was done. */
  | { result: 'empty' }
  /** The key was used before; nothing was done. */
  | { result: 'known'; transaction_id: string; request_sha256: string };

/** `raced`: another process is using the same key at this very moment; the one who lost asks again and finds it known. */
type Row = { result: 'held' | 'stale' | 'empty' | 'raced' } | Extract<HoldResult, { result: 'known' }>;

/**
 * Holds one unit for each request that its bucket can serve, in order of arrival, and refuses the rest one by one. What is
 * parked came before: so many units are left to it.
 * Buckets are locked in the order of their ids, and keys taken in theirs, so that two batches cannot wait for each other.
 *
 * The plan is made without looking at the requests, so the statement leaves it no choice: rows of tables are probed one
 * by one through their keys (LATERAL), a bucket is changed as an INSERT that always meets the row it has locked, and
 * what depends on a condition is a column rather than a filter, whose rows would be guessed too few.
 */
const HOLD = `${ON_ITS_SHARD}
WITH request AS MATERIALIZED (
  SELECT r.*, k.transaction_id AS known_id, k.request_sha256 AS known_sha256
  FROM ROWS FROM (json_to_recordset($1::json) AS (
         id uuid, distributor_id uuid, offer_id uuid, offer_version int, line text, user_id text, voucher_id text,
         key text, request_sha256 text, key_life_s int, at timestamptz, catalogue_version bigint, was_parked boolean))
       WITH ORDINALITY AS r(id, distributor_id, offer_id, offer_version, line, user_id, voucher_id,
         key, request_sha256, key_life_s, at, catalogue_version, was_parked, ord)
  LEFT JOIN LATERAL (
    SELECT transaction_id, request_sha256 FROM idempotency_keys k
    WHERE k.distributor_id = r.distributor_id AND k.key = r.key AND NOT (${keyIsOver('k')}) LIMIT 1
  ) k ON r.key IS NOT NULL
), bucket AS MATERIALIZED (
  SELECT b.* FROM (SELECT DISTINCT distributor_id, offer_id FROM request ORDER BY 1, 2) d
  CROSS JOIN LATERAL (
    SELECT distributor_id, offer_id, granted, available, parked, held, sold, seq, head FROM buckets b
    WHERE b.distributor_id = d.distributor_id AND b.offer_id = d.offer_id FOR UPDATE
  ) b
), open AS (
  SELECT r.*, CASE WHEN was_parked THEN b.available ELSE b.available - b.parked END AS free, b.seq, b.head,
         catalogue_version <> (SELECT version FROM catalogue_version) AS is_stale,
         known_id IS NULL AND catalogue_version = (SELECT version FROM catalogue_version) AS is_open
  FROM request r LEFT JOIN bucket b USING (distributor_id, offer_id)
), judged AS MATERIALIZED (
  SELECT o.*, is_open AND free >=
           count(*) FILTER (WHERE is_open) OVER (PARTITION BY distributor_id, offer_id ORDER BY ord) AS fits
  FROM open o
), new_key AS (
  INSERT INTO idempotency_keys AS k (distributor_id, key, request_sha256, transaction_id, expires_at)
  SELECT distributor_id, key, request_sha256, id, now() + make_interval(secs => key_life_s)
  FROM judged WHERE fits AND key IS NOT NULL
  ORDER BY distributor_id, key
  ON CONFLICT (distributor_id, key) DO UPDATE
    SET request_sha256 = excluded.request_sha256, transaction_id = excluded.transaction_id,
        expires_at = excluded.expires_at
    WHERE ${keyIsOver('k')}
  RETURNING transaction_id
), placed AS (
  SELECT j.*, seq + row_number() OVER (PARTITION BY distributor_id, offer_id ORDER BY ord) AS number
  FROM judged j WHERE fits AND (key IS NULL OR id IN (SELECT transaction_id FROM new_key))
), held AS MATERIALIZED (
  SELECT p.*, movement_hash(head, number, 'hold', 1, id, at, NULL, NULL) AS hash FROM placed p
), counted AS (
  SELECT distributor_id, offer_id, count(*) AS units, max(at) AS at, string_agg(hash, '' ORDER BY number) AS hashes
  FROM held GROUP BY distributor_id, offer_id
), taken AS (
  INSERT INTO buckets (distributor_id, offer_id, granted, available, held, sold, seq, head, updated_at)
  SELECT distributor_id, offer_id, granted, available - units, held + units, sold, seq + units,
         sha256(head || hashes), at
  FROM counted JOIN bucket USING (distributor_id, offer_id)
  ON CONFLICT (distributor_id, offer_id) DO UPDATE
    SET available = excluded.available, held = excluded.held, seq = excluded.seq, head = excluded.head,
        updated_at = excluded.updated_at
), moved AS (
  INSERT INTO movements (distributor_id, offer_id, seq, kind, units, transaction_id, at, link, hash)
  SELECT distributor_id, offer_id, number, 'hold', 1, id, at, seq, hash FROM held
), tallied AS (
  INSERT INTO sales_hourly AS s (distributor_id, offer_id, hour, created)
  SELECT distributor_id, offer_id, date_trunc('hour', at), count(*) FROM held GROUP BY 1, 2, 3
  ON CONFLICT (distributor_id, offer_id, hour) DO UPDATE SET created = s.created + excluded.created
), begun AS (
  INSERT INTO transactions (distributor_id, id, offer_id, offer_version, line, user_id, voucher_id, created_at)
  SELECT distributor_id, id, offer_id, offer_version, line, user_id, voucher_id, at FROM held
)
SELECT CASE WHEN known_id IS NOT NULL THEN 'known'
            WHEN fits AND (key IS NULL OR id IN (SELECT transaction_id FROM new_key)) THEN 'held'
            WHEN fits THEN 'raced'
            WHEN is_stale THEN 'stale'
            ELSE 'empty' END AS result,
       known_id AS transaction_id, known_sha256 AS request_sha256
FROM judged ORDER BY ord`;

/** Holds units for many requests in one durable step; one answer for each, in their order. */
export async function holdUnits(on: Pick<Query, 'query'>, requests: readonly HoldRequest[]): Promise<HoldResult[]> {
  const leaders = new Map<string, HoldRequest>();
  const leaderOf = requests.map((request) => {
    const { distributor_id, idempotency } = request;
    if (!idempotency) return request;
    const name = `${distributor_id} ${idempotency.key}`;
    const leader = leaders.get(name) ?? request;
    leaders.set(name, leader);
    return leader;
  });
  const sent = leaders.size > 0 ? requests.filter((request, i) => leaderOf[i] === request) : requests;
  const results = await holdEach(on, sent);
  if (sent.length === requests.length) return results;
  const resultOf = new Map(sent.map((request, i) => [request, results[i] as HoldResult]));
  // Those that share a key in this batch fare as the first of them.
  return requests.map((request, i) => {
    const leader = leaderOf[i] as HoldRequest;
    const result = resultOf.get(leader) as HoldResult;
    if (leader === request || result.result !== 'held') return result;
    return { result: 'known', transaction_id: leader.id, request_sha256: leader.idempotency?.request_sha256 ?? '' };
  });
}

/** The same for requests of which no two share a key. */
async function holdEach(on: Pick<Query, 'query'>, requests: readonly HoldRequest[]): Promise<HoldResult[]> {
  const sent = requests.map(({ idempotency, ...request }) => ({
    ...request,
    key: idempotency?.key,
    request_sha256: idempotency?.request_sha256,
    key_life_s: idempotency?.life_s,
    at: dateOf(request.id),
  }));
  const rows = await on.query<Row>(HOLD, [JSON.stringify(sent)]);
  if (!rows.some((row) => row.result === 'raced')) return rows as HoldResult[];
  // A raced request may have kept the last unit from another, so those found empty ask again as well.
  const open = (row: Row | undefined): boolean => row?.result === 'raced' || row?.result === 'empty';
  const again = await holdEach(
    on,
    requests.filter((_, i) => open(rows[i])),
  );
  return rows.map((row) => (open(row) ? again.shift() : row) as HoldResult);
}
