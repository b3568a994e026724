import { type Demand, demandOf, hourOf, type SalesHistory, sum, weightOf } from './demand.rules.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
/** Nothing is said of what lies further ahead. */
const HORIZON_HOURS = 365 * DAY_HOURS;

/** When something happens: with 10 % earlier than `low`, 50 % earlier than `median`, 90 % earlier than `high`. Null: not within a year. */
export interface Range<T> {
  low: T | null;
  median: T | null;
  high: T | null;
}

/** How far a forecast can be relied on, and why no further. */
export type Confidence =
  | { level: 'none'; because: 'no_history' | 'no_sales' }
  | { level: 'low'; because: 'short_history' | 'few_sales' | 'irregular' }
  | { level: 'good'; because: null };

/** What there is to say of the stock's future. */
export interface Forecast {
  /** Units in an average day, at the recent pace. */
  pace: number;
  days_of_cover: Range<number>;
  confidence: Confidence;
  /** Units that are as likely to be enough for that many days from now as not. */
  unitsFor: (days: number) => number;
}

const LEAST_UNITS = 3;
const GOOD_UNITS = 30;
const GOOD_DAYS = 14;
/** How many times the lower end of a week's range the upper end may be; beyond that, sales are irregular. */
const WIDEST_WEEK = 3;

/** However even the past was, the pace of the days to come is not known better than to this part of it. */
const PACE_ERROR = 0.04;
/** What has grown for weeks will not do so for ever; what has shrunk keeps half of its pace. */
const GROWTH_FADES_DAYS = 21;
const LEAST_LEFT = 0.7;

/** Where the normal distribution has 90 % below. */
const Z90 = 1.2816;

/**
 * Computes the units sold within a number of average days: their median, or at `z` standard deviations. The variance is that of sales over
 * a lead time at a pace that wanders (Hyndman, Koehler, Ord, Snyder: Forecasting with Exponential Smoothing, chapter 6);
 * the distribution a gamma, by the approximation of Wilson and Hilferty.
 */
function soldWithin(demand: Demand, average: number, z: number): number {
  const { pace, drift, growth, growthError, dispersion, days } = demand;
  const steady = pace * average;
  if (steady <= 0) return 0;
  const fading = GROWTH_FADES_DAYS * (average - GROWTH_FADES_DAYS * (1 - Math.exp(-average / GROWTH_FADES_DAYS)));
  const mean = Math.max(steady + growth * fading, steady * LEAST_LEFT);
  const later = Math.max(0, average - 1);
  const wandering = 1 + average / days + (drift ** 2 * later * (2 * later + 1)) / 6;
  const variance = dispersion * mean * wandering + (growthError * fading) ** 2 + (PACE_ERROR * mean) ** 2;
  const skew = variance / mean ** 2 / 9;
  return mean * Math.max(0, 1 - skew + z * Math.sqrt(skew)) ** 3;
}

/** Yields the time from now on, hour by hour, in hours, and how many average days have passed by each. */
function* ahead({ shape }: Demand, now: Date): Generator<{ hours: number; average: number }> {
  const first = hourOf(now);
  const begun = now.getTime() / HOUR_MS - first;
  let average = 0;
  for (let i = 0; i < HORIZON_HOURS; i += 1) {
    average += (weightOf(shape, first + i) * (i === 0 ? 1 - begun : 1)) / DAY_HOURS;
    yield { hours: i + 1 - begun, average };
  }
}

/** Computes in how many days that many units will have been sold. */
function daysUntil(demand: Demand, units: number, z: number, now: Date): number | null {
  let before = { hours: 0, sold: 0 };
  for (const { hours, average } of ahead(demand, now)) {
    const sold = soldWithin(demand, average, z);
    if (sold >= units) {
      const part = (units - before.sold) / (sold - before.sold);
      return (before.hours + part * (hours - before.hours)) / DAY_HOURS;
    }
    before = { hours, sold };
  }
  return null;
}

/** Computes the units that will have been sold in a number of days. */
function unitsWithin(demand: Demand, days: number, now: Date): number {
  let units = 0;
  for (const { hours, average } of ahead(demand, now)) {
    units = soldWithin(demand, average, 0);
    if (hours >= days * DAY_HOURS) break;
  }
  return units;
}

/** Tells how far a forecast can be relied on. */
function confidenceOf(demand: Demand, units: number, days: number): Confidence {
  if (days < GOOD_DAYS) return { level: 'low', because: 'short_history' };
  if (units < GOOD_UNITS) return { level: 'low', because: 'few_sales' };
  const [least, most] = [soldWithin(demand, 7, -Z90), soldWithin(demand, 7, Z90)];
  if (most > WIDEST_WEEK * least) return { level: 'low', because: 'irregular' };
  return { level: 'good', because: null };
}

/** Forecasts how long a stock will last, from what was sold until now. */
export function forecast(history: SalesHistory, available: number, now: Date): Forecast {
  const units = sum(history.units);
  const days = sum(history.open) / DAY_HOURS;
  const isEmpty = available <= 0;
  const unknown = isEmpty ? 0 : null;
  const nothing = { pace: 0, days_of_cover: { low: unknown, median: unknown, high: unknown }, unitsFor: () => 0 };
  if (days < 1) return { ...nothing, confidence: { level: 'none', because: 'no_history' } };
  if (units < LEAST_UNITS) return { ...nothing, confidence: { level: 'none', because: 'no_sales' } };

  const demand = demandOf(history);
  const until = (z: number): number | null => (isEmpty ? 0 : daysUntil(demand, available, z, now));
  return {
    pace: demand.pace,
    days_of_cover: { low: until(Z90), median: until(0), high: until(-Z90) },
    confidence: confidenceOf(demand, units, days),
    unitsFor: (ofDays) => unitsWithin(demand, ofDays, now),
  };
}

/** Computes how many units a stock is short of lasting so many days; null where nothing is known of its sales. */
export function refillFor(
  { confidence, unitsFor }: Pick<Forecast, 'confidence' | 'unitsFor'>,
  { available, owed }: { available: number; owed: number },
  days: number,
): number | null {
  return confidence.level === 'none' ? null : Math.max(0, Math.ceil(unitsFor(days)) + owed - available);
}
