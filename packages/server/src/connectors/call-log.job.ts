import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { keepCalls } from './call-log.ts';

const EVERY_MS = 500;

/**
 * Writes down what was exchanged with suppliers, after the sales that it was for.
 * @param onLost told how many calls found no place
 */
export const callLogJob = (ctx: Context, onLost: (count: number) => void): Job => ({
  name: 'keep-exchanges',
  every_ms: EVERY_MS,
  run: () => {
    const lost = ctx.callLog.lost();
    if (lost > 0) onLost(lost);
    return keepCalls(ctx);
  },
});
