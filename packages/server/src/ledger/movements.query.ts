import type { Balances, Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** One entry of the ledger. */
export interface MovementRow {
  seq: number;
  kind: 'grant' | 'adjust' | 'hold' | 'release' | 'sell' | 'return' | 'late_delivery';
  units: number;
  at: Date;
  transaction_id: string | null;
  reference: string | null;
  justification: string | null;
}

/** Lists a page of an offer's ledger, newest first; null when there is no such offer. */
export async function listMovements(
  on: Query,
  offerId: string,
  { offset, limit }: Page,
): Promise<MovementRow[] | null> {
  const [offer] = await on.query<{ distributor_id: string }>('SELECT distributor_id FROM offers WHERE id = $1', [
    offerId,
  ]);
  if (!offer) return null;
  return on.query<MovementRow>(
    `SELECT seq, kind, units, at, transaction_id, reference, justification FROM movements
     WHERE distributor_id = $1 AND offer_id = $2 ORDER BY seq DESC LIMIT $3 OFFSET $4`,
    [offer.distributor_id, offerId, limit, offset],
  );
}

/** What an offer's stock was at some instant. */
interface StockAtRow extends Balances {
  distributor_id: string;
}

/** Adds up an offer's stock at some instant from its movements; null when there is no such offer. */
export async function stockAt(on: Query, offerId: string, at: Date): Promise<StockAtRow | null> {
  const [row] = await on.query<StockAtRow>(
    `SELECT b.distributor_id, coalesce(m.granted, 0) AS granted, coalesce(m.granted - m.taken, 0) AS available,
            coalesce(m.taken - m.sold, 0) AS held, coalesce(m.sold, 0) AS sold
     FROM buckets b JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id
     CROSS JOIN LATERAL (
       SELECT (sum(units) FILTER (WHERE kind IN ('grant', 'adjust')))::bigint AS granted,
              (count(*) FILTER (WHERE kind IN ('hold', 'late_delivery'))
                - count(*) FILTER (WHERE kind IN ('release', 'return')))::bigint AS taken,
              (count(*) FILTER (WHERE kind IN ('sell', 'late_delivery'))
                - count(*) FILTER (WHERE kind = 'return'))::bigint AS sold
       FROM movements WHERE distributor_id = b.distributor_id AND offer_id = b.offer_id AND at <= $2
     ) m
     WHERE o.id = $1`,
    [offerId, at],
  );
  return row ?? null;
}
