import type { Context } from '../context.ts';
import type { Job } from '../jobs/runner.ts';
import { forgetCaseLines } from './cases.store.ts';
import { SETTLED_AFTER_MS, startReconciliation } from './reconcile-supplier.ts';
import { daysNotCompared, readDays } from './reconciliations.query.ts';
import { failDead } from './reconciliations.store.ts';
import { unstageEnded } from './staging.store.ts';

/** As whom it is named. */
const ACTOR = 'daily';
const LOOK_EVERY_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** A process that has not said so long that it is alive is not. */
const DEAD_AFTER_MS = 10 * 60_000;
/** A supplier of which a day has failed is asked again after so long. */
const AGAIN_AFTER_MS = 60 * 60_000;

/**
 * Compares each day, once it is over, with the books of every supplier that can list them, by any one of the processes; those
 * that were missed too, one in each round.
 * @param retention_days after so many days the lines of cases are forgotten; absent: never
 */
export const reconciliationJob = (ctx: Context, retention_days: number | undefined): Job => ({
  name: 'reconciliation',
  every_ms: LOOK_EVERY_MS,
  run: async (signal) => {
    const { connectors, store } = ctx;
    const now = ctx.now();
    if (retention_days !== undefined) {
      await forgetCaseLines(store.db, new Date(now.getTime() - retention_days * DAY_MS));
    }
    await failDead(store.db, new Date(now.getTime() - DEAD_AFTER_MS), now);
    await store.db.transaction(unstageEnded, { isLong: true });
    const listing = connectors.names.filter((name) => connectors.get(name)?.listTransactions);
    const settled = new Date(now.getTime() - SETTLED_AFTER_MS);
    const { from_day: lastDay } = await readDays(store.db, ctx.businessTimeZone, settled, {});
    const failedSince = new Date(now.getTime() - AGAIN_AFTER_MS);
    const days = { lastDay, timeZone: ctx.businessTimeZone, failedSince };
    for (const { supplier_id, day } of await daysNotCompared(store.db, listing, days)) {
      if (signal.aborted) break;
      await startReconciliation(ctx, { supplier_id, from: day }, ACTOR);
    }
    return 'done';
  },
});
