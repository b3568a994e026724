import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { cleanChaos } from './chaos.store.ts';
import { learnChaos } from './chaos.ts';

const LEARN_EVERY_MS = 2_000;
const CLEAN_EVERY_MS = 60_000;
const KEPT_MS = 14 * 24 * 60 * 60_000;

/** Learns what was set in other processes, and removes what is over. */
export const chaosJobs = (ctx: Context): Job[] => [
  {
    name: 'learn-chaos',
    every_ms: LEARN_EVERY_MS,
    run: async () => {
      await learnChaos(ctx);
      return 'done';
    },
  },
  {
    name: 'clean-chaos',
    every_ms: CLEAN_EVERY_MS,
    run: async () => {
      const now = ctx.now();
      await cleanChaos(ctx.store.db, now, new Date(now.getTime() - KEPT_MS));
      return 'done';
    },
  },
];
