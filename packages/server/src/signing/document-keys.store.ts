import type { Query } from '../database/database.ts';
import type { DocumentKeyRow } from './document-keys.query.ts';

/** The key that signs, with its private half sealed. */
export interface SealedDocumentKey extends DocumentKeyRow {
  sealed: string;
}

/** Finds the key that signs; null before the first. */
export async function findSigningDocumentKey(on: Query): Promise<SealedDocumentKey | null> {
  const [row] = await on.query<SealedDocumentKey>(
    'SELECT kid, x, sealed, created_at, retired_at FROM document_keys WHERE retired_at IS NULL',
  );
  return row ?? null;
}

/** Takes a key out of use; false where it was not the one that signs any more. */
export async function retireDocumentKey(tx: Query, kid: string, at: Date): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE document_keys SET retired_at = $2, sealed = NULL WHERE kid = $1 AND retired_at IS NULL RETURNING kid`,
    [kid, at],
  );
  return rows.length > 0;
}

/** Keeps a key that signs from now on; false where there is one already. */
export async function addDocumentKey(
  tx: Query,
  { kid, x, sealed, created_at }: Omit<SealedDocumentKey, 'retired_at'>,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO document_keys (kid, x, sealed, created_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING kid`,
    [kid, x, sealed, created_at],
  );
  return rows.length > 0;
}
