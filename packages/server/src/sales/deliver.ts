import type { Context } from '../context.ts';
import { dateOf } from '../database/ids.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import type { CheckedOrder } from './check-order.ts';
import { type Attempted, followRoute } from './follow-route.ts';
import { sendRecharge } from './send-recharge.ts';

const DOWN = {
  outcome: 'ko',
  reason: 'supplier_unavailable',
  message: 'never sent: chaos has the supplier out of order',
} as const;

/** Has an order that is held delivered: by its offer's own product, or by one of those of its route. */
export async function deliver(ctx: Context, key: TransactionKey, sale: CheckedOrder): Promise<Attempted> {
  const { offer, supplier } = sale;
  if (sale.isSupplierDown) return { number: 1, offer, outcome: DOWN };
  if (offer.route) return followRoute(ctx, key, sale, offer.route);
  if (!supplier) throw new Error('an order without a route was checked without its supplier');
  const attempt = { ...key, number: 1, begun_at: dateOf(key.transaction_id), until: null };
  return { number: 1, offer, outcome: await sendRecharge(ctx, attempt, sale, supplier) };
}
