import { KEPT_REFUSALS, KEPT_REQUESTS } from '@opentopup/contract';
import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import type { RequestLog } from './request-log.ts';
import { trimRequests } from './requests.store.ts';

const WRITE_EVERY_MS = 1_000;
const TRIM_EVERY_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
const KEPT_DAYS = 14;

/**
 * Writes down what clients asked, and removes what is older than it is kept.
 * @param days after which lines are forgotten, where they are
 * @param onLost told how many requests found no room
 */
export const requestJobs = (
  ctx: Context,
  log: RequestLog,
  days: number | undefined,
  onLost: (count: number) => void,
): Job[] => [
  {
    name: 'keep-requests',
    every_ms: WRITE_EVERY_MS,
    run: async () => {
      const lost = await log.write(ctx);
      if (lost > 0) onLost(lost);
      return 'done';
    },
  },
  {
    name: 'trim-requests',
    every_ms: TRIM_EVERY_MS,
    run: async () => {
      const kept_ms = Math.min(days ?? KEPT_DAYS, KEPT_DAYS) * DAY_MS;
      const before = new Date(ctx.now().getTime() - kept_ms);
      await trimRequests(ctx.store.db, { before, answered: KEPT_REQUESTS, refused: KEPT_REFUSALS });
      return 'done';
    },
  },
];
