import { describe, expect, it } from 'vitest';
import { eventOf, type Level, levelAfter, type ReportedLevel, type Stock } from './levels.rules.ts';

const ALERT = { low_at: 10 };

/** What is told as a stock of 100 units goes through these, in order; `+` is a grant up to so many. */
function told(steps: readonly (number | `+${number}`)[], { low_at }: { low_at: number }): string[] {
  let last = null as ReportedLevel | null;
  let granted = 100;
  let available = 100;
  const events: string[] = [];
  for (const step of steps) {
    const next = Number(step);
    if (typeof step === 'string') granted += next - available;
    available = next;
    const stock: Stock = { available, granted, low_at };
    const before: Level = last?.level ?? 'ok';
    const level = levelAfter(last, stock);
    const event = eventOf(before, level, stock);
    if (event) events.push(event);
    if (level !== before) last = { level, granted };
  }
  return events;
}

describe('a stock with an alert at 10 units', () => {
  it('is low once it has 10 units, and no second time below', () => {
    expect(told([11, 10, 9, 5, 10, 3], ALERT)).toEqual(['stock.low']);
  });
  it('that has none left is depleted, whether it was told to be low before or not', () => {
    expect(told([10, 0], ALERT)).toEqual(['stock.low', 'stock.depleted']);
    expect(told([0], ALERT)).toEqual(['stock.depleted']);
  });
  it('has recovered when a grant brings it above, by however little', () => {
    expect(told([10, '+11', 10], ALERT)).toEqual(['stock.low', 'stock.recovered', 'stock.low']);
  });
  it('has not recovered by a unit that a refused sale gives back', () => {
    expect(told([10, 11, 10, 11, 10], ALERT)).toEqual(['stock.low']);
    expect(told([1, 0, 1, 0, 1, 0], ALERT)).toEqual(['stock.low', 'stock.depleted']);
  });
  it('has recovered when many come back', () => {
    expect(told([10, 0, 12], ALERT)).toEqual(['stock.low', 'stock.depleted', 'stock.recovered']);
  });
  it('that is refilled a little is still low, and may run out again', () => {
    expect(told([0, '+5', 0], ALERT)).toEqual(['stock.depleted', 'stock.depleted']);
  });
});

describe('a stock without an alert', () => {
  it('is depleted once it has none left, and has recovered when it is granted some', () => {
    expect(told([1, 0, '+1', 0], { low_at: 0 })).toEqual(['stock.depleted', 'stock.recovered', 'stock.depleted']);
  });
  it('is not told of its last unit going to and fro', () => {
    expect(told([0, 1, 0, 1], { low_at: 0 })).toEqual(['stock.depleted']);
  });
  it('that never had any has not run out', () => {
    expect(levelAfter(null, { available: 0, granted: 0, low_at: 10 })).toBe('ok');
  });
});

describe('an alert that is taken away', () => {
  it('ends being low without a word, but not being depleted', () => {
    const stock = { available: 5, granted: 100, low_at: 0 };
    expect(levelAfter({ level: 'low', granted: 100 }, stock)).toBe('ok');
    expect(eventOf('low', 'ok', stock)).toBeNull();
    expect(levelAfter({ level: 'depleted', granted: 100 }, { ...stock, available: 0 })).toBe('depleted');
  });
});
