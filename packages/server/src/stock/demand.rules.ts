const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const WEEK_DAYS = 7;

/** What was sold, hour by hour (UTC), up to now. */
export interface SalesHistory {
  /** The first instant of the first hour. */
  from: Date;
  /** Units sold in each hour, one after the other. */
  units: readonly number[];
  /** What part of each hour there was stock to sell, from 0 to 1: hours without stock say nothing of demand. */
  open: readonly number[];
}

/** How much of an average hour is asked for at each hour of the day, and on each day of the week from Sunday on (UTC). */
export interface Shape {
  hours: readonly number[];
  weekdays: readonly number[];
}

/** What is asked for, as far as what was sold tells. */
export interface Demand {
  shape: Shape;
  /** Units in an average day, at the recent pace. */
  pace: number;
  /** How far the pace wanders from one day to the next: the weight that the last day has in it. */
  drift: number;
  /** Units by which the pace grows from day to day, where that is no chance; and the standard error of that. */
  growth: number;
  growthError: number;
  /** Variance of a day's sales, in multiples of their mean. */
  dispersion: number;
  /** How many days the pace is known from; older days count less. */
  days: number;
}

/** A day of the history: what was sold, and how much of an average day it was. */
interface Day {
  units: number;
  weight: number;
}

const DRIFTS = [0.02, 0.05, 0.1, 0.2, 0.35] as const;
/** How much better a pace that wanders more has to have foretold the past. */
const STEADINESS = 1.03;
/** Units mixed into the shape as if they had come at any hour, in multiples of the dispersion: a few sales make no shape. */
const SHAPE_PRIOR = 6;
const TREND_DAYS = 28;
const LEAST_TREND_DAYS = 21;
/** How many standard errors a slope has to be to stand out from chance. */
const STANDS_OUT = 3;
/** Days that are too short to tell anything. */
const LEAST_WEIGHT = 0.05;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Hours since 1 January 1970, a Thursday. */
export const hourOf = (date: Date): number => Math.floor(date.getTime() / HOUR_MS);
const hourOfDay = (hour: number): number => hour % DAY_HOURS;
const dayOfWeek = (hour: number): number => (Math.floor(hour / DAY_HOURS) + 4) % WEEK_DAYS;

/** Tells how much of an average hour is asked for in this one. */
export const weightOf = ({ hours, weekdays }: Shape, hour: number): number =>
  (hours[hourOfDay(hour)] ?? 1) * (weekdays[dayOfWeek(hour)] ?? 1);

/**
 * Fits the shape in which units came: the days of the week first, then the hours of the day with those known, twice.
 */
function shapeOf({ from, units, open }: SalesHistory, prior: number): Shape {
  const first = hourOf(from);
  const average = sum(units) / sum(open);
  const factors = (count: number, placeOf: (hour: number) => number, of: (hour: number) => number): number[] => {
    const sold = Array<number>(count).fill(prior);
    const expected = Array<number>(count).fill(prior);
    for (const [i, each] of units.entries()) {
      const place = placeOf(first + i);
      sold[place] = (sold[place] ?? 0) + each;
      expected[place] = (expected[place] ?? 0) + (open[i] ?? 0) * average * of(first + i);
    }
    const found = sold.map((value, i) => value / (expected[i] ?? 1));
    const mean = sum(found) / count;
    return found.map((factor) => factor / mean);
  };
  let hours = Array<number>(DAY_HOURS).fill(1);
  let weekdays = Array<number>(WEEK_DAYS).fill(1);
  for (let round = 0; round < 2; round += 1) {
    weekdays = factors(WEEK_DAYS, dayOfWeek, (hour) => hours[hourOfDay(hour)] ?? 1);
    hours = factors(DAY_HOURS, hourOfDay, (hour) => weekdays[dayOfWeek(hour)] ?? 1);
  }
  return { hours, weekdays };
}

/** Groups whole days counted back from the end, oldest first. */
function daysOf({ from, units, open }: SalesHistory, shape: Shape): Day[] {
  const first = hourOf(from);
  const days: Day[] = [];
  for (let end = units.length; end > 0; end -= DAY_HOURS) {
    const day = { units: 0, weight: 0 };
    for (let i = Math.max(0, end - DAY_HOURS); i < end; i += 1) {
      day.units += units[i] ?? 0;
      day.weight += ((open[i] ?? 0) * weightOf(shape, first + i)) / DAY_HOURS;
    }
    if (day.weight > LEAST_WEIGHT) days.push(day);
  }
  return days.toReversed();
}

/** Fits the slope of a straight line through the paces of the last weeks, where it stands out from chance. */
function growthOf(all: readonly Day[], dispersion: number): Pick<Demand, 'growth' | 'growthError'> {
  const days = all.slice(-TREND_DAYS);
  const weights = sum(days.map(({ weight }) => weight));
  const middle = sum(days.map(({ weight }, i) => weight * i)) / weights;
  const mean = sum(days.map(({ units }) => units)) / weights;
  const spread = sum(days.map(({ weight }, i) => weight * (i - middle) ** 2));
  const growth = sum(days.map(({ units, weight }, i) => (units - mean * weight) * (i - middle))) / spread;
  const growthError = Math.sqrt((dispersion * mean) / spread);
  const isChance = days.length < LEAST_TREND_DAYS || Math.abs(growth) <= STANDS_OUT * growthError;
  return isChance ? { growth: 0, growthError: 0 } : { growth, growthError };
}

interface Followed extends Pick<Demand, 'pace' | 'days' | 'drift'> {
  /** By how much each day was missed that could be foretold, squared, in parts of what was foretold; and how many. */
  misses: number;
  foretold: number;
}

/** Follows the pace from day to day: exponential smoothing that begins as a plain mean. */
function follow(history: readonly Day[], drift: number, growth: number): Followed {
  let [days, pace, misses, foretold] = [0, 0, 0, 0];
  for (const { units, weight } of history) {
    pace = Math.max(0, pace + growth);
    if (days >= 1) {
      const expected = Math.max(pace * weight, 0.1);
      misses += (units - expected) ** 2 / expected;
      foretold += 1;
    }
    days = days * (1 - drift) ** weight + weight;
    pace += (units - pace * weight) / days;
  }
  return { pace, days, drift, misses, foretold };
}

/** Finds the steadiest pace that would have foretold the days about as well as any other. */
function steadiest(history: readonly Day[], growth: number): Followed {
  return DRIFTS.map((drift) => follow(history, drift, growth)).reduce((best, other) =>
    other.misses * STEADINESS < best.misses ? other : best,
  );
}

/** Estimates what is asked for, from a history with at least one sale. */
export function demandOf(history: SalesHistory): Demand {
  const fit = (evenness: number): Demand => {
    const shape = shapeOf(history, SHAPE_PRIOR * evenness);
    const days = daysOf(history, shape);
    const trend = growthOf(days, evenness);
    const { misses, foretold, ...followed } = steadiest(days, trend.growth);
    // As if two more days had been as chance has them: few days look too even, or too uneven.
    return { shape, ...followed, ...trend, dispersion: Math.max(1, (misses + 2) / (foretold + 2)) };
  };
  // The second time with what the first has found of how even sales are.
  return fit(fit(2).dispersion);
}
