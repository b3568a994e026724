import type { Context } from '../../context.ts';
import { findFirstWaiting, type ParkingQueue } from './parked-orders.query.ts';
import { releaseQueue } from './parked-orders.store.ts';
import { sellParked } from './sell-parked.ts';

/** How long a process has the selling of one offer for itself; it stops well before. */
export const LEASE_MS = 15_000;
const STOP_AFTER_MS = LEASE_MS / 2;
/** What cannot be sold just now is tried again after so long. */
const REST_MS = 3_000;
/** Most deliveries of parked orders that a process has under way: new orders need places at their suppliers, too. */
const MOST_DELIVERIES = 16;

/** The deliveries of parked orders that a process has under way. */
export type ParkedDeliveries = Set<Promise<unknown>>;

/** Sells what waits for an offer, one order after the other as they came; their deliveries go on side by side. */
export async function drainQueue(
  ctx: Context,
  queue: ParkingQueue,
  under: ParkedDeliveries,
  signal: AbortSignal,
): Promise<void> {
  const until = ctx.now().getTime() + STOP_AFTER_MS;
  let isResting = false;
  while (!isResting && !signal.aborted && ctx.now().getTime() < until) {
    const parked = await findFirstWaiting(ctx.store.db, queue);
    if (!parked) break;
    const turn = await sellParked(ctx, parked);
    isResting = turn.result === 'rest';
    if (turn.result === 'sold') await deliverBeside(ctx, under, turn.delivery);
  }
  await releaseQueue(ctx.store.db, queue, isResting ? REST_MS : 0);
}

/** Lets a delivery go on beside what comes next, and waits where too many do. */
async function deliverBeside(ctx: Context, under: ParkedDeliveries, delivery: Promise<unknown>): Promise<void> {
  const end: Promise<unknown> = delivery.then(
    () => under.delete(end),
    () => under.delete(end),
  );
  under.add(end);
  ctx.background(delivery.then(() => {}));
  if (under.size >= MOST_DELIVERIES) await Promise.race(under);
}
