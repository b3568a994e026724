import type { Query } from '../database/database.ts';

/** The public half of a key that signs documents, or has. */
export interface DocumentKeyRow {
  kid: string;
  x: string;
  created_at: Date;
  retired_at: Date | null;
}

/** Lists a page of the keys that sign or have signed documents, newest first; the one that signs is the first. */
export const listDocumentKeys = (on: Query, { offset, limit }: { offset: number; limit: number }) =>
  on.query<DocumentKeyRow>(
    `SELECT kid, x, created_at, retired_at FROM document_keys
     ORDER BY (retired_at IS NULL) DESC, created_at DESC, kid LIMIT $1 OFFSET $2`,
    [limit, offset],
  );
