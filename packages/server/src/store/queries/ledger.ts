import type { LedgerRow } from '../../domain/chain.ts';
import type { Query } from '../db.ts';

const AT_ONCE = 5_000;

export interface BucketRow {
  distributor_id: string;
  offer_id: string;
  granted: number;
  available: number;
  held: number;
  sold: number;
  seq: number;
  head: Uint8Array;
}

/** Every bucket, or one offer's, in the order of their keys, some at a time. */
export async function* readBuckets(on: Query, offerId?: string): AsyncGenerator<BucketRow> {
  let after = ['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const rows = await on.query<BucketRow>(
      `SELECT distributor_id, offer_id, granted, available, held, sold, seq, head FROM buckets
       WHERE (distributor_id, offer_id) > ($1, $2) AND offer_id = coalesce($3, offer_id)
       ORDER BY distributor_id, offer_id LIMIT 100`,
      [after[0] as string, after[1] as string, offerId ?? null],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < 100) return;
    after = [last.distributor_id, last.offer_id];
  }
}

/**
 * The movements of a bucket up to the one that it counted last, in order. They never change, so that they can be read
 * piece by piece while sales go on.
 */
export async function* readMovements(on: Query, bucket: BucketRow): AsyncGenerator<LedgerRow[]> {
  for (let seq = 0; seq < bucket.seq; ) {
    const rows = await on.query<LedgerRow>(
      `SELECT seq, kind, units, transaction_id, at, reference, justification, link, hash FROM movements
       WHERE distributor_id = $1 AND offer_id = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT ${AT_ONCE}`,
      [bucket.distributor_id, bucket.offer_id, seq, bucket.seq],
    );
    if (rows.length === 0) return;
    yield rows;
    seq = (rows.at(-1) as LedgerRow).seq;
  }
}

export interface UnmatchedTransaction {
  transaction_id: string;
  offer_id: string;
  /** Null where there is no such transaction. */
  status: string | null;
  /** Its movements, in order, as `hold sell`. */
  movements: string;
}

/** Transactions of a distributor, and movements of transactions, that do not agree one for one; the first 100. */
export async function listUnmatched(on: Query, distributorId: string): Promise<UnmatchedTransaction[]> {
  return on.query<UnmatchedTransaction>(
    `WITH moved AS (
       SELECT transaction_id, offer_id, string_agg(kind, ' ' ORDER BY seq) AS kinds FROM movements
       WHERE distributor_id = $1 AND transaction_id IS NOT NULL GROUP BY transaction_id, offer_id
     ), sold AS (
       SELECT t.id, t.offer_id, coalesce(r.status, 'pending') AS status FROM transactions t
       LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
       WHERE t.distributor_id = $1
     )
     SELECT coalesce(s.id, m.transaction_id) AS transaction_id, coalesce(s.offer_id, m.offer_id) AS offer_id,
            s.status, coalesce(m.kinds, '') AS movements
     FROM sold s FULL JOIN moved m ON m.transaction_id = s.id AND m.offer_id = s.offer_id
     WHERE coalesce(m.kinds, '') IS DISTINCT FROM
           CASE s.status WHEN 'pending' THEN 'hold' WHEN 'ok' THEN 'hold sell' ELSE 'hold release' END
        OR s.id IS NULL
     ORDER BY 1 LIMIT 100`,
    [distributorId],
  );
}

/** How many transactions a distributor has. */
export async function countAllTransactions(on: Query, distributorId: string): Promise<number> {
  const [row] = await on.query<{ count: number }>('SELECT count(*) FROM transactions WHERE distributor_id = $1', [
    distributorId,
  ]);
  return row?.count ?? 0;
}

/** An offer's stock at some instant, added up from its movements; null when there is no such offer. */
export async function stockAt(
  on: Query,
  offerId: string,
  at: Date,
): Promise<Pick<BucketRow, 'distributor_id' | 'granted' | 'available' | 'held' | 'sold'> | null> {
  const [row] = await on.query<BucketRow>(
    `SELECT b.distributor_id, coalesce(m.granted, 0) AS granted, coalesce(m.granted - m.taken, 0) AS available,
            coalesce(m.taken - m.sold, 0) AS held, coalesce(m.sold, 0) AS sold
     FROM buckets b JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id
     CROSS JOIN LATERAL (
       SELECT (sum(units) FILTER (WHERE kind IN ('grant', 'adjust')))::bigint AS granted,
              (count(*) FILTER (WHERE kind = 'hold') - count(*) FILTER (WHERE kind = 'release'))::bigint AS taken,
              (count(*) FILTER (WHERE kind = 'sell'))::bigint AS sold
       FROM movements WHERE distributor_id = b.distributor_id AND offer_id = b.offer_id AND at <= $2
     ) m
     WHERE o.id = $1`,
    [offerId, at],
  );
  return row ?? null;
}
