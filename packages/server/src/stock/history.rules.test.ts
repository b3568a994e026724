import { describe, expect, it } from 'vitest';
import { daily, hourly, salesOf } from './history.rules.ts';

const at = (time: string): Date => new Date(`2026-11-${time}:00Z`);
const NOW = at('25T02:30');
const RECORD = {
  available: 40,
  sales: [
    { hour: at('24T22:00'), units: 5 },
    { hour: at('25T00:00'), units: 10 },
  ],
  bookings: [
    { at: at('24T23:59'), units: 50 },
    { at: at('25T01:15'), units: -2 },
  ],
};

describe('the history of a stock', () => {
  it('is counted back from how it stands now', () => {
    const points = hourly(RECORD, at('24T21:00'), NOW);
    expect(points.map(({ available, sold, granted }) => [available, sold, granted])).toEqual([
      [7, 0, 0],
      [2, 5, 0],
      [52, 0, 50],
      [42, 10, 0],
      [40, 0, -2],
      [40, 0, 0],
    ]);
    expect(points[0]?.date).toEqual(at('24T21:00'));
  });

  it('is told by the day as well', () => {
    expect(daily(hourly(RECORD, at('24T00:00'), NOW))).toEqual([
      { date: at('24T00:00'), sold: 5, granted: 50, available: 52 },
      { date: at('25T00:00'), sold: 10, granted: -2, available: 40 },
    ]);
  });

  it('tells of demand only where there was something to sell, and of the hour under way its part', () => {
    const soldOut = {
      available: 0,
      sales: [{ hour: at('25T00:00'), units: 3 }],
      bookings: [{ at: at('24T23:00'), units: 3 }],
    };
    const { open, units } = salesOf(hourly(soldOut, at('24T22:00'), NOW), NOW);
    expect(units).toEqual([0, 0, 3, 0, 0]);
    expect(open).toEqual([0, 1, 1, 0, 0]);
    expect(salesOf(hourly(RECORD, at('25T02:00'), NOW), NOW).open).toEqual([0.5]);
  });
});
