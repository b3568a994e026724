import type { Param, Query } from './db.ts';
import { dateOf } from './ids.ts';

/** A key that makes repeating a request safe, and the digest of the request it came with. */
export interface IdempotencyKey {
  key: string;
  request_sha256: string;
  /** How long the key counts, in seconds. */
  life_s: number;
}

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
 * Holds one unit for each request that its bucket can serve, in order of arrival, and refuses the rest one by one.
 * Buckets are locked in the order of their ids, so that two batches cannot wait for each other.
 */
const HOLD = `
WITH request AS (
  SELECT r.*, row_number() OVER (PARTITION BY distributor_id, key ORDER BY ord) AS key_turn
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::text[], $10::int[], $11::timestamptz[], $12::bigint[])
    WITH ORDINALITY AS r(id, distributor_id, offer_id, offer_version, line, user_id, voucher_id, key,
                         request_sha256, key_life_s, at, catalogue_version, ord)
), known AS (
  SELECT r.ord, k.transaction_id, k.request_sha256
  FROM request r JOIN idempotency_keys k ON k.distributor_id = r.distributor_id AND k.key = r.key
  WHERE k.expires_at > now()
), bucket AS MATERIALIZED (
  SELECT distributor_id, offer_id, available, seq, head FROM buckets
  WHERE (distributor_id, offer_id) IN (SELECT DISTINCT distributor_id, offer_id FROM request)
  ORDER BY distributor_id, offer_id FOR UPDATE
), candidate AS (
  SELECT r.*, b.seq, b.head,
         row_number() OVER (PARTITION BY r.distributor_id, r.offer_id ORDER BY r.ord) <= b.available AS fits
  FROM request r JOIN bucket b USING (distributor_id, offer_id)
  WHERE (r.key IS NULL OR r.key_turn = 1) AND NOT EXISTS (SELECT FROM known k WHERE k.ord = r.ord)
    AND r.catalogue_version = (SELECT version FROM catalogue_version)
), new_key AS (
  INSERT INTO idempotency_keys AS k (distributor_id, key, request_sha256, transaction_id, expires_at)
  SELECT distributor_id, key, request_sha256, id, now() + make_interval(secs => key_life_s)
  FROM candidate WHERE fits AND key IS NOT NULL
  ON CONFLICT (distributor_id, key) DO UPDATE
    SET request_sha256 = excluded.request_sha256, transaction_id = excluded.transaction_id,
        expires_at = excluded.expires_at
    WHERE k.expires_at <= now()
  RETURNING transaction_id
), placed AS (
  SELECT c.*, row_number() OVER (PARTITION BY distributor_id, offer_id ORDER BY ord) AS nth
  FROM candidate c WHERE fits AND (key IS NULL OR id IN (SELECT transaction_id FROM new_key))
), held AS MATERIALIZED (
  SELECT p.*, movement_hash(head, seq + nth, 'hold', 1, id, at, NULL, NULL) AS hash FROM placed p
), counted AS (
  SELECT distributor_id, offer_id, count(*) AS units, max(at) AS at, string_agg(hash, '' ORDER BY nth) AS hashes
  FROM held GROUP BY distributor_id, offer_id
), taken AS (
  UPDATE buckets b
  SET available = b.available - c.units, held = b.held + c.units, seq = b.seq + c.units,
      head = sha256(b.head || c.hashes), updated_at = c.at
  FROM counted c WHERE b.distributor_id = c.distributor_id AND b.offer_id = c.offer_id
), moved AS (
  INSERT INTO movements (distributor_id, offer_id, seq, kind, units, transaction_id, at, link, hash)
  SELECT distributor_id, offer_id, seq + nth, 'hold', 1, id, at, seq, hash FROM held
), tallied AS (
  INSERT INTO sales_hourly AS s (distributor_id, offer_id, hour, created)
  SELECT distributor_id, offer_id, date_trunc('hour', at), count(*) FROM held GROUP BY 1, 2, 3
  ON CONFLICT (distributor_id, offer_id, hour) DO UPDATE SET created = s.created + excluded.created
), begun AS (
  INSERT INTO transactions (distributor_id, id, offer_id, offer_version, line, user_id, voucher_id, created_at)
  SELECT distributor_id, id, offer_id, offer_version, line, user_id, voucher_id, at FROM held
)
SELECT CASE WHEN h.id IS NOT NULL THEN 'held'
            WHEN k.ord IS NOT NULL OR first.id IS NOT NULL THEN 'known'
            WHEN c.fits THEN 'raced'
            WHEN r.catalogue_version <> (SELECT version FROM catalogue_version) THEN 'stale'
            ELSE 'empty' END AS result,
       coalesce(k.transaction_id, first.id) AS transaction_id,
       coalesce(k.request_sha256, first.request_sha256) AS request_sha256
FROM request r
LEFT JOIN held h ON h.ord = r.ord
LEFT JOIN known k ON k.ord = r.ord
-- Those that share a key in this batch fare as the first of them.
LEFT JOIN candidate c ON c.distributor_id = r.distributor_id AND c.key = r.key
LEFT JOIN held first ON first.ord = c.ord
ORDER BY r.ord`;

/** Holds units for many requests in one durable step; one answer for each, in their order. */
export async function holdUnits(on: Query, requests: readonly HoldRequest[]): Promise<HoldResult[]> {
  const column = (of: (request: HoldRequest) => Param): Param => requests.map(of);
  const rows = await on.query<Row>(HOLD, [
    column((r) => r.id),
    column((r) => r.distributor_id),
    column((r) => r.offer_id),
    column((r) => r.offer_version),
    column((r) => r.line),
    column((r) => r.user_id),
    column((r) => r.voucher_id),
    column((r) => r.idempotency?.key ?? null),
    column((r) => r.idempotency?.request_sha256 ?? null),
    column((r) => r.idempotency?.life_s ?? null),
    column((r) => dateOf(r.id)),
    column((r) => r.catalogue_version),
  ]);
  if (!rows.some((row) => row.result === 'raced')) return rows as HoldResult[];
  // A raced request may have kept the last unit from another, so those found empty ask again as well.
  const open = (row: Row | undefined): boolean => row?.result === 'raced' || row?.result === 'empty';
  const again = await holdUnits(
    on,
    requests.filter((_, i) => open(rows[i])),
  );
  return rows.map((row) => (open(row) ? again.shift() : row) as HoldResult);
}
