import { hourOf, type SalesHistory } from './demand.rules.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is known of a stock: how it stands, and what was sold and booked since some moment. Hours without sales are left out. */
export interface StockRecord {
  available: number;
  sales: readonly { hour: Date; units: number }[];
  bookings: readonly { at: Date; units: number }[];
}

/** One step of a stock's history. */
export interface StockStep {
  /** Its first instant. */
  date: Date;
  sold: number;
  /** Units granted, and those taken away by adjustments. */
  granted: number;
  /** Units left at its end. */
  available: number;
}

/**
 * Reconstructs the stock hour by hour, counted back from how it stands now. A sale belongs to the hour of its order,
 * and a unit that was given back counts as never taken.
 */
export function hourly({ available, sales, bookings }: StockRecord, from: Date, now: Date): StockStep[] {
  const first = hourOf(from);
  const count = hourOf(now) - first + 1;
  const points = Array.from({ length: Math.max(0, count) }, (_, i) => ({
    date: new Date((first + i) * HOUR_MS),
    sold: 0,
    granted: 0,
    available: 0,
  }));
  for (const { hour, units } of sales) {
    const point = points[hourOf(hour) - first];
    if (point) point.sold += units;
  }
  for (const { at, units } of bookings) {
    const point = points[hourOf(at) - first];
    if (point) point.granted += units;
  }
  let left = available;
  for (const point of points.toReversed()) {
    point.available = left;
    left += point.sold - point.granted;
  }
  return points;
}

/** Sums up the same day by day (UTC). */
export function daily(hours: readonly StockStep[]): StockStep[] {
  const days = Map.groupBy(hours, ({ date }) => Math.floor(date.getTime() / DAY_MS));
  return [...days].map(([day, points]) => ({
    date: new Date(day * DAY_MS),
    sold: points.reduce((total, { sold }) => total + sold, 0),
    granted: points.reduce((total, { granted }) => total + granted, 0),
    available: points.at(-1)?.available ?? 0,
  }));
}

/** Returns what the hours tell of demand: those without any stock tell nothing. */
export function salesOf(hours: readonly StockStep[], now: Date): SalesHistory {
  const elapsed = (now.getTime() % HOUR_MS) / HOUR_MS;
  return {
    from: hours[0]?.date ?? now,
    units: hours.map(({ sold }) => sold),
    open: hours.map(({ sold, granted, available }, i) => {
      const hadStock = available > 0 || sold > 0 || granted > 0;
      return (hadStock ? 1 : 0) * (i === hours.length - 1 ? elapsed : 1);
    }),
  };
}
