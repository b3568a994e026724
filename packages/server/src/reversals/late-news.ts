import type { Outcome } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { bookLateDelivery } from './late-deliveries.store.ts';
import { lockSale } from './reversals.store.ts';
import { openRequest } from './reverse-sale.ts';

/** As whom suppliers are named in the audit trail. */
const SUPPLIER = 'supplier';

/** Who has delivered: null is the offer's own product, and the first attempt. */
export interface LateDeliverer {
  product_id: string | null;
  attempt: number | null;
}

/**
 * Makes what has to be made of proof that contradicts how a sale has ended. One that was delivered is reversed, or a person is
 * asked to, as the operator has set. For one that had come to nothing a unit is booked, or it is owed.
 * @returns false where it is what is known of the sale by now
 */
export function takeLateNews(
  ctx: Context,
  key: TransactionKey,
  outcome: Exclude<Outcome, { outcome: 'unknown' }>,
  deliverer: LateDeliverer,
): Promise<boolean> {
  return ctx.store.db.transaction(async (tx) => {
    const sale = await lockSale(tx, key.transaction_id, key.distributor_id);
    if (!sale) throw new Error('a transaction that has ended does not exist');
    if (outcome.outcome === 'ko') {
      if (sale.status !== 'ok') return false;
      // It may be the old refusal, told once more; and about what it says, a person is asked once.
      if (sale.is_late || sale.was_contradicted) return true;
      // Not in the supplier's words: these may name a customer, and what is kept here is kept for good.
      const justification = `the supplier has said so after the sale: ${outcome.reason}`;
      const wish = { origin: 'supplier', reason: 'refunded', justification, requested_by: SUPPLIER } as const;
      await openRequest(ctx, tx, sale, wish, ctx.reversals.onSupplierProof === 'book');
      return true;
    }
    // What was reversed was delivered once before: that is nothing new.
    if (sale.status === 'ok' || sale.status === null || sale.is_late || sale.reason === 'reversed') return false;
    const { supplier_reference = null, cost } = outcome;
    const paid = { cost: cost?.amount ?? null, cost_currency: cost?.currency ?? null };
    await bookLateDelivery(tx, sale, { supplier_reference, ...paid, ...deliverer }, ctx.now());
    return true;
  });
}
