import type { Db, Param, Query } from './db.ts';
import { newId } from './ids.ts';

/** The end of a transaction: its status, and for anything but ok the reason. */
export interface Resolution {
  distributor_id: string;
  transaction_id: string;
  status: 'ok' | 'ko' | 'expired';
  reason: string | null;
  message: string | null;
  supplier_reference: string | null;
  at: Date;
}

export interface ResolveResult {
  /** How the transaction ended, whoever settled it; null where there is no such transaction. */
  final: Pick<Resolution, 'status' | 'reason' | 'message' | 'at'> | null;
  /** True when this very request settled it. */
  settled: boolean;
  /** Set for an eSIM that is said to be delivered, but whose profile is not kept: nothing was settled. */
  lacks_profile?: true;
}

/**
 * Settles each transaction that is still pending: its unit is sold (ok) or given back. A transaction already settled
 * stays as it is, and so does that of an eSIM (it has no line) whose profile would be missing. Buckets are locked before
 * anything is written, in the order of their ids, as in HOLD.
 */
const RESOLVE = `
WITH request AS (
  SELECT r.*, row_number() OVER (PARTITION BY distributor_id, transaction_id ORDER BY ord) AS turn
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::uuid[])
    WITH ORDINALITY AS r(distributor_id, transaction_id, status, reason, message, supplier_reference, at, event_id, ord)
), found AS (
  SELECT r.*, t.offer_id, t.created_at,
         r.status = 'ok' AND t.line IS NULL AND
           (SELECT 1 FROM esims e
            WHERE e.distributor_id = r.distributor_id AND e.transaction_id = r.transaction_id) IS NULL AS lacks_profile
  FROM request r
  JOIN transactions t ON t.distributor_id = r.distributor_id AND t.id = r.transaction_id
), bucket AS MATERIALIZED (
  SELECT distributor_id, offer_id, seq, head FROM buckets
  WHERE (distributor_id, offer_id) IN (SELECT DISTINCT distributor_id, offer_id FROM found)
  ORDER BY distributor_id, offer_id FOR UPDATE
), resolved AS (
  INSERT INTO resolutions (distributor_id, transaction_id, status, reason, message, supplier_reference, at)
  SELECT distributor_id, transaction_id, status, reason, message, supplier_reference, at FROM found
  WHERE turn = 1 AND NOT lacks_profile AND (SELECT count(*) FROM bucket) > 0
  ON CONFLICT DO NOTHING
  RETURNING distributor_id, transaction_id
), placed AS (
  SELECT f.*, b.seq, b.head, CASE status WHEN 'ok' THEN 'sell' ELSE 'release' END AS kind,
         row_number() OVER (PARTITION BY f.distributor_id, f.offer_id ORDER BY f.ord) AS nth
  FROM found f JOIN resolved USING (distributor_id, transaction_id) JOIN bucket b USING (distributor_id, offer_id)
  WHERE f.turn = 1
), settled AS MATERIALIZED (
  SELECT p.*, movement_hash(head, seq + nth, kind, 1, transaction_id, at, NULL, NULL) AS hash FROM placed p
), counted AS (
  SELECT distributor_id, offer_id, count(*) AS units, count(*) FILTER (WHERE kind = 'sell') AS sold, max(at) AS at,
         string_agg(hash, '' ORDER BY nth) AS hashes
  FROM settled GROUP BY distributor_id, offer_id
), freed AS (
  UPDATE buckets b
  SET held = b.held - c.units, sold = b.sold + c.sold, available = b.available + c.units - c.sold,
      seq = b.seq + c.units, head = sha256(b.head || c.hashes), updated_at = c.at
  FROM counted c WHERE b.distributor_id = c.distributor_id AND b.offer_id = c.offer_id
), moved AS (
  INSERT INTO movements (distributor_id, offer_id, seq, kind, units, transaction_id, at, link, hash)
  SELECT distributor_id, offer_id, seq + nth, kind, 1, transaction_id, at, seq, hash FROM settled
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
SELECT f.ord IS NOT NULL AS found, coalesce(f.lacks_profile, false) AS lacks_profile, s.ord IS NOT NULL AS settled,
       known.status, known.reason, known.message, known.at
FROM request r
LEFT JOIN found f ON f.ord = r.ord
LEFT JOIN settled s ON s.ord = r.ord
LEFT JOIN resolutions known ON known.distributor_id = r.distributor_id AND known.transaction_id = r.transaction_id
ORDER BY r.ord`;

type Row = Resolution & {
  found: boolean;
  lacks_profile: boolean;
  settled: boolean;
  status: Resolution['status'] | null;
};

/** Settles many transactions in one durable step; one answer for each, in their order. */
export async function resolveTransactions(on: Query, resolutions: readonly Resolution[]): Promise<ResolveResult[]> {
  const column = (of: (resolution: Resolution) => Param): Param => resolutions.map(of);
  const rows = await on.query<Row>(RESOLVE, [
    column((r) => r.distributor_id),
    column((r) => r.transaction_id),
    column((r) => r.status),
    column((r) => r.reason),
    column((r) => r.message),
    column((r) => r.supplier_reference),
    column((r) => r.at),
    column(() => newId()),
  ]);
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
    const { status, reason, message, at } = known;
    return { final: { status, reason, message, at }, settled: row.settled };
  });
}

/** Keeps that a supplier call ended without proof of either outcome, to be asked about later. The unit stays held. */
export async function keepUnknownOutcome(
  db: Db,
  outcome: { distributor_id: string; transaction_id: string; cause: string; at: Date; next_at: Date },
): Promise<void> {
  await db.query(
    `WITH kept AS (
       INSERT INTO unknown_outcomes (distributor_id, transaction_id, cause, at, next_at)
       SELECT $1::uuid, $2::uuid, $3, $4, $6
       WHERE NOT EXISTS (SELECT FROM resolutions WHERE distributor_id = $1::uuid AND transaction_id = $2::uuid)
       ON CONFLICT DO NOTHING RETURNING distributor_id, transaction_id, at)
     INSERT INTO events (distributor_id, id, kind, subject_id, at)
     SELECT distributor_id, $5, 'transaction.pending', transaction_id, at FROM kept`,
    [outcome.distributor_id, outcome.transaction_id, outcome.cause, outcome.at, newId(), outcome.next_at],
  );
}
