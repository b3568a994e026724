import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { type Progress, progressAfter } from '../../jobs/progress.rules.ts';
import { addNotices } from '../../messages/notices.store.ts';
import { writeEvent } from '../../outbox/outbox.store.ts';
import { noticesOf } from '../customers/notify-customer.ts';
import { findDue, findParkedOrder, type ParkedOrderRow } from './parked-orders.query.ts';
import { countParked, lockWaiting, markEnded } from './parked-orders.store.ts';
import { asTransaction, offeredTo } from './parked-topup.ts';
import { wireParkedNews } from './parking.wire.ts';

const AT_ONCE = 50;

/**
 * Ends an order that waits without a sale, and has it told: its distributor by an event, its end customer where the order
 * asks for that.
 * @returns null where it does not wait any more
 */
export async function endParked(
  ctx: Context,
  order: ParkedOrderRow,
  status: 'refused' | 'cancelled',
  refusal: Refusal,
): Promise<ParkedOrderRow | null> {
  const { distributor_id } = order;
  const offered = await offeredTo(ctx, order);
  const distributor = await ctx.store.catalogue.distributor(distributor_id);
  const at = ctx.now();
  return ctx.store.db.transaction(async (tx) => {
    const waiting = await lockWaiting(tx, order);
    if (!waiting) return null;
    const ended = await markEnded(tx, order, status, refusal, at);
    await countParked(tx, order, -1);
    const data = wireParkedNews(ended, offered);
    const kind = status === 'refused' ? 'order.refused' : 'order.cancelled';
    await writeEvent(tx, { distributor_id, kind, subject_id: ended.id, at, data });
    // What is tried in the sandbox reaches nobody.
    if (waiting.notify && distributor?.world === 'live') {
      await addNotices(tx, await noticesOf(ctx, tx, asTransaction(ended, offered), waiting.notify), at);
    }
    return ended;
  });
}

/** Ends an order that has waited as long as it was to. */
export const endOverdue = (ctx: Context, order: ParkedOrderRow): Promise<ParkedOrderRow | null> =>
  endParked(ctx, order, 'refused', refuse('bucket_empty', { offer_id: order.offer_id }));

/** Ends orders that have waited as long as they were to; whether there may be more. */
export async function endDue(ctx: Context): Promise<Progress> {
  const due = await findDue(ctx.store.db, ctx.now(), AT_ONCE);
  for (const order of due) await endOverdue(ctx, order);
  return progressAfter(due.length, AT_ONCE);
}

/**
 * Cancels an order of a distributor that waits.
 * @returns the order and whether it was cancelled by this, or why it was not
 */
export async function cancelParkedOrder(
  ctx: Context,
  distributorId: string,
  id: string,
): Promise<{ order: ParkedOrderRow; isNew: boolean } | Refusal> {
  const found = await findParkedOrder(ctx.store.db, distributorId, id);
  if (!found) return refuse('not_found', { detail: `parked order ${id} not found` });
  const ended = await endParked(ctx, found, 'cancelled', refuse('order_cancelled'));
  if (ended) return { order: ended, isNew: true };
  const order = (await findParkedOrder(ctx.store.db, distributorId, id)) ?? found;
  return order.status === 'cancelled' ? { order, isNew: false } : refuse('already_decided', { detail: order.status });
}
