import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, ratiosOf, summaryOf } from './ratio.ts';

describe('the median', () => {
  it('is the middle one of an odd number, and the mean of the two middle ones of an even number', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
  });

  it('has as many values above as below, whatever their order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), (values) => {
        const m = median(values);
        expect(values.filter((v) => v > m).length).toBe(values.filter((v) => v < m).length);
      }),
    );
  });

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow('nothing');
  });
});

describe('a ratio', () => {
  it('is taken pair by pair, so that a slow moment of the machine is not in it', () => {
    const pairs = [
      [1000, 100],
      [100, 10],
      [660, 60],
    ] as const;
    expect(summaryOf(ratiosOf(pairs))).toEqual({ median: 10, spread: [10, 11] });
  });

  it('to a side that did nothing is refused', () => {
    expect(() => ratiosOf([[5, 0]])).toThrow('did nothing');
  });
});
