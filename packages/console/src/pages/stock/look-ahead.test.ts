import type { OfferStock } from '@opentopup/contract';
import { describe, expect, it } from 'vitest';
import { lookAhead, sinceStocked } from './look-ahead.ts';

const DAY_S = 86_400;
const NOW_MS = Date.parse('2026-11-27T12:00:00Z');
const stock = (cover: [number | null, number | null, number | null], change: Partial<OfferStock> = {}): OfferStock => {
  const [low, median, high] = cover;
  const none = { low: null, median: null, high: null };
  return {
    offer_id: '01935a2c-0000-7000-8000-000000000003',
    available: 100,
    held: 0,
    owed: 0,
    parked: 0,
    level: 'ok',
    pace_per_day: 10,
    forecast: { confidence: 'good', days_of_cover: { low, median, high }, empty_at: none },
    refill: { days: 30 },
    history: { step: 'day', points: [{ date: '2026-10-28T12:00:00Z', sold: 0, granted: 0, available: 100 }] },
    ...change,
  };
};
const days = (instants: readonly number[]): number[] => instants.map((at) => Math.round(at - NOW_MS / 1_000) / DAY_S);

it('a history begins when there was something in stock first; one of an empty stock is told whole', () => {
  const point = (date: string, available: number, granted = 0) => ({ date, sold: 0, granted, available });
  const points = [
    point('2026-11-24', 0),
    point('2026-11-25', 5, 5),
    point('2026-11-26', 0, -5),
    point('2026-11-27', 0),
  ];
  expect(sinceStocked({ step: 'day', points }).points).toEqual(points.slice(1));
  const empty = [point('2026-11-24', 0), point('2026-11-25', 0)];
  expect(sinceStocked({ step: 'day', points: empty }).points).toEqual(empty);
});

describe('a stock, looking ahead', () => {
  it('goes from what there is down to nothing, when the forecast says so', () => {
    const ahead = lookAhead(stock([8, 10, 20]), NOW_MS);
    expect(days(ahead?.instants ?? [])).toEqual([0, 8, 10, 20]);
    expect(ahead?.median).toEqual([100, 20, 0, 0].map((units) => expect.closeTo(units)));
    expect(ahead?.fewest).toEqual([100, 0, 0, 0]);
    expect(ahead?.most).toEqual([100, 60, 50, 0]);
    expect(days([ahead?.empty_s ?? 0])).toEqual([10]);
  });

  it('ends as far ahead as the history goes back, and never says empty beyond', () => {
    const ahead = lookAhead(stock([20, 60, null]), NOW_MS);
    expect(days(ahead?.instants ?? [])).toEqual([0, 20, 30]);
    expect(ahead?.median.at(-1)).toBe(50);
    expect(ahead?.most.at(-1)).toBeGreaterThan(90);
    expect(ahead?.empty_s).toBeNull();
  });

  it('is not told where there is no forecast, or nothing left', () => {
    const unknown = { confidence: 'none', because: 'no_sales' } as const;
    const { forecast } = stock([null, null, null]);
    expect(lookAhead(stock([1, 2, 3], { forecast: { ...forecast, ...unknown } }), NOW_MS)).toBeNull();
    expect(lookAhead(stock([0, 0, 0], { available: 0 }), NOW_MS)).toBeNull();
  });
});
