import type { Param } from '../database/database.ts';
import { VALUE } from './daily-sales.store.ts';
import type { OverviewStep, Period } from './overview.rules.ts';

const DAY_MS = 86_400_000;

/** Whose sales: one distributor's, or those of all in a world. */
export type Whose = { distributor_id: string } | { world: 'live' | 'sandbox' };

/** What is asked for: a period, what of it is compared (from its beginning on), and with what. */
export interface OverviewAsked {
  whose: Whose;
  period: Period;
  compared: Period;
  previous: Period;
  step: OverviewStep;
}

/** Of the period: what is compared, and what comes after that; and the period before. */
export type OverviewPart = 'compared' | 'rest' | 'previous';

export function partsOf({ period, compared, previous }: OverviewAsked): [OverviewPart, Period][] {
  const parts: [OverviewPart, Period][] = [
    ['compared', compared],
    ['rest', { from: compared.before, before: period.before }],
    ['previous', previous],
  ];
  return parts.filter(([, { from, before }]) => from < before);
}

/** Selects, in SQL, the distributors `d` that are asked about. */
export function distributors(whose: Whose, params: Param[]): string {
  return 'distributor_id' in whose
    ? `d.id = $${params.push(whose.distributor_id)}`
    : `d.world = $${params.push(whose.world)}`;
}

/** Splits a period into the whole days in it and the hours that are left at its ends; by the hour it has no days. */
export function splitDays(
  { from, before }: Period,
  step: OverviewStep,
  until: Date = before,
): { days: Period; rest: Period[] } {
  const ceil = Math.ceil(from.getTime() / DAY_MS) * DAY_MS;
  const floor = Math.floor(Math.min(before.getTime(), until.getTime()) / DAY_MS) * DAY_MS;
  if (step === 'hour' || floor <= ceil) return { days: { from, before: from }, rest: [{ from, before }] };
  const days = { from: new Date(ceil), before: new Date(floor) };
  return {
    days,
    rest: [
      { from, before: days.from },
      { from: days.before, before },
    ],
  };
}

/** Says in SQL that an instant lies in a period. */
export const within = (params: Param[], at: string, { from, before }: Period): string =>
  `${at} >= $${params.push(from)} AND ${at} < $${params.push(before)}`;

/**
 * Selects, in SQL, the orders of a period, as rows with `offer_id`, `currency`, `at` and what they add up to: whole days from the
 * rollup of days, and hour by hour what is left at the ends and the days on which something was pending. All are found
 * by their keys.
 */
export function sales(params: Param[], { whose, step }: OverviewAsked, period: Period, until: Date | null): string {
  const { days, rest } = splitDays(period, step, until ?? new Date(0));
  const who = distributors(whose, params);
  const hourly = `SELECT o.id AS offer_id, p.currency, s.hour AS at, s.created, s.ok, s.ko, s.expired, ${VALUE} AS value_minor`;
  const ofHours = rest
    .filter(({ from, before }) => from < before)
    .map(
      (
        span,
      ) => `${hourly} FROM distributors d JOIN offers o ON o.distributor_id = d.id JOIN products p ON p.id = o.product_id CROSS JOIN LATERAL (
        SELECT * FROM sales_hourly s
        WHERE s.distributor_id = o.distributor_id AND s.offer_id = o.id AND ${within(params, 's.hour', span)} OFFSET 0) s
      WHERE ${who}`,
    );
  if (days.from >= days.before) return ofHours.join(' UNION ALL ');
  const ofDays = `SELECT s.offer_id, p.currency, s.day AS at, s.created, s.ok, s.ko, s.expired, s.value_minor
    FROM distributors d JOIN sales_daily s ON s.distributor_id = d.id AND ${within(params, 's.day', days)} AND is_settled
    JOIN offers o ON o.distributor_id = d.id AND o.id = s.offer_id JOIN products p ON p.id = o.product_id
    WHERE ${who}`;
  const ofOpenDays = `${hourly} FROM distributors d
    JOIN sales_daily y ON y.distributor_id = d.id AND ${within(params, 'y.day', days)} AND NOT y.is_settled
    JOIN offers o ON o.distributor_id = d.id AND o.id = y.offer_id JOIN products p ON p.id = o.product_id CROSS JOIN LATERAL (
      SELECT * FROM sales_hourly s
      WHERE s.distributor_id = y.distributor_id AND s.offer_id = y.offer_id
        AND s.hour >= y.day AND s.hour < y.day + interval '1 day' OFFSET 0) s
    WHERE ${who}`;
  return [...ofHours, ofDays, ofOpenDays].join(' UNION ALL ');
}

/** Selects, in SQL, the counters of a period: its whole days, and the hours that are left. */
export function counters(params: Param[], of: string, period: Period, step: OverviewStep): string {
  const { days, rest } = splitDays(period, step);
  const ofDays = `${of}.step = 'day' AND ${within(params, `${of}.at`, days)}`;
  const ofHours = rest.map((span) => `${of}.step = 'hour' AND ${within(params, `${of}.at`, span)}`);
  return `(${[ofDays, ...ofHours].join(' OR ')})`;
}
