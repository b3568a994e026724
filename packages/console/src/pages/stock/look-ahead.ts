import type { OfferStock } from '@opentopup/contract';

const DAY_S = 86_400;
/** The least time that a stock lasts which is not sold within the time that forecasts look ahead. */
const YEAR_DAYS = 365;

type History = OfferStock['history'];

/** Leaves out of a history the time before there was anything in stock: a line at nothing would tell of sales that never were. */
export function sinceStocked(history: History): History {
  const first = history.points.findIndex(({ available, sold, granted }) => available > 0 || sold > 0 || granted !== 0);
  return first > 0 ? { ...history, points: history.points.slice(first) } : history;
}

/** What a stock is likely to be from now on. */
export interface Ahead {
  /** In seconds, rising; the first is now. */
  instants: number[];
  /** Units left at these: as likely fewer as more, and between which it is with 80 %. */
  median: number[];
  fewest: number[];
  most: number[];
  /** When it is likely empty, in seconds; null where that lies further ahead. */
  empty_s: number | null;
}

/**
 * Draws a forecast out: from the units that there are down to none, when it says so. It looks no further ahead than the
 * history looks back. Null where nothing can be told, or nothing is left.
 * @param now_ms when the stock stood so
 */
export function lookAhead({ available, forecast, history }: OfferStock, now_ms: number): Ahead | null {
  const now_s = now_ms / 1_000;
  const first_s = Date.parse(history.points[0]?.date ?? '') / 1_000;
  const past_days = (now_s - first_s) / DAY_S;
  if (forecast.confidence === 'none' || available === 0 || !(past_days > 0)) return null;
  const { low, median, high } = forecast.days_of_cover;
  const ends = [low, median, high].map((days) => days ?? YEAR_DAYS);
  const last = Math.min(past_days, Math.max(...ends));
  const days = [...new Set([0, ...ends.filter((end) => end < last), last])].toSorted((a, b) => a - b);
  const left = (cover: number | null): number[] =>
    days.map((day) => Math.max(0, available * (1 - day / (cover ?? YEAR_DAYS))));
  return {
    instants: days.map((day) => now_s + day * DAY_S),
    median: left(median),
    fewest: left(low),
    most: left(high),
    empty_s: median !== null && median <= last ? now_s + median * DAY_S : null,
  };
}
