import type { Context } from '../context.ts';
import { takeExclusiveRun } from '../jobs/exclusive.store.ts';
import type { Job } from '../jobs/runner.ts';
import { closeNext } from './close-statement.ts';
import { distributorsDue } from './closings.store.ts';
import { orderClosing } from './order-closing.ts';

const LOOK_EVERY_MS = 2_000;
const DUE_EVERY_MS = 10 * 60_000;
/** A month is closed so long after its end: what was on its way then is in it. */
const GRACE_MS = 10 * 60_000;

/** Closes the statements that were asked for. */
export const closingJob = (ctx: Context): Job => ({
  name: 'close-statements',
  every_ms: LOOK_EVERY_MS,
  run: () => closeNext(ctx),
});

/** Asks for the statement of each month that is over. */
export const monthlyStatementsJob = (ctx: Context): Job => ({
  name: 'monthly-statements',
  every_ms: LOOK_EVERY_MS,
  run: async () => {
    const now = ctx.now();
    if (!(await takeExclusiveRun(ctx.store.db, 'monthly-statements', DUE_EVERY_MS, now))) return 'done';
    const due = await distributorsDue(ctx.store.db, ctx.businessTimeZone, new Date(now.getTime() - GRACE_MS));
    for (const distributor_id of due) await orderClosing(ctx, { distributor_id }, 'schedule');
    return 'done';
  },
});
