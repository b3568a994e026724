import { expect, it } from 'vitest';
import { periodOf, startOf } from './periods.ts';

it('a period begins with its day, the Monday of its week, or the first of its month', () => {
  const sunday = new Date('2026-11-29T23:30:00Z');
  expect([startOf('today', sunday), startOf('week', sunday), startOf('month', sunday)]).toEqual([
    '2026-11-29',
    '2026-11-23',
    '2026-11-01',
  ]);
  expect(startOf('week', new Date('2026-11-30T00:00:00Z'))).toBe('2026-11-30');
});

it('filters name a period where they begin with it and do not end', () => {
  const now = new Date('2026-11-29T12:00:00Z');
  expect(periodOf({ startDate: '2026-11-23' }, now)).toBe('week');
  expect(periodOf({ startDate: '2026-11-23', endDate: '2026-11-24' }, now)).toBe('');
  expect(periodOf({ startDate: '2026-11-22' }, now)).toBe('');
  expect(periodOf({}, now)).toBe('');
});
