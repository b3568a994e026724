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

/**
 * Makes one of what is kept and what was sold, field by field: so all are of one shape, which whatever reads them is compiled for.
 * Rows of the driver have another one for each query, and all that reads them takes three times as long.
 */
const joined = (kept: KeptTransaction, sold: SoldOffer): TransactionRow => ({
  id: kept.id,
  distributor_id: kept.distributor_id,
  offer_id: kept.offer_id,
  line: kept.line,
  user_id: kept.user_id,
  voucher_id: kept.voucher_id,
  created_at: kept.created_at,
  changed_at: kept.changed_at,
  status: kept.status,
  reason: kept.reason,
  message: kept.message,
  change: kept.change,
  attempts: kept.attempts,
  outcome_unknown: kept.outcome_unknown,
  delivers: kept.delivers,
  esim_sealed: kept.esim_sealed,
  receipt_sealed: kept.receipt_sealed,
  has_pin: kept.has_pin,
  kyc_level: kept.kyc_level,
  kyc_url: kept.kyc_url,
  kyc_deadline: kept.kyc_deadline,
  kyc_status: kept.kyc_status,
  offer_name: sold.offer_name,
  resell_value_minor: sold.resell_value_minor,
  fees: sold.fees,
  fees_type: sold.fees_type,
  product_id: sold.product_id,
  product_name: sold.product_name,
  transaction_type: sold.transaction_type,
  line_kind: sold.line_kind,
  currency: sold.currency,
  bonus_value_minor: sold.bonus_value_minor,
  denomination_minor: sold.denomination_minor,
  denomination_currency: sold.denomination_currency,
  supplier_id: sold.supplier_id,
  supplier_name: sold.supplier_name,
  sim_check_digit: sold.sim_check_digit,
});

/** Joins what is kept of transactions with what memory knows of what they sold. */
async function withSold(catalogue: Catalogue, rows: readonly KeptTransaction[]): Promise<TransactionRow[]> {
  const newest = rows.reduce((most, { catalogue_version }) => Math.max(most, catalogue_version), 0);
  await catalogue.catchUp(newest);
  const known = new Map<string, SoldOffer>();
  const transactions: TransactionRow[] = [];
  for (const row of rows) {
    const { distributor_id, offer_id, offer_version, delivered_by } = row;
    const name = `${distributor_id} ${offer_id} ${offer_version} ${delivered_by}`;
    let sold = known.get(name);
    if (!sold) {
      sold = await catalogue.sold(distributor_id, offer_id, offer_version, delivered_by);
      known.set(name, sold);
    }
    transactions.push(joined(row, sold));
  }
  return transactions;
}

/** Reads many transactions, in any order; those that a distributor does not have are left out. */
export const readTransactions = async (
  { db, catalogue }: Sources,
  ids: readonly TransactionId[],
): Promise<TransactionRow[]> => withSold(catalogue, await readKept(db.reads, ids));

/** Reads a page of a distributor's transactions, newest first. */
export const listTransactions = async (
  { db, catalogue }: Sources,
  distributorId: string,
  filter: TransactionFilter,
  page: { offset: number; limit: number },
): Promise<TransactionRow[]> => withSold(catalogue, await listKept(db.reads, distributorId, filter, page));
