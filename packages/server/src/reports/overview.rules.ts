import { addByCurrency } from '../values/money.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A span of time; `before` is the first instant after it. */
export interface Period {
  from: Date;
  before: Date;
}

export type OverviewStep = 'hour' | 'day';

/** How orders fared. */
export interface Figures {
  /** Orders that took a unit. */
  orders: number;
  ok: number;
  ko: number;
  expired: number;
  /** Orders that took none. */
  refused: number;
  /** What was sold, in minor units, by currency. */
  value: Record<string, number>;
}

export const NO_FIGURES: Figures = { orders: 0, ok: 0, ko: 0, expired: 0, refused: 0, value: {} };

/** Figures taken together. */
export function added(a: Figures, b: Figures): Figures {
  return {
    orders: a.orders + b.orders,
    ok: a.ok + b.ok,
    ko: a.ko + b.ko,
    expired: a.expired + b.expired,
    refused: a.refused + b.refused,
    value: addByCurrency(a.value, b.value),
  };
}

/** Figures without some of what they count. */
export function without(a: Figures, b: Figures): Figures {
  const value = Object.entries(a.value).map(
    ([currency, minor]) => [currency, minor - (b.value[currency] ?? 0)] as const,
  );
  return {
    orders: a.orders - b.orders,
    ok: a.ok - b.ok,
    ko: a.ko - b.ko,
    expired: a.expired - b.expired,
    refused: a.refused - b.refused,
    value: Object.fromEntries(value.filter(([, minor]) => minor !== 0)),
  };
}

/** Rounds a period to the whole hours in which it lies. */
export const wholeHours = ({ from, before }: Period): Period => ({
  from: new Date(Math.floor(from.getTime() / HOUR_MS) * HOUR_MS),
  before: new Date(Math.ceil(before.getTime() / HOUR_MS) * HOUR_MS),
});

/**
 * Tells what of a period is compared, and with what: its hours that are over, and the same hours as many whole days
 * earlier as the period has days. So a day that is not over is compared with the same part of another, and a week with
 * the same weekdays. An hour more makes no other day of it: days on which clocks are put back have 25.
 */
export function comparedOf(asked: Period, now: Date): { compared: Period; previous: Period } {
  const { from, before } = wholeHours(asked);
  const over = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  const until = Math.max(from.getTime(), Math.min(before.getTime(), over));
  const days = Math.ceil((asked.before.getTime() - asked.from.getTime() - HOUR_MS) / DAY_MS);
  const shift = Math.max(1, days) * DAY_MS;
  return {
    compared: { from, before: new Date(until) },
    previous: { from: new Date(from.getTime() - shift), before: new Date(until - shift) },
  };
}

/** Returns the first instants of the steps of a period; days are those of UTC, the first and the last may be cut. */
export function stepsOf({ from, before }: Period, step: OverviewStep): Date[] {
  const step_ms = step === 'hour' ? HOUR_MS : DAY_MS;
  const first = Math.floor(from.getTime() / step_ms);
  const count = Math.ceil(before.getTime() / step_ms) - first;
  return Array.from({ length: count }, (_, i) => new Date((first + i) * step_ms));
}

/** Computes for how many seconds of a period something lasted. */
export function secondsWithin({ from, before }: Period, time: { from: Date; before: Date | null }, now: Date): number {
  const end = Math.min(before.getTime(), (time.before ?? now).getTime());
  return Math.max(0, Math.round((end - Math.max(from.getTime(), time.from.getTime())) / 1_000));
}
