import type { Query } from '../database/database.ts';
import type { PreviewRow } from './previews.query.ts';

type Kept = Omit<PreviewRow, 'status' | 'agent_name' | 'offer_name' | 'confirmed_at' | 'transaction_id' | 'refusal'>;

/** Keeps a preview. */
export async function addPreview(tx: Query, preview: Kept): Promise<void> {
  await tx.query(
    `INSERT INTO sale_previews (distributor_id, id, client_id, offer_id, line, line_kind, price_minor, currency,
       units_after, token_sha256, at, expires_at, decided_by, is_released)
     SELECT distributor_id, id, client_id, offer_id, line, line_kind, price_minor, currency,
       units_after, token_sha256, at, expires_at, decided_by, is_released
     FROM jsonb_populate_record(NULL::sale_previews, $1::jsonb)`,
    [JSON.stringify(preview)],
  );
}

/** Counts the previews of an agent that may still be confirmed. */
export async function countOpenPreviews(tx: Query, client_id: string, at: Date): Promise<number> {
  const rows = await tx.query(
    `SELECT FROM sale_previews
     WHERE client_id = $1 AND expires_at > $2 AND confirmed_at IS NULL AND is_released IS NOT FALSE`,
    [client_id, at],
  );
  return rows.length;
}

/** Locks a preview of one of these distributors until the transaction ends; false where there is none. */
export async function lockPreview(tx: Query, owners: readonly string[], id: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT FROM sale_previews WHERE distributor_id = ANY($1::uuid[]) AND id = $2 FOR UPDATE',
    [owners, id],
  );
  return rows.length > 0;
}

type Key = Pick<PreviewRow, 'distributor_id' | 'id'>;

/** Keeps what was decided about a preview that is locked. */
export async function setDecision(
  tx: Query,
  { distributor_id, id }: Key,
  by: string,
  isReleased: boolean,
): Promise<void> {
  await tx.query('UPDATE sale_previews SET decided_by = $3, is_released = $4 WHERE distributor_id = $1 AND id = $2', [
    distributor_id,
    id,
    by,
    isReleased,
  ]);
}

/** Keeps that a preview is being sold. */
export async function setConfirmed(tx: Query, { distributor_id, id }: Key, at: Date): Promise<void> {
  await tx.query('UPDATE sale_previews SET confirmed_at = $3 WHERE distributor_id = $1 AND id = $2', [
    distributor_id,
    id,
    at,
  ]);
}

/** Keeps what became of a preview; a transaction is never forgotten again. */
export async function setResult(
  on: Query,
  { distributor_id, id }: Key,
  result: Pick<PreviewRow, 'transaction_id' | 'refusal'>,
): Promise<void> {
  await on.query(
    `UPDATE sale_previews SET transaction_id = $3, refusal = $4
     WHERE distributor_id = $1 AND id = $2 AND transaction_id IS NULL`,
    [distributor_id, id, result.transaction_id, result.refusal],
  );
}

/** Removes previews from before some moment, and their keys that were closed. What was confirmed counts towards caps from then on. */
export async function removePreviews(on: Query, before: Date): Promise<void> {
  await on.query(
    `WITH old AS (
       DELETE FROM sale_previews WHERE coalesce(confirmed_at, at) < $1 RETURNING distributor_id, id
     )
     DELETE FROM idempotency_keys k USING old
     WHERE k.distributor_id = old.distributor_id AND k.key = ' preview ' || old.id AND k.transaction_id = old.id`,
    [before],
  );
}
