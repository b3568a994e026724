import { expect, it } from 'vitest';
import { BEYOND, boundOf, latencyOf, UNANSWERED } from './latency.rules.ts';

const counted = (times_ms: readonly number[]) =>
  [...Map.groupBy(times_ms, boundOf)].map(([up_to_ms, { length }]) => ({ up_to_ms, answers: length }));

it('the median and the 95th percentile are told to about a fifth, from counts alone', () => {
  const times = Array.from({ length: 1_000 }, (_, i) => 100 + i);
  const { answers, median_ms, p95_ms } = latencyOf(counted(times));
  expect(answers).toBe(1_000);
  expect(Math.abs((median_ms ?? 0) / 600 - 1)).toBeLessThan(0.1);
  expect(Math.abs((p95_ms ?? 0) / 1_050 - 1)).toBeLessThan(0.2);
});

it('calls without an answer are counted, and make no answer look slower', () => {
  const counts = [...counted([10, 10, 10]), { up_to_ms: UNANSWERED, answers: 7 }];
  expect(latencyOf(counts)).toMatchObject({ answers: 3, unanswered: 7 });
  expect(latencyOf(counts).p95_ms).toBeLessThanOrEqual(10);
});

it('what takes longer than anything that is told apart is said to take at least that', () => {
  expect(boundOf(45_000)).toBe(BEYOND);
  expect(latencyOf(counted([45_000, 45_000])).median_ms).toBe(30_000);
});

it('without answers there is nothing to tell', () => {
  expect(latencyOf([])).toEqual({ answers: 0, unanswered: 0, median_ms: null, p95_ms: null });
});
