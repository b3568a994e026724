import { expect, it } from 'vitest';
import { added, comparedOf, NO_FIGURES, secondsWithin, stepsOf } from './overview.rules.ts';

const period = (from: string, before: string) => ({ from: new Date(from), before: new Date(before) });

it('a day that is not over is compared with the same hours of the day before', () => {
  const now = new Date('2026-11-24T10:20:00Z');
  const today = period('2026-11-24T00:00:00Z', '2026-11-24T10:20:00Z');
  const { compared, previous } = comparedOf(today, now);
  expect(compared).toEqual(period('2026-11-24T00:00:00Z', '2026-11-24T10:00:00Z'));
  expect(previous).toEqual(period('2026-11-23T00:00:00Z', '2026-11-23T10:00:00Z'));
});

it('a week is compared with the same weekdays', () => {
  const week = period('2026-11-18T00:00:00Z', '2026-11-24T11:00:00Z');
  const { previous } = comparedOf(week, week.before);
  expect(previous).toEqual(period('2026-11-11T00:00:00Z', '2026-11-17T11:00:00Z'));
});

it.each([
  ['in its first minutes', '2026-11-24T00:00:00Z', '2026-11-24T00:05:00Z', '2026-11-23T00:00:00Z', 0],
  ['that begins at half past', '2026-11-23T18:30:00Z', '2026-11-24T18:20:00Z', '2026-11-22T18:00:00Z', 24],
  ['that has 25 hours', '2026-10-24T22:00:00Z', '2026-10-25T22:40:00Z', '2026-10-23T22:00:00Z', 24],
])('a day %s is compared with one day before, over as many hours', (_, from, now, earlier, hours) => {
  const { compared, previous } = comparedOf(period(from, now), new Date(now));
  expect(previous.from).toEqual(new Date(earlier));
  for (const { from: first, before } of [compared, previous]) {
    expect((before.getTime() - first.getTime()) / 3_600_000).toBe(hours);
  }
});

it('what is yet to come is not compared', () => {
  const november = period('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z');
  const { compared, previous } = comparedOf(november, new Date('2026-11-24T10:20:00Z'));
  expect(compared.before).toEqual(new Date('2026-11-24T10:00:00Z'));
  expect(previous).toEqual(period('2026-10-02T00:00:00Z', '2026-10-25T10:00:00Z'));
  const december = period('2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z');
  const { compared: nothing } = comparedOf(december, new Date('2026-11-24T10:20:00Z'));
  expect(nothing.before).toEqual(nothing.from);
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
