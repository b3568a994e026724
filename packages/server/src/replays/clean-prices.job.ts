import type { Context } from '../context.ts';
import { takeExclusiveRun } from '../jobs/exclusive.store.ts';
import type { Job } from '../jobs/runner.ts';
import { untilDone } from '../jobs/until-done.ts';
import { removeOldPrices, removeOldRates } from './old-prices.store.ts';

const LOOK_EVERY_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;
/** A replay is of a year at most: of last year, all year long. */
const KEPT_MS = 2 * 366 * DAY_MS;
/** Rates count a week, so those of the first day are older. */
const RATES_KEPT_MS = KEPT_MS + 7 * DAY_MS;
/** How many times as long as a step took it rests after it, for the sake of sales. */
const REST = 4;

/** Removes prices and rates that are older than what replays are asked for, in one of the processes. */
export const cleanPricesJob = ({ store: { db }, now }: Context): Job => ({
  name: 'clean-prices',
  every_ms: LOOK_EVERY_MS,
  run: async (signal) => {
    const at = now().getTime();
    if (!(await takeExclusiveRun(db, 'clean-prices', DAY_MS, new Date(at)))) return 'done';
    await untilDone(() => removeOldPrices(db, new Date(at - KEPT_MS)), signal, REST);
    return untilDone(() => removeOldRates(db, new Date(at - RATES_KEPT_MS)), signal, REST);
  },
});
