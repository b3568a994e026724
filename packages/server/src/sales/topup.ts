import type { CataloguedOffer } from '../catalogue/catalogue.cache.ts';
import { dateOf } from '../database/ids.ts';
import { deliveredBy } from '../values/deliverable.ts';
import type { Attempted } from './follow-route.ts';
import type { HoldRequest } from './hold.store.ts';
import type { ParkedOrderRow } from './parking/parked-orders.query.ts';
import type { Resolved } from './resolve-topup.ts';
import type { TransactionRow } from './transactions/transactions.query.ts';

/** What an order came to. */
export interface Topup {
  transaction: TransactionRow;
  /** True when this is the answer to an earlier request with the same Idempotency-Key. */
  replayed: boolean;
  /** The order that was parked, where it is one. */
  parked?: ParkedOrderRow;
}

/** Gives a transaction just held, as the database has it: built here to save reading it back. */
export function pendingTransaction(held: HoldRequest, offer: CataloguedOffer): TransactionRow {
  const { product, supplier } = offer;
  return {
    id: held.id,
    distributor_id: held.distributor_id,
    offer_id: held.offer_id,
    line: held.line,
    user_id: held.user_id,
    voucher_id: held.voucher_id,
    created_at: dateOf(held.id),
    changed_at: dateOf(held.id),
    status: 'pending',
    reason: null,
    message: null,
    change: null,
    attempts: null,
    outcome_unknown: false,
    offer_name: offer.name,
    resell_value_minor: offer.resell_value_minor,
    fees: offer.fees,
    fees_type: offer.fees_type,
    ...soldBy(product, supplier),
    transaction_type: product.transaction_type,
    delivers: deliveredBy(product).kind,
    line_kind: product.line_kind,
    currency: product.currency,
    bonus_value_minor: product.bonus_value_minor,
    denomination_minor: product.denomination_minor,
    denomination_currency: product.denomination_currency,
    esim_sealed: null,
    receipt_sealed: null,
    has_pin: false,
    kyc_level: null,
    kyc_url: null,
    kyc_deadline: null,
    kyc_status: null,
  };
}

/**
 * The same transaction after its outcome was written; still pending where it is not written yet.
 * @param last the attempt that it came to its end in
 */
export function withOutcome(
  transaction: TransactionRow,
  resolved: Resolved | null,
  { number, offer: { product, supplier } }: Attempted,
): TransactionRow {
  if (!resolved) return transaction;
  const { at, ...outcome } = resolved;
  if (outcome.status === 'pending') return { ...transaction, ...outcome, changed_at: at };
  const attempts = number === 1 ? null : number;
  return { ...transaction, ...outcome, attempts, changed_at: at, ...soldBy(product, supplier) };
}

/** What a transaction tells of who delivers it. */
const soldBy = (
  product: CataloguedOffer['product'],
  supplier: CataloguedOffer['supplier'],
): Pick<TransactionRow, 'product_id' | 'product_name' | 'supplier_id' | 'supplier_name' | 'sim_check_digit'> => ({
  product_id: product.id,
  product_name: product.name,
  supplier_id: supplier.id,
  supplier_name: supplier.name,
  sim_check_digit: supplier.sim_check_digit,
});
