import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { removePreviews } from './previews.store.ts';

const EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** They name lines, and the caps look at the last day only. */
const KEPT_DAYS = 30;

/**
 * Removes previews after some time; what was sold of them stays as a transaction, and in the audit trail.
 * @param days after which lines are forgotten; undefined: never
 */
export const cleanPreviewsJob = (ctx: Context, days: number = KEPT_DAYS): Job => ({
  name: 'clean-previews',
  every_ms: EVERY_MS,
  run: async () => {
    await removePreviews(ctx.store.db, new Date(ctx.now().getTime() - Math.min(days, KEPT_DAYS) * DAY_MS));
    return 'done';
  },
});
