import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** One entry of the ledger. */
export interface MovementRow {
  seq: number;
  kind: 'grant' | 'adjust' | 'hold' | 'release' | 'sell';
  units: number;
  at: Date;
  transaction_id: string | null;
  reference: string | null;
  justification: string | null;
}

/** A page of an offer's ledger, newest first; null when there is no such offer. */
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
