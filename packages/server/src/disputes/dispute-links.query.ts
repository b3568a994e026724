import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** A link to the story of a sale. */
export interface DisputeLinkRow {
  id: string;
  distributor_id: string;
  transaction_id: string;
  of_operator: boolean;
  created_by: string;
  at: Date;
  expires_at: Date;
  revoked_at: Date | null;
}

const SELECT = `SELECT id, distributor_id, transaction_id, of_operator, created_by, at, expires_at, revoked_at
FROM dispute_links`;

/**
 * Lists a page of the links to the story of a sale, newest first.
 * @param distributorId whose they have to be, made by itself; null: all there are
 */
export const listDisputeLinks = (
  on: Query,
  transactionId: string,
  distributorId: string | null,
  { offset, limit }: Page,
): Promise<DisputeLinkRow[]> =>
  on.query<DisputeLinkRow>(
    `${SELECT} WHERE transaction_id = $1 AND ($2::uuid IS NULL OR (distributor_id = $2 AND NOT of_operator))
     ORDER BY id DESC LIMIT $3 OFFSET $4`,
    [transactionId, distributorId, limit, offset],
  );

/** Finds the link of a token, as long as it is open; null where there is none. */
export async function findOpenLink(on: Query, digest: Buffer, now: Date): Promise<DisputeLinkRow | null> {
  const [row] = await on.query<DisputeLinkRow>(
    `${SELECT} WHERE token_digest = $1 AND revoked_at IS NULL AND expires_at > $2`,
    [digest, now],
  );
  return row ?? null;
}
