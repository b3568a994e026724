import { expect, it } from 'vitest';
import { added, NO_FIGURES, previousOf, secondsWithin, stepsOf, wholeHours } from './overview.ts';

const period = (from: string, before: string) => ({ from: new Date(from), before: new Date(before) });

it('a day that is not over is compared with the same hours of the day before', () => {
  const today = wholeHours(period('2026-11-24T00:00:00Z', '2026-11-24T10:20:00Z'));
  expect(today.before).toEqual(new Date('2026-11-24T11:00:00Z'));
  expect(previousOf(today)).toEqual(period('2026-11-23T00:00:00Z', '2026-11-23T11:00:00Z'));
});

it('a week is compared with the same weekdays', () => {
  const week = period('2026-11-18T00:00:00Z', '2026-11-24T11:00:00Z');
  expect(previousOf(week)).toEqual(period('2026-11-11T00:00:00Z', '2026-11-17T11:00:00Z'));
});

it('a period has a step for each hour or day it touches', () => {
  const cut = period('2026-11-22T22:00:00Z', '2026-11-24T01:00:00Z');
  expect(stepsOf(cut, 'day').map((date) => date.toISOString().slice(8, 13))).toEqual(['22T00', '23T00', '24T00']);
  expect(stepsOf(cut, 'hour')).toHaveLength(27);
});

it('what lasts still is counted up to now, and what began before from the period on', () => {
  const day = period('2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z');
  const now = new Date('2026-11-24T02:00:00Z');
  expect(secondsWithin(day, { from: new Date('2026-11-20T00:00:00Z'), before: null }, now)).toBe(7_200);
  expect(secondsWithin(day, period('2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'), now)).toBe(0);
});

it('amounts are added up currency by currency', () => {
  const euros = { ...NO_FIGURES, ok: 1, value: { EUR: 792 } };
  expect(added(added(euros, euros), { ...NO_FIGURES, ok: 1, value: { XOF: 500 } })).toMatchObject({
    ok: 3,
    value: { EUR: 1_584, XOF: 500 },
  });
});
