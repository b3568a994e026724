import { mostCost } from '../catalogue/suppliers/catalogue-change.rules.ts';
import { callSupplier } from '../connectors/call.ts';
import type { Outcome } from '../connectors/connector.ts';
import { failureCause } from '../connectors/isolation.ts';
import { recordCalls } from '../connectors/record-calls.ts';
import type { Context } from '../context.ts';
import { type AttemptKey, attemptReference } from '../values/attempt.ts';
import { isSecret, lineDelivered } from '../values/deliverable.ts';
import { amountOf } from '../values/money.ts';
import { alertOfOddAnswer } from './alert-odd-answer.ts';
import type { CheckedOrder, SpeaksToSupplier } from './check-order.ts';
import { markSending } from './sendings.store.ts';

/**
 * From so long after it was begun on, an attempt is not sent any more. A process that was suspended meanwhile may find
 * that another one has taken its transaction for orphaned, and has given the unit back.
 */
const SEND_WITHIN_MS = 10_000;

/** An attempt to deliver an order that is held. */
export interface BegunAttempt extends AttemptKey {
  begun_at: Date;
  /** When the whole order has to be done; null: nobody else is waiting for that. */
  until: Date | null;
}

/** Sends a recharge to its supplier, unless it is too late for that. */
export async function sendRecharge(
  ctx: Context,
  attempt: BegunAttempt,
  { world, offer, deliverable }: CheckedOrder,
  { connector, access }: SpeaksToSupplier,
): Promise<Outcome> {
  // Where asking later proves nothing, only this mark tells what was sent from what was not.
  if (connector.conclusiveAfter_s === undefined && !(await markSending(ctx.store.db, attempt))) {
    return { outcome: 'unknown', cause: 'withdrawn before it was sent' };
  }
  const { id, supplier_reference, settings } = offer.product;
  const { record, end } = recordCalls(ctx, attempt, 'recharge', access, isSecret(deliverable.kind));
  const product = { id, supplier_reference, settings };
  const { currency } = offer.product;
  const listed = offer.cost_currency === currency ? offer.cost : null;
  const most = mostCost(offer.supplier.on_catalogue_change, amountOf(offer.resell_value_minor, currency), listed);
  const limited = most === null ? {} : { most };
  const line = lineDelivered(deliverable);
  const recharge = { reference: attemptReference(attempt), line, product, supplier: access, ...limited, record };
  const isTooLate = (): boolean => {
    const now = ctx.now().getTime();
    return (
      now - attempt.begun_at.getTime() > SEND_WITHIN_MS || (attempt.until !== null && now >= attempt.until.getTime())
    );
  };
  const tooLate = {
    outcome: 'ko',
    reason: 'supplier_unavailable',
    message: 'never sent: the server was too slow',
  } as const;
  if (isTooLate()) return tooLate;
  const call = async (): Promise<Outcome> => {
    // It may have waited for another call that finds out whether its supplier answers again.
    if (isTooLate()) return tooLate;
    const began = performance.now();
    const outcome = await callSupplier(connector, recharge, deadlineOf(ctx, attempt, offer.supplier), ctx.stopping);
    const took_ms = failureCause(outcome) === null ? performance.now() - began : null;
    ctx.onCall({ distributor_id: attempt.distributor_id, supplier_id: access.id, took_ms });
    return outcome;
  };
  // What is tried in the sandbox says nothing of the supplier, and takes no place of its sales.
  const isolated = () => ctx.isolation.run(access.id, offer.supplier.max_concurrent, call);
  const outcome = await (world === 'sandbox' ? call() : isolated());
  end(outcome);
  alertOfOddAnswer(ctx, attempt, access.id, outcome);
  return outcome;
}

/** Tells how long a supplier may take from now on, in milliseconds. */
function deadlineOf(
  { supplier_deadline_ms, now }: Context,
  { until }: BegunAttempt,
  { deadline_ms }: { deadline_ms: number | null },
): number {
  const left_ms = until ? until.getTime() - now().getTime() : Number.POSITIVE_INFINITY;
  return Math.min(deadline_ms ?? Number.POSITIVE_INFINITY, supplier_deadline_ms, left_ms);
}
