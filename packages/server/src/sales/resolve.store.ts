import type { Db, Query } from '../database/database.ts';
import { newId, newQuickId } from '../database/ids.ts';
import { ON_ITS_SHARD } from '../database/shards.ts';
import { DELIVERS } from '../values/deliverable.query.ts';

/** The end of a transaction: its status, and for anything but ok the reason. */
export interface Resolution {
  distributor_id: string;
  transaction_id: string;
  status: 'ok' | 'ko' | 'expired';
  reason: string | null;
  message: string | null;
  supplier_reference: string | null;
  /** What the supplier has charged, in the main unit of a currency; absent where it has not told. */
  cost?: number;
  cost_currency?: string;
  /** The product whose supplier it is from; absent or null: the offer's own. */
  product_id?: string | null;
  /** The number of the attempt that ended so; absent or null: the first. */
  attempt?: number | null;
  at: Date;
}

export interface ResolveResult {
  /** How the transaction ended, whoever settled it; null where there is no such transaction. */
  final: Pick<Resolution, 'status' | 'reason' | 'message' | 'attempt' | 'at'> | null;
  /** True when this very request settled it. */
  settled: boolean;
  /** Set for an eSIM that is said to be delivered, but whose profile is not kept: nothing was settled. */
  lacks_profile?: true;
}

/**
 * Settles each transaction that is still pending: its unit is sold (ok) or given back. A transaction already settled
 * stays as it is, and so does that of an eSIM whose profile would be missing. Buckets are locked before
 * anything is written, in the order of their ids. The statement is written as HOLD is, for a plan made once.
 */
const RESOLVE = `${ON_ITS_SHARD}
WITH request AS MATERIALIZED (
  SELECT r.*, t.offer_id, t.created_at,
         k.status AS known_status, k.reason AS known_reason, k.message AS known_message, k.at AS known_at,
         k.attempt AS known_attempt,
         row_number() OVER (PARTITION BY r.distributor_id, r.transaction_id ORDER BY ord) = 1 AS is_first,
         CASE WHEN r.status = 'ok' AND t.offer_id IS NOT NULL AND ${DELIVERS('t')} = 'esim'
              THEN NOT EXISTS (SELECT FROM esims e
                               WHERE e.distributor_id = r.distributor_id AND e.transaction_id = r.transaction_id)
              ELSE false END AS lacks_profile
  FROM ROWS FROM (json_to_recordset($1::json) AS (
         distributor_id uuid, transaction_id uuid, status text, reason text, message text, supplier_reference text,
         cost numeric, cost_currency text, product_id uuid, attempt int, at timestamptz, event_id uuid))
       WITH ORDINALITY AS r(distributor_id, transaction_id, status, reason, message, supplier_reference,
         cost, cost_currency, product_id, attempt, at, event_id, ord)
  LEFT JOIN LATERAL (
    SELECT offer_id, created_at, line FROM transactions t
    WHERE t.distributor_id = r.distributor_id AND t.id = r.transaction_id LIMIT 1
  ) t ON true
  LEFT JOIN LATERAL (
    SELECT status, reason, message, attempt, at FROM resolutions k
    WHERE k.distributor_id = r.distributor_id AND k.transaction_id = r.transaction_id LIMIT 1
  ) k ON true
), open AS MATERIALIZED (
  SELECT r.*, is_first AND offer_id IS NOT NULL AND known_status IS NULL AND NOT lacks_profile AS is_open
  FROM request r
), bucket AS MATERIALIZED (
  SELECT b.* FROM (SELECT DISTINCT distributor_id, offer_id FROM open WHERE is_open ORDER BY 1, 2) d
  CROSS JOIN LATERAL (
    SELECT distributor_id, offer_id, granted, available, held, sold, seq, head FROM buckets b
    WHERE b.distributor_id = d.distributor_id AND b.offer_id = d.offer_id FOR UPDATE
  ) b
), resolved AS (
  INSERT INTO resolutions (distributor_id, transaction_id, status, reason, message, supplier_reference, cost,
                           cost_currency, product_id, attempt, at)
  SELECT distributor_id, transaction_id, status, reason, message, supplier_reference, cost, cost_currency,
         product_id, attempt, at FROM open
  WHERE is_open AND (SELECT count(*) FROM bucket) > 0
  ON CONFLICT DO NOTHING
  RETURNING distributor_id, transaction_id
), judged AS MATERIALIZED (
  SELECT o.*, is_open AND (distributor_id, transaction_id) IN (SELECT distributor_id, transaction_id FROM resolved)
           AS is_settled
  FROM open o
), placed AS (
  SELECT j.*, b.head, b.seq, CASE status WHEN 'ok' THEN 'sell' ELSE 'release' END AS kind,
         b.seq + row_number() OVER (PARTITION BY j.distributor_id, j.offer_id ORDER BY j.ord) AS number
  FROM judged j JOIN bucket b USING (distributor_id, offer_id) WHERE is_settled
), settled AS MATERIALIZED (
  SELECT p.*, movement_hash(head, number, kind, 1, transaction_id, at, NULL, NULL) AS hash FROM placed p
), counted AS (
  SELECT distributor_id, offer_id, count(*) AS units, count(*) FILTER (WHERE kind = 'sell') AS ok, max(at) AS at,
         string_agg(hash, '' ORDER BY number) AS hashes
  FROM settled GROUP BY distributor_id, offer_id
), freed AS (
  INSERT INTO buckets (distributor_id, offer_id, granted, available, held, sold, seq, head, updated_at)
  SELECT distributor_id, offer_id, granted, available + units - ok, held - units, sold + ok, seq + units,
         sha256(head || hashes), at
  FROM counted JOIN bucket USING (distributor_id, offer_id)
  ON CONFLICT (distributor_id, offer_id) DO UPDATE
    SET available = excluded.available, held = excluded.held, sold = excluded.sold, seq = excluded.seq,
        head = excluded.head, updated_at = excluded.updated_at
), moved AS (
  INSERT INTO movements (distributor_id, offer_id, seq, kind, units, transaction_id, at, link, hash)
  SELECT distributor_id, offer_id, number, kind, 1, transaction_id, at, seq, hash FROM settled
), tallied AS (
  INSERT INTO sales_hourly AS s (distributor_id, offer_id, hour, ok, ko, expired)
  SELECT distributor_id, offer_id, date_trunc('hour', created_at), count(*) FILTER (WHERE status = 'ok'),
         count(*) FILTER (WHERE status = 'ko'), count(*) FILTER (WHERE status = 'expired')
  FROM settled GROUP BY 1, 2, 3
  ON CONFLICT (distributor_id, offer_id, hour) DO UPDATE
    SET ok = s.ok + excluded.ok, ko = s.ko + excluded.ko, expired = s.expired + excluded.expired
), told AS (
  INSERT INTO events (distributor_id, id, kind, subject_id, at)
  SELECT distributor_id, event_id,
         CASE WHEN (SELECT 1 FROM unknown_outcomes u WHERE u.distributor_id = s.distributor_id
                    AND u.transaction_id = s.transaction_id) IS NOT NULL THEN 'transaction.resolved'
              WHEN status = 'ok' THEN 'transaction.completed' ELSE 'transaction.failed' END,
         transaction_id, at
  FROM settled s
)
SELECT offer_id IS NOT NULL AS found, lacks_profile, is_settled AS settled,
       known_status AS status, known_reason AS reason, known_message AS message, known_attempt AS attempt,
       known_at AS at
FROM judged ORDER BY ord`;

type Row = Resolution & {
  found: boolean;
  lacks_profile: boolean;
  settled: boolean;
  status: Resolution['status'] | null;
};

/** Settles many transactions in one durable step; one answer for each, in their order. */
export async function resolveTransactions(
  on: Pick<Query, 'query'>,
  resolutions: readonly Resolution[],
): Promise<ResolveResult[]> {
  const sent = resolutions.map((resolution) => ({ ...resolution, event_id: newQuickId() }));
  const rows = await on.query<Row>(RESOLVE, [JSON.stringify(sent)]);
  // Settled by somebody else at this very moment: ask again, and find out how.
  const isRaced = (row?: Row): boolean =>
    row?.found === true && !row.lacks_profile && !row.settled && row.status === null;
  const raced = resolutions.filter((_, i) => isRaced(rows[i]));
  const again = raced.length > 0 ? await resolveTransactions(on, raced) : [];
  return rows.map((row, i) => {
    if (isRaced(row)) return again.shift() as ResolveResult;
    const known = row.settled ? (resolutions[i] as Resolution) : row;
    if (known.status === null)
      return { final: null, settled: false, ...(row.lacks_profile && { lacks_profile: true }) };
    const { status, reason, message, attempt = null, at } = known;
    return { final: { status, reason, message, attempt, at }, settled: row.settled };
  });
}

/** Finds how a transaction that has ended stands, whatever has become known since; null where it is pending. */
export async function findOutcome(
  on: Query,
  { distributor_id, transaction_id }: Pick<Resolution, 'distributor_id' | 'transaction_id'>,
): Promise<Pick<Resolution, 'status' | 'reason' | 'message' | 'at'> | null> {
  const [row] = await on.query<Pick<Resolution, 'status' | 'reason' | 'message' | 'at'>>(
    `${ON_ITS_SHARD}SELECT status, reason, message, at FROM outcomes WHERE distributor_id = $1 AND transaction_id = $2`,
    [distributor_id, transaction_id],
  );
  return row ?? null;
}

/** Keeps that a supplier call ended without proof of either outcome, to be asked about later. The unit stays held. */
export async function keepUnknownOutcome(
  db: Db,
  outcome: { distributor_id: string; transaction_id: string; cause: string; at: Date; next_at: Date },
): Promise<void> {
  await db.query(
    `${ON_ITS_SHARD}WITH kept AS (
       INSERT INTO unknown_outcomes (distributor_id, transaction_id, cause, at, next_at)
       SELECT $1::uuid, $2::uuid, $3, $4, $6
       WHERE NOT EXISTS (SELECT FROM resolutions WHERE distributor_id = $1::uuid AND transaction_id = $2::uuid)
       ON CONFLICT DO NOTHING RETURNING distributor_id, transaction_id, at)
     INSERT INTO events (distributor_id, id, kind, subject_id, at)
     SELECT distributor_id, $5, 'transaction.pending', transaction_id, at FROM kept`,
    [outcome.distributor_id, outcome.transaction_id, outcome.cause, outcome.at, newId(), outcome.next_at],
  );
}
