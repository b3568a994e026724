import type { Flow } from '../flows/flow.ts';
import { reconcileTopup } from '../flows/reconcile-topup.ts';
import { leaseOpenCases, openCasesForOrphans } from '../store/reconciliations.ts';
import type { Job } from './runner.ts';

const EVERY_MS = 1_000;
const AT_ONCE = 20;
/** Beyond the supplier's deadline, time for a living process to hold the unit late, and to write the outcome itself. */
const ORPHAN_AFTER_MS = 30_000;

/** Brings pending transactions to their end: those whose supplier gave no answer, and those whose server died. */
export function reconcileJob(flow: Flow): Job {
  return {
    name: 'reconcile',
    every_ms: EVERY_MS,
    run: async (signal) => {
      const { db } = flow.store;
      const now = flow.now();
      const orphanedBefore = new Date(now.getTime() - flow.supplier_deadline_ms - ORPHAN_AFTER_MS);
      const orphans = await openCasesForOrphans(db, orphanedBefore, now);
      if (orphans > 0) flow.alert('transactions of a dead process were found', { count: String(orphans) });

      while (!signal.aborted) {
        const cases = await leaseOpenCases(db, flow.now(), flow.supplier_deadline_ms + ORPHAN_AFTER_MS, AT_ONCE);
        await Promise.all(cases.map((each) => reconcileTopup(flow, each)));
        if (cases.length < AT_ONCE) return;
      }
    },
  };
}
