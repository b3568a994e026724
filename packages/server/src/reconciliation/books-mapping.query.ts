import type { BooksMapping } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** Finds how the columns of a supplier's files are meant; null where nobody has said so. */
export async function findBooksMapping(on: Query, supplierId: string): Promise<BooksMapping | null> {
  const [row] = await on.query<{ mapping: BooksMapping }>('SELECT mapping FROM books_mappings WHERE supplier_id = $1', [
    supplierId,
  ]);
  return row?.mapping ?? null;
}
