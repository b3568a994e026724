import type { StockForecast } from '@opentopup/contract';
import type { TravelB2B } from '../../index.ts';

/** The sales of an offer, day by day, and how long its stock will last. */
export interface SalesPace {
  /** Units sold, oldest day first; the last one is today, as far as it has come. */
  sold: number[];
  per_day: number;
  /** As the forecast says; without one, at `per_day`. Null: it does not sell, or not fast enough for an end to be in sight. */
  days_left: number | null;
  /** Absent where the server makes none. */
  forecast?: StockForecast;
}

const DAY_MS = 86_400_000;
const DAYS = 14;
/** The pace that is counted is that of the last days. */
const RECENT_DAYS = 7;

const dayOf = (time_ms: number): string => new Date(time_ms).toISOString().slice(0, 10);
/** Lists the last days, today included (UTC). */
const lastDays = (now_ms: number): string[] =>
  Array.from({ length: DAYS }, (_, i) => dayOf(now_ms - (DAYS - 1 - i) * DAY_MS));

/** Asks an OpenTopup for the pace and the forecast of an offer. */
export async function askPace(client: TravelB2B, offer: string, signal: AbortSignal): Promise<SalesPace> {
  const days = lastDays(Date.now());
  const query = { step: 'day' as const, ...(days[0] !== undefined && { from: days[0] }) };
  const { pace_per_day, forecast, history } = await client.opentopup.stock(offer, query, { signal });
  const sold = new Map(history.points.map((point) => [point.date.slice(0, 10), point.sold]));
  return {
    sold: days.map((day) => sold.get(day) ?? 0),
    per_day: pace_per_day,
    days_left: forecast.days_of_cover.median,
    forecast,
  };
}

/** Counts the sales of an offer, day by day: any Travel B2B server can do that. */
export async function countPace(
  client: TravelB2B,
  offer: string,
  bucket: number,
  signal: AbortSignal,
): Promise<SalesPace> {
  const now_ms = Date.now();
  const sold = await Promise.all(
    lastDays(now_ms).map((day) =>
      client.transactions.count({ offer, status: 'ok', startDate: day, endDate: day }, { signal }),
    ),
  );
  return paceOf(sold, bucket, (now_ms % DAY_MS) / DAY_MS);
}

/**
 * Divides a stock by its pace. It stands in for a forecast where the server has none to give, and for nothing else.
 * @param today how much of today has passed, 0 to 1
 */
export function paceOf(sold: number[], bucket: number, today: number): SalesPace {
  const units = sold.slice(-RECENT_DAYS).reduce((sum, each) => sum + each, 0);
  const per_day = units / (RECENT_DAYS - 1 + today);
  return { sold, per_day, days_left: per_day > 0 ? bucket / per_day : null };
}
