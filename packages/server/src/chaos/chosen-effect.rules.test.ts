import { expect, it } from 'vitest';
import { chooseEffect } from './chosen-effect.rules.ts';

const AMONG = ['delay', 'cut_after', 'slow'] as const;
const ORDERS = Array.from({ length: 10_000 }, (_, number) => number + 1);
const chosen = (seed: number): (string | null)[] =>
  ORDERS.map((number) => chooseEffect(AMONG, { delay: 10, cut_after: 30 }, { seed, of: 'order', number }));

it('each effect takes its share, and what is not asked for never comes', () => {
  const counts = Map.groupBy(chosen(7), (effect) => effect);
  const share = (effect: string | null): number => (counts.get(effect)?.length ?? 0) / 100;
  expect([share('delay'), share('cut_after'), share('slow')]).toEqual([
    expect.closeTo(10, -0.5),
    expect.closeTo(30, -0.5),
    0,
  ]);
});

it('the same seed gives the same effects again, another one gives others', () => {
  expect(chosen(7)).toEqual(chosen(7));
  expect(chosen(7)).not.toEqual(chosen(8));
});

it('a share of 100 leaves nothing out', () => {
  const all = ORDERS.map((number) => chooseEffect(AMONG, { slow: 100 }, { seed: 1, of: 'event', number }));
  expect(new Set(all)).toEqual(new Set(['slow']));
});
