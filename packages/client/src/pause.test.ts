import { describe, expect, it } from 'vitest';
import { backoff_ms, pause, readRetryAfter, share } from './pause.ts';

describe('Retry-After', () => {
  const now_ms = Date.parse('2026-11-24T10:00:00Z');

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 24 Nov 2026 10:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ])('of %s is %s milliseconds', (header, expected) => {
    expect(readRetryAfter(header, now_ms)).toBe(expected);
  });
});

describe('the time before trying again', () => {
  it('grows, has an end, and differs from caller to caller', () => {
    const times = Array.from({ length: 12 }, (_, attempt) => backoff_ms(attempt));
    expect(times[0]).toBeLessThanOrEqual(200);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...times)).toBeLessThanOrEqual(5_000);
    expect(times[11]).toBeGreaterThan(2_000);
    expect(new Set(times).size).toBe(times.length);
  });

  it('is never shorter than the server asks for', () => {
    expect(backoff_ms(0, 7_000)).toBe(7_000);
  });
});

describe('waiting', () => {
  it('ends at once when the caller gives up', async () => {
    const stop = new AbortController();
    const waiting = [pause(60_000, stop.signal), share(new Promise(() => {}), stop.signal)];
    stop.abort('closing time');
    for (const each of waiting) await expect(each).rejects.toMatchObject({ cause: 'closing time', nothingDone: true });
  });

  it('does not begin for a caller that has given up', async () => {
    await expect(pause(60_000, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortedError' });
  });
});
