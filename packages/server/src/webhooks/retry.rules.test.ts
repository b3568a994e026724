import { describe, expect, it } from 'vitest';
import { nextAttempt, restUntil, retryAfter } from './retry.rules.ts';

const NOW = new Date('2026-11-24T10:00:00Z');
const inSeconds = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);

describe('an event that was not taken', () => {
  it('is sent again after the pauses of the schedule, and given up after the last', () => {
    const next = [1, 2, 3].map((attempts) => nextAttempt(attempts, [5, 300], NOW, 0));
    expect(next).toEqual([inSeconds(5), inSeconds(300), null]);
  });

  it('comes up to a fifth later, by lot', () => {
    expect(nextAttempt(1, [100], NOW, 1)).toEqual(inSeconds(120));
  });
});

it('an endpoint that fails is left alone for longer each time, but never for more than half a minute', () => {
  expect([1, 2, 5, 6, 50].map((failures) => restUntil(failures, NOW, 0))).toEqual(
    [1, 2, 16, 30, 30].map((seconds) => inSeconds(seconds)),
  );
});

it.each([
  ['120', inSeconds(120)],
  [' 7 ', inSeconds(7)],
  ['Tue, 24 Nov 2026 10:01:00 GMT', inSeconds(60)],
  ['9999999', inSeconds(86_400)],
  ['Tue, 24 Nov 2026 09:00:00 GMT', null],
  ['0', null],
  ['-5', null],
  ['soon', null],
  ['', null],
  [undefined, null],
])('Retry-After %j is read as %j', (header, until) => {
  expect(retryAfter(header, NOW)).toEqual(until);
});
