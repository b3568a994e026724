import type { Query } from '../database/database.ts';
import type { DisputeLinkRow } from './dispute-links.query.ts';

/** Keeps a link, and of its token the digest. */
export async function addDisputeLink(
  tx: Query,
  link: Omit<DisputeLinkRow, 'revoked_at'> & { token_digest: Buffer },
): Promise<void> {
  await tx.query(
    `INSERT INTO dispute_links
       (distributor_id, id, transaction_id, token_digest, of_operator, created_by, at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      link.distributor_id,
      link.id,
      link.transaction_id,
      link.token_digest,
      link.of_operator,
      link.created_by,
      link.at,
      link.expires_at,
    ],
  );
}

/**
 * Closes a link; one that is closed stays as it is.
 * @param distributorId whose it has to be, made by itself; null: anybody's
 * @returns null where there is none
 */
export async function closeDisputeLink(
  tx: Query,
  id: string,
  distributorId: string | null,
  at: Date,
): Promise<(DisputeLinkRow & { is_new: boolean }) | null> {
  const [row] = await tx.query<DisputeLinkRow & { is_new: boolean }>(
    `WITH before AS (
       SELECT id, revoked_at FROM dispute_links
       WHERE id = $1 AND ($2::uuid IS NULL OR (distributor_id = $2 AND NOT of_operator)) FOR UPDATE
     )
     UPDATE dispute_links l SET revoked_at = coalesce(l.revoked_at, $3) FROM before
     WHERE l.id = before.id
     RETURNING l.id, l.distributor_id, l.transaction_id, l.of_operator, l.created_by, l.at, l.expires_at, l.revoked_at,
               before.revoked_at IS NULL AS is_new`,
    [id, distributorId, at],
  );
  return row ?? null;
}

/** Removes links that have ended before some moment. */
export async function removeEndedLinks(on: Query, before: Date): Promise<void> {
  await on.query('DELETE FROM dispute_links WHERE least(expires_at, revoked_at) < $1', [before]);
}
