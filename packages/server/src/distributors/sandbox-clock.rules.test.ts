import { expect, it } from 'vitest';
import { realTimeOf } from './sandbox-clock.rules.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 1, hour));
const HOUR_S = 3_600;
/** At three it was put to ten, at five (then twelve) to twenty. */
const MOVES = [
  { at: at(3), ahead_s: 7 * HOUR_S },
  { at: at(5), ahead_s: 15 * HOUR_S },
];

it.each([
  [2, 2],
  [3, 3],
  // It was never seven: it was put from three to ten.
  [7, 3],
  [10, 3],
  [11, 4],
  [15, 5],
  [20, 5],
  [22, 7],
])('a clock that was put forward said %i h when it was %i h', (said, real) => {
  expect(realTimeOf(at(said), MOVES)).toEqual(at(real));
});
