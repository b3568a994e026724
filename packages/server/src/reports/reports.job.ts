import type { Context } from '../context.ts';
import { takeExclusiveRun } from '../jobs/exclusive.store.ts';
import type { Job } from '../jobs/runner.ts';
import { untilDone } from '../jobs/until-done.ts';
import { addUpNextDay, addUpOpenDays } from './daily-sales.store.ts';

const WRITE_EVERY_MS = 3_000;

/** Writes down what this process has counted for the overview. */
export const statisticsJob = (write: () => Promise<void>): Job => ({
  name: 'statistics',
  every_ms: WRITE_EVERY_MS,
  run: async () => {
    await write();
    return 'done';
  },
});

const LOOK_EVERY_MS = 60_000;
const ONCE_IN_MS = 10 * 60_000;

/** Adds up the sales of days that are over, in one of the processes. Until then the overview adds up their hours itself. */
export const dailySalesJob = ({ store: { db }, now }: Context): Job => ({
  name: 'daily-sales',
  every_ms: LOOK_EVERY_MS,
  run: async (signal) => {
    if (!(await takeExclusiveRun(db, 'daily-sales', ONCE_IN_MS, now()))) return 'done';
    await addUpOpenDays(db);
    return untilDone(() => addUpNextDay(db, now()), signal);
  },
});
