import type { Context } from '../context.ts';
import { clockOfKnown } from '../distributors/sandbox-clock.ts';
import { type Progress, progressAfter } from '../jobs/progress.rules.ts';
import { forecastFrom, forecastOf } from './read-stock.ts';
import { readStocks, type StockRow } from './stock.query.ts';
import { saveThresholds, type Threshold, takeWatches, type Watch } from './thresholds.store.ts';

/** How many at once: sales wait meanwhile, where there is one connection to the database. */
const AT_ONCE = 20;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The longest and the shortest time until a threshold in days of cover is computed again. */
const LONGEST_MS = 60 * MINUTE_MS;
const SHORTEST_MS = MINUTE_MS;

/** Computes at how many units a stock counts as low, by its alert; and when that has to be computed again. */
function thresholdOf(watch: Watch, stock: StockRow | undefined, now: Date): Threshold {
  const { distributor_id, offer_id, units, days_of_cover } = watch;
  const at = { distributor_id, offer_id };
  if (days_of_cover === null || !stock) return { ...at, low_at: units ?? 0, due_at: null };
  const { pace, unitsFor } = forecastOf(stock, clockOfKnown({ now: () => now }, watch));
  const low_at = Math.max(units ?? 0, Math.floor(unitsFor(days_of_cover)));
  // The nearer the threshold, the sooner the next look.
  const until_ms = pace > 0 ? ((stock.available - low_at) / pace) * DAY_MS : LONGEST_MS;
  const pause_ms = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, until_ms / 10));
  return { ...at, low_at, due_at: new Date(now.getTime() + pause_ms) };
}

/**
 * Computes the thresholds of stocks whose alert has changed, or whose days of cover are due.
 * @returns whether there may be more
 */
export async function setThresholds(ctx: Context): Promise<Progress> {
  const now = ctx.now();
  return ctx.store.db.transaction(async (tx) => {
    const watches = await takeWatches(tx, now, AT_ONCE);
    const byDays = watches.filter(({ days_of_cover }) => days_of_cover !== null);
    const stocks = byDays.length > 0 ? await readStocks(tx, byDays, forecastFrom(now)) : [];
    const stockOf = new Map(stocks.map((stock) => [stock.offer_id, stock]));
    if (watches.length > 0) {
      await saveThresholds(
        tx,
        watches.map((watch) => thresholdOf(watch, stockOf.get(watch.offer_id), now)),
      );
    }
    return progressAfter(watches.length, AT_ONCE);
  });
}
