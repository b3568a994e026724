import type { Context } from '../context.ts';
import { takeExclusiveRun } from '../jobs/exclusive.store.ts';
import type { Job } from '../jobs/runner.ts';
import { reportMismatch, verifyLedger } from './verify-ledger.ts';

const LOOK_EVERY_MS = 10 * 60_000;
const ONCE_IN_MS = 24 * 60 * 60_000;

/** Proves, once a day and in one of the processes, what has come into the ledger since the last proof. */
export const verifyLedgerJob = (ctx: Context): Job => ({
  name: 'verify-ledger',
  every_ms: LOOK_EVERY_MS,
  run: async (signal) => {
    if (!(await takeExclusiveRun(ctx.store.db, 'verify-ledger', ONCE_IN_MS, ctx.now()))) return 'done';
    const report = await verifyLedger(ctx, { isContinued: true }, { signal });
    if (!report.verified) await reportMismatch(ctx, report);
    return 'done';
  },
});
