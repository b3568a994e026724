import type { CataloguedOffer } from '../catalogue/catalogue.cache.ts';
import { dateOf } from '../database/ids.ts';
import { deliveredBy } from '../values/deliverable.ts';
import type { HoldRequest } from './hold.store.ts';
import type { Resolved } from './resolve-topup.ts';
import type { TransactionRow } from './transactions/transactions.query.ts';

/** What an order came to. */
export interface Topup {
  transaction: TransactionRow;
  /** True when this is the answer to an earlier request with the same Idempotency-Key. */
  replayed: boolean;
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
    outcome_unknown: false,
    offer_name: offer.name,
    resell_value_minor: offer.resell_value_minor,
    fees: offer.fees,
    fees_type: offer.fees_type,
    product_id: product.id,
    product_name: product.name,
    transaction_type: product.transaction_type,
    delivers: deliveredBy(product).kind,
    line_kind: product.line_kind,
    currency: product.currency,
    bonus_value_minor: product.bonus_value_minor,
    denomination_minor: product.denomination_minor,
    denomination_currency: product.denomination_currency,
    supplier_id: supplier.id,
    supplier_name: supplier.name,
    sim_check_digit: supplier.sim_check_digit,
    esim_sealed: null,
    kyc_level: null,
    kyc_url: null,
    kyc_deadline: null,
    kyc_status: null,
  };
}

/** The same transaction after its outcome was written; still pending where it is not written yet. */
export function withOutcome(transaction: TransactionRow, resolved: Resolved | null): TransactionRow {
  if (!resolved) return transaction;
  const { at, ...outcome } = resolved;
  return { ...transaction, ...outcome, changed_at: at };
}
