import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { checkLevels } from './check-levels.ts';
import { setThresholds } from './set-thresholds.ts';

const EVERY_MS = 1_000;

/** Tells of stocks that have crossed something, within seconds. Each is taken by one of the processes. */
export const alertsJob = (ctx: Context): Job => ({
  name: 'alerts',
  every_ms: EVERY_MS,
  run: async () => {
    const thresholds = await setThresholds(ctx);
    const levels = await checkLevels(ctx);
    return thresholds === 'more' ? 'more' : levels;
  },
});
