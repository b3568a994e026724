import { mostCost } from '../catalogue/suppliers/catalogue-change.rules.ts';
import { callSupplier } from '../connectors/call.ts';
import type { Outcome } from '../connectors/connector.ts';
import { failureCause } from '../connectors/isolation.ts';
import { recordCalls } from '../connectors/record-calls.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../database/ids.ts';
import { isSecret, lineDelivered } from '../values/deliverable.ts';
import { amountOf } from '../values/money.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import type { CheckedOrder } from './check-order.ts';
import { markSending } from './sendings.store.ts';

/**
 * From so long after its order on, a recharge is not sent any more. A process that was suspended meanwhile may find
 * that another one has taken its transaction for orphaned, and has given the unit back.
 */
const SEND_WITHIN_MS = 10_000;

/** Sends the recharge of a held transaction to its supplier, unless it is too late for that. */
export async function sendRecharge(
  ctx: Context,
  key: TransactionKey,
  { world, offer, connector, access, deliverable }: CheckedOrder,
): Promise<Outcome> {
  // Where asking later proves nothing, only this mark tells what was sent from what was not.
  if (connector.conclusiveAfter_s === undefined && !(await markSending(ctx.store.db, key))) {
    return { outcome: 'unknown', cause: 'withdrawn before it was sent' };
  }
  const { id, supplier_reference, settings } = offer.product;
  const { record, end } = recordCalls(ctx, key, 'recharge', access.secrets, isSecret(deliverable.kind));
  const product = { id, supplier_reference, settings };
  const resell_value = amountOf(offer.resell_value_minor, offer.product.currency);
  const most = mostCost(offer.supplier.on_catalogue_change, resell_value, offer.cost);
  const limited = most === null ? {} : { most };
  const line = lineDelivered(deliverable);
  const recharge = { reference: key.transaction_id, line, product, supplier: access, ...limited, record };
  if (ctx.now().getTime() - dateOf(key.transaction_id).getTime() > SEND_WITHIN_MS) {
    return { outcome: 'ko', reason: 'supplier_unavailable', message: 'never sent: the server was too slow' };
  }
  const deadline_ms = Math.min(offer.supplier.deadline_ms ?? Number.POSITIVE_INFINITY, ctx.supplier_deadline_ms);
  const call = async (): Promise<Outcome> => {
    const began = performance.now();
    const outcome = await callSupplier(connector, recharge, deadline_ms, ctx.stopping);
    const took_ms = failureCause(outcome) === null ? performance.now() - began : null;
    ctx.onCall({ distributor_id: key.distributor_id, supplier_id: access.id, took_ms });
    return outcome;
  };
  // What is tried in the sandbox says nothing of the supplier, and takes no place of its sales.
  const isolated = () => ctx.isolation.run(access.id, offer.supplier.max_concurrent, call);
  const outcome = await (world === 'sandbox' ? call() : isolated());
  end(outcome);
  return outcome;
}
