import { describe, expect, it } from 'vitest';
import { beginOf, dayIn, daysSaid, isZone, rankedDays } from './zone-days.ts';

describe('days in a time zone', () => {
  it('begin at its midnight, also where clocks are changed', () => {
    expect(beginOf('2026-10-25', 'Europe/Paris').toISOString()).toBe('2026-10-24T22:00:00.000Z');
    expect(beginOf('2026-10-26', 'Europe/Paris').toISOString()).toBe('2026-10-25T23:00:00.000Z');
    expect(beginOf('2026-03-29', 'Europe/Paris').toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(beginOf('2026-12-01', 'Asia/Kolkata').toISOString()).toBe('2026-11-30T18:30:00.000Z');
    expect(beginOf('2026-12-01', 'America/New_York').toISOString()).toBe('2026-12-01T05:00:00.000Z');
    expect(dayIn('Pacific/Auckland', Date.parse('2026-11-30T12:00:00Z'))).toBe('2026-12-01');
    expect([isZone('Europe/Paris'), isZone('Paris')]).toEqual([true, false]);
  });

  it('are today where an address says no day', () => {
    const today = '2026-11-30';
    expect(daysSaid({ from: '2026-11-01' }, today)).toEqual({ from: '2026-11-01', to: today });
    expect(daysSaid({ from: 'abc', to: '2026-13-01' }, today)).toEqual({ from: today, to: today });
  });

  it('make up the month to date, the one before, and a week', () => {
    expect(rankedDays('month', '2026-03-15')).toEqual({ from: '2026-03-01', to: '2026-03-15' });
    expect(rankedDays('last', '2026-03-15')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
    expect(rankedDays('week', '2026-03-03')).toEqual({ from: '2026-02-25', to: '2026-03-03' });
  });
});
