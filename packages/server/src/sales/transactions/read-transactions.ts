import type { Catalogue } from '../../catalogue/catalogue.cache.ts';
import type { SoldOffer } from '../../catalogue/offers/offers.query.ts';
import type { Db } from '../../database/database.ts';
import type { TransactionFilter } from './transaction-conditions.query.ts';
import { listKept } from './transaction-lists.query.ts';
import { type KeptTransaction, readKept, type TransactionId, type TransactionRow } from './transactions.query.ts';

/** Where transactions are kept, and what is known of what they sold. */
interface Sources {
  db: Pick<Db, 'reads'>;
  catalogue: Catalogue;
}

/** Joins what is kept of transactions with what memory knows of what they sold. */
async function withSold(
  catalogue: Catalogue,
  rows: readonly (KeptTransaction | null)[],
): Promise<(TransactionRow | null)[]> {
  const newest = rows.reduce((most, row) => Math.max(most, row?.catalogue_version ?? 0), 0);
  await catalogue.catchUp(newest);
  const nameOf = ({ distributor_id, offer_id, offer_version }: KeptTransaction): string =>
    `${distributor_id} ${offer_id} ${offer_version}`;
  const sold = new Map<string, SoldOffer>();
  for (const row of rows) {
    if (!row || sold.has(nameOf(row))) continue;
    sold.set(nameOf(row), await catalogue.sold(row.distributor_id, row.offer_id, row.offer_version));
  }
  return rows.map((row) => row && { ...row, ...(sold.get(nameOf(row)) as SoldOffer) });
}

/** Reads many transactions, in their order; null where a distributor has no such transaction. */
export const readTransactions = async (
  { db, catalogue }: Sources,
  ids: readonly TransactionId[],
): Promise<(TransactionRow | null)[]> => withSold(catalogue, await readKept(db.reads, ids));

/** Reads a page of a distributor's transactions, newest first. */
export async function listTransactions(
  { db, catalogue }: Sources,
  distributorId: string,
  filter: TransactionFilter,
  page: { offset: number; limit: number },
): Promise<TransactionRow[]> {
  const rows = await withSold(catalogue, await listKept(db.reads, distributorId, filter, page));
  return rows.filter((row) => row !== null);
}
