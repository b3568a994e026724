import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SalesHistory } from './demand.rules.ts';
import { forecast, refillFor } from './forecast.rules.ts';

const DAY_HOURS = 24;
const NOW = new Date('2026-11-25T00:00:00Z');

/** A history up to now, of so many whole days. */
function history(
  days: number,
  unitsIn: (hour: number) => number,
  openIn: (hour: number) => number = () => 1,
): SalesHistory {
  const hours = Array.from({ length: days * DAY_HOURS }, (_, hour) => hour);
  const from = new Date(NOW.getTime() - hours.length * 3_600_000);
  return { from, units: hours.map(unitsIn), open: hours.map(openIn) };
}

/** Two units each hour of the daytime, none at night. */
const daytime = (hour: number): number => (hour % DAY_HOURS >= 12 ? 2 : 0);

describe('a forecast', () => {
  it('of steady sales says when the stock is empty, to the hour of the day', () => {
    const { pace, days_of_cover, confidence } = forecast(history(56, daytime), 60, NOW);
    expect(pace).toBeCloseTo(24, 0);
    // Two whole days, and the first half of the daytime of the third.
    expect(days_of_cover.median).toBeCloseTo(2.75, 1);
    expect(confidence).toEqual({ level: 'good', because: null });
  });

  it('knows that a quiet weekend takes longer', () => {
    // 25 November 2026 is a Wednesday: the history begins on one too.
    const workdays = history(56, (hour) => ([3, 4].includes(Math.floor(hour / DAY_HOURS) % 7) ? 0 : 2));
    expect(forecast(workdays, 2 * 48, NOW).days_of_cover.median).toBeCloseTo(2, 0);
    expect(forecast(workdays, 6 * 48, NOW).days_of_cover.median).toBeGreaterThan(7.2);
  });

  it('counts with the recent pace, not with that of long ago', () => {
    const slower = history(56, (hour) => (hour < 28 * DAY_HOURS ? 8 : 2));
    expect(forecast(slower, 480, NOW).days_of_cover.median).toBeGreaterThan(8);
  });

  it('takes hours without stock for no sign of demand', () => {
    const isOut = (hour: number): boolean => Math.floor(hour / DAY_HOURS) % 2 === 1;
    const halfOut = history(
      56,
      (hour) => (isOut(hour) ? 0 : 2),
      (hour) => (isOut(hour) ? 0 : 1),
    );
    expect(forecast(halfOut, 48, NOW).pace).toBeCloseTo(48, 0);
  });

  it.each([
    ['no_history', 'none', history(0, () => 1)],
    ['no_sales', 'none', history(56, () => 0)],
    ['short_history', 'low', history(5, daytime)],
    ['few_sales', 'low', history(56, (hour) => (hour % 200 === 0 ? 1 : 0))],
    ['irregular', 'low', history(56, (hour) => (hour % 331 === 0 ? 40 : 0))],
  ] as const)('says how far it can be relied on: %s', (because, level, of) => {
    const { confidence, days_of_cover } = forecast(of, 20, NOW);
    expect(confidence).toEqual({ level, because });
    expect(days_of_cover.median === null).toBe(level === 'none');
  });

  it('says nothing of what lies further ahead than a year', () => {
    expect(forecast(history(56, daytime), 1_000_000, NOW).days_of_cover).toEqual({
      low: null,
      median: null,
      high: null,
    });
  });

  it('of an empty stock is that it is empty now, whatever was sold', () => {
    for (const of of [history(0, () => 1), history(56, daytime)]) {
      expect(forecast(of, 0, NOW).days_of_cover).toEqual({ low: 0, median: 0, high: 0 });
    }
  });

  it('of the units for some days is that of the days for as many units', () => {
    const { unitsFor } = forecast(history(56, daytime), 1, NOW);
    expect(unitsFor(3)).toBeCloseTo(72, -1);
    expect(forecast(history(56, daytime), unitsFor(9), NOW).days_of_cover.median).toBeCloseTo(9, 1);
  });

  it('has its range in order, and more stock lasts no shorter, whatever was sold', () => {
    const histories = fc
      .array(fc.tuple(fc.nat({ max: 50 }), fc.constantFrom(0, 0.5, 1)), { maxLength: 30 * DAY_HOURS })
      .map(
        (hours): SalesHistory => ({
          from: new Date(NOW.getTime() - hours.length * 3_600_000),
          units: hours.map(([units, open]) => (open === 0 ? 0 : units)),
          open: hours.map(([, open]) => open),
        }),
      );
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 500 }),
        (of, stock, more) => {
          const ends = ({ low, median, high }: { low: number | null; median: number | null; high: number | null }) =>
            [low, median, high].map((days) => days ?? Number.POSITIVE_INFINITY);
          const few = ends(forecast(of, stock, NOW).days_of_cover);
          const many = ends(forecast(of, stock + more, NOW).days_of_cover);
          expect(few).toEqual(few.toSorted((a, b) => a - b));
          for (const [i, days] of few.entries()) expect(many[i]).toBeGreaterThanOrEqual(days);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a suggested refill', () => {
  const sold = forecast(history(56, daytime), 60, NOW);
  it('is what a stock is short of lasting so many days, with what is owed', () => {
    expect(refillFor(sold, { available: 60, owed: 0 }, 10)).toBeCloseTo(240 - 60, -1);
    expect(refillFor(sold, { available: 60, owed: 5 }, 10)).toBe(
      (refillFor(sold, { available: 60, owed: 0 }, 10) ?? 0) + 5,
    );
    expect(refillFor(sold, { available: 1_000, owed: 0 }, 10)).toBe(0);
  });
  it('is none where nothing is known of its sales', () => {
    expect(
      refillFor(
        forecast(
          history(56, () => 0),
          60,
          NOW,
        ),
        { available: 60, owed: 0 },
        10,
      ),
    ).toBeNull();
  });
});
