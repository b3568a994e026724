import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { settlePreviews } from './confirm-sale.ts';
import { removePreviews } from './previews.store.ts';

const SETTLE_EVERY_MS = 10_000;
const CLEAN_EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** They name lines, and the caps look at the last day only. */
const KEPT_DAYS = 30;

/**
 * Settles previews whose confirmation was cut off, and removes previews after some time; what was sold of them stays as a
 * transaction, and in the audit trail.
 * @param days after which lines are forgotten; undefined: never
 */
export const previewJobs = (ctx: Context, days: number = KEPT_DAYS): Job[] => [
  {
    name: 'settle-previews',
    every_ms: SETTLE_EVERY_MS,
    run: async () => {
      await settlePreviews(ctx);
      return 'done';
    },
  },
  {
    name: 'clean-previews',
    every_ms: CLEAN_EVERY_MS,
    run: async () => {
      await removePreviews(ctx.store.db, new Date(ctx.now().getTime() - Math.min(days, KEPT_DAYS) * DAY_MS));
      return 'done';
    },
  },
];
