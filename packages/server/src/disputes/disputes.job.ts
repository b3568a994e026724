import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { removeEndedLinks } from './dispute-links.store.ts';

const EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** Removes links that were closed, or whose time was over, more than so many days ago. The audit trail keeps that they were. */
export const cleanDisputeLinksJob = (ctx: Context, days: number): Job => ({
  name: 'clean-dispute-links',
  every_ms: EVERY_MS,
  run: async () => {
    await removeEndedLinks(ctx.store.db, new Date(ctx.now().getTime() - days * DAY_MS));
    return 'done';
  },
});
