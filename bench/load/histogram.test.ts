import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';

const of = (latencies: readonly number[]): Histogram => {
  const histogram = new Histogram();
  for (const ms of latencies) histogram.record(ms);
  return histogram;
};

describe('the histogram of latencies', () => {
  it('tells each quantile to 1 %, as the sorted list does', () => {
    const latencies = fc.array(fc.double({ min: 0.01, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(latencies, fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1), (values, share) => {
        const sorted = values.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(values.length * share)) - 1] as number;
        const told = of(values).quantile(share);
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(0.0006 + exact * 0.01);
      }),
    );
  });

  it('tells the rare long one from the many short ones', () => {
    const histogram = of([...Array.from({ length: 985 }, () => 2), ...Array.from({ length: 15 }, () => 400)]);
    expect(histogram.quantile(0.5)).toBeCloseTo(2, 1);
    expect(histogram.quantile(0.98)).toBeCloseTo(2, 1);
    expect(histogram.quantile(0.99)).toBeGreaterThan(395);
    expect(histogram.total).toBe(1_000);
  });

  it('of nothing has no quantile', () => {
    expect(() => of([]).quantile(0.5)).toThrow('nothing');
  });
});
