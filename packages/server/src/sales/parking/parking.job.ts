import type { Context } from '../../context.ts';
import { progressAfter } from '../../jobs/progress.rules.ts';
import type { Job } from '../../jobs/runner.ts';
import { drainQueue, LEASE_MS, type ParkedDeliveries } from './drain-queue.ts';
import { endDue } from './end-parked.ts';
import { forgetParkedLines, leaseQueues, removeParkedKeys } from './parked-orders.store.ts';

const SELL_EVERY_MS = 500;
const CLEAN_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
const QUEUES_AT_ONCE = 4;

/** Sells orders that wait once there are units, ends those that have waited long enough, and removes their keys. */
export function parkingJobs(ctx: Context): Job[] {
  const { db } = ctx.store;
  const deliveries: ParkedDeliveries = new Set();
  return [
    {
      name: 'sell-parked',
      every_ms: SELL_EVERY_MS,
      run: async (signal) => {
        const queues = await leaseQueues(db, LEASE_MS, QUEUES_AT_ONCE);
        await Promise.all(queues.map((queue) => drainQueue(ctx, queue, deliveries, signal)));
        return progressAfter(queues.length, QUEUES_AT_ONCE);
      },
    },
    { name: 'end-parked', every_ms: CLEAN_EVERY_MS, run: () => endDue(ctx) },
    { name: 'clean-parked-keys', every_ms: CLEAN_EVERY_MS, run: () => removeParkedKeys(db, ctx.now()) },
  ];
}

/** Forgets whom parked orders were for that ended more than so many days ago. */
export const forgetParkedJob = ({ store, now }: Context, days: number): Job => ({
  name: 'forget-parked',
  every_ms: FORGET_EVERY_MS,
  run: () => forgetParkedLines(store.db, new Date(now().getTime() - days * DAY_MS)),
});
