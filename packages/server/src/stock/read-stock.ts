import { REFILL_DAYS } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { findSettings } from '../distributors/distributors.query.ts';
import { readClock } from '../distributors/sandbox-clock.ts';
import { findStockStatus, type StockStatusRow } from './alerts.query.ts';
import { hourOf } from './demand.rules.ts';
import { type Forecast, forecast, refillFor } from './forecast.rules.ts';
import { daily, hourly, type StockRecord, type StockStep, salesOf } from './history.rules.ts';
import { readStocks, type StockRow } from './stock.query.ts';

const HOUR_MS = 3_600_000;
/** How many hours a forecast looks back over: 8 weeks. */
const LOOK_BACK_HOURS = 56 * 24;

/** Whose stock, and over what time it is to be shown. */
export interface StockAsked {
  distributor_id: string;
  offer_id: string;
  from: Date;
  before: Date;
  step: 'hour' | 'day';
}

export interface StockShown extends StockRow {
  status: StockStatusRow;
  now: Date;
  forecast: Forecast;
  /** How many days a refill should last, and the units that are missing for that; null where nothing is known. */
  refill: { days: number; units: number | null };
  points: StockStep[];
}

/** Tells from when on sales have to be known for a forecast. */
export const forecastFrom = (now: Date): Date => new Date((hourOf(now) - LOOK_BACK_HOURS) * HOUR_MS);

/** Forecasts how long a stock will last. */
export function forecastOf(stock: StockRecord, now: Date): Forecast {
  return forecast(salesOf(hourly(stock, forecastFrom(now), now), now), stock.available, now);
}

/**
 * Reads an offer's stock: its status, how it came to that, and how long it will last. Null where there is no such
 * offer.
 */
export async function readStock(ctx: Context, asked: StockAsked): Promise<StockShown | null> {
  const now = await readClock(ctx, asked.distributor_id);
  const since = new Date(Math.min(asked.from.getTime(), forecastFrom(now).getTime()));
  const [stock] = await readStocks(ctx.store.db, [asked], since);
  const status = stock && (await findStockStatus(ctx.store.db, asked.distributor_id, asked.offer_id));
  if (!status) return null;
  const shown = hourly(stock, asked.from, now).filter(({ date }) => date < asked.before);
  const points = asked.step === 'day' ? daily(shown) : shown;
  const ahead = forecastOf(stock, now);
  const days = (await findSettings(ctx.store.db, asked.distributor_id))?.refill_days ?? REFILL_DAYS;
  return { ...stock, status, now, forecast: ahead, refill: { days, units: refillFor(ahead, stock, days) }, points };
}
