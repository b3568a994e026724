import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Query } from '../database/database.ts';
import { forecast } from '../stock/forecast.rules.ts';
import { hourly, salesOf } from '../stock/history.rules.ts';
import { forecastFrom } from '../stock/read-stock.ts';
import { readStocks } from '../stock/stock.query.ts';
import type { OverviewNames, RefusalFigures, StockOutTime } from './overview.query.ts';
import { type Period, secondsWithin } from './overview.rules.ts';

const DAY_S = 86_400;
/** What is told of at most. */
const MOST_OFFERS = 50;
const MOST_TIMES = 100;

/** An offer whose stock was empty, and what that cost. */
export interface StockOut {
  names: OverviewNames;
  /** Newest first. */
  times: StockOutTime[];
  /** For how long, within the period. */
  seconds: number;
  /** Orders that were refused for it. */
  refused: number;
  /** What would have been sold, as an estimate; null where nothing is known of the pace. */
  missed_units: number | null;
}

/**
 * Lists the offers that were empty within a period, longest first. What they would have sold is the recent pace of
 * their sales over the time that they were empty: hours without stock say nothing of that pace, so they do not lower
 * it.
 */
export async function stockOutsOf(
  on: Query,
  now: Date,
  period: Period,
  times: readonly StockOutTime[],
  names: readonly OverviewNames[],
  emptied: readonly RefusalFigures[],
): Promise<StockOut[]> {
  const lasted = (own: readonly StockOutTime[]): number =>
    own.reduce((total, time) => total + secondsWithin(period, time, now), 0);
  const longest = [...Map.groupBy(times, ({ offer_id }) => offer_id)]
    .map(([offer_id, own]) => ({ offer_id, own, seconds: lasted(own) }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, MOST_OFFERS);
  const named = new Map(names.map((each) => [each.offer_id, each]));
  const asked = longest.flatMap(({ offer_id }) => named.get(offer_id) ?? []);
  const from = forecastFrom(now);
  const stocks = asked.length > 0 ? await readStocks(on, asked, from) : [];
  const pace = new Map<string, number>();
  for (const stock of stocks) {
    // A forecast takes a millisecond: sales have their turn in between.
    await nextTurn();
    // Only the pace is of interest: of an empty stock nothing else is computed.
    pace.set(stock.offer_id, forecast(salesOf(hourly(stock, from, now), now), 0, now).pace);
  }
  return longest.flatMap(({ offer_id, own, seconds }) => {
    const ofOffer = named.get(offer_id);
    if (!ofOffer) return [];
    const paced = pace.get(offer_id) ?? 0;
    return [
      {
        names: ofOffer,
        times: own.slice(0, MOST_TIMES),
        seconds,
        refused: emptied.filter((each) => each.offer_id === offer_id).reduce((total, { orders }) => total + orders, 0),
        missed_units: paced === 0 ? null : (paced * seconds) / DAY_S,
      },
    ];
  });
}
