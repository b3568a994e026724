import type { Context } from '../../context.ts';
import type { Job } from '../../jobs/runner.ts';
import { readBalance } from './read-balance.ts';
import { takeBalanceReading } from './supplier-balance.store.ts';
import { supplierIdsOf } from './suppliers.query.ts';

const LOOK_EVERY_MS = 15_000;
/** How old a balance may grow. */
const INTERVAL_MS = 5 * 60_000;
/** The share by which that is longer or shorter at most, so that not all are read at once. */
const JITTER = 0.1;

/** Reads the money that lies at suppliers: of each about once in the interval, by any one of the processes. */
export const balancesJob = (ctx: Context): Job => ({
  name: 'balances',
  every_ms: LOOK_EVERY_MS,
  run: async (signal) => {
    const { connectors, store } = ctx;
    const telling = connectors.names.filter((name) => connectors.get(name)?.balance);
    for (const id of await supplierIdsOf(store.db, telling)) {
      if (signal.aborted) return 'done';
      const jittered_ms = INTERVAL_MS * (1 + JITTER * (2 * Math.random() - 1));
      if (await takeBalanceReading(store.db, id, jittered_ms, ctx.now())) await readBalance(ctx, id);
    }
    return 'done';
  },
});
