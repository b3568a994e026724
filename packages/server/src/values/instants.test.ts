import { describe, expect, it } from 'vitest';
import { monthsLater } from './instants.ts';

describe('months later', () => {
  it.each([
    ['2026-01-01T00:00:00Z', 6, '2026-07-01T00:00:00Z'],
    ['2026-08-31T12:00:00Z', 6, '2027-02-28T12:00:00Z'],
    ['2027-08-31T12:00:00Z', 6, '2028-02-29T12:00:00Z'],
    ['2026-11-30T23:59:59Z', 1, '2026-12-30T23:59:59Z'],
  ])('than %s by %i is %s', (from, months, to) => {
    expect(monthsLater(new Date(from), months)).toEqual(new Date(to));
  });
});
