import type { Context } from '../../context.ts';
import { progressAfter } from '../../jobs/progress.rules.ts';
import type { Job } from '../../jobs/runner.ts';
import { leaseOpenCases, openCasesForOrphans } from './reconcile.store.ts';
import { reconcileTopup } from './reconcile-topup.ts';

const EVERY_MS = 1_000;
const AT_ONCE = 20;
/** Beyond the supplier's deadline, time for a living process to hold the unit late, and to write the outcome itself. */
const ORPHAN_AFTER_MS = 30_000;

/** Brings pending transactions to their end: those whose supplier gave no answer, and those whose server died. */
export function reconcileJob(ctx: Context): Job {
  return {
    name: 'reconcile',
    every_ms: EVERY_MS,
    run: async () => {
      const { db } = ctx.store;
      const now = ctx.now();
      const orphanedBefore = new Date(now.getTime() - ctx.supplier_deadline_ms - ORPHAN_AFTER_MS);
      const orphans = await openCasesForOrphans(db, orphanedBefore, now);
      if (orphans > 0) ctx.alert('transactions of a dead process were found', { count: String(orphans) });

      const cases = await leaseOpenCases(db, ctx.now(), ctx.supplier_deadline_ms + ORPHAN_AFTER_MS, AT_ONCE);
      await Promise.all(cases.map((each) => reconcileTopup(ctx, each)));
      return progressAfter(cases.length, AT_ONCE);
    },
  };
}
