import type { BooksMapping } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** Keeps how the columns of a supplier's files are meant. */
export async function saveBooksMapping(on: Query, supplier_id: string, mapping: BooksMapping, at: Date): Promise<void> {
  await on.query(
    `INSERT INTO books_mappings (supplier_id, mapping, set_at) VALUES ($1, $2, $3)
     ON CONFLICT (supplier_id) DO UPDATE SET mapping = excluded.mapping, set_at = excluded.set_at`,
    [supplier_id, mapping, at],
  );
}
