import { SUPPLIER_REASONS } from '@opentopup/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inCurrency } from '../catalogue/exchange.rules.ts';
import { costObstacle } from '../catalogue/offers/route.rules.ts';
import { chooseNext, hasTime, mayGoOn } from './plan.rules.ts';

const choice = (name: string, cost: number | null = null, weight = 1) => ({ name, cost, weight });

describe('what is tried next', () => {
  it('by order is the first', () => {
    expect(chooseNext('order', [choice('dear', 9), choice('cheap', 1)], 0.99)?.name).toBe('dear');
  });

  it('by cost is what costs least; of two that cost the same, the first; what is not known comes last', () => {
    const choices = [choice('unknown'), choice('one', 5), choice('other', 5), choice('dear', 9)];
    expect(chooseNext('cheapest', choices, 0)?.name).toBe('one');
    expect(chooseNext('cheapest', [choice('unknown'), choice('dear', 9)], 0)?.name).toBe('dear');
    expect(chooseNext('cheapest', [choice('unknown'), choice('too')], 0)?.name).toBe('unknown');
  });

  it('by weight comes as often as its weight says', () => {
    const choices = [choice('often', null, 7), choice('seldom', null, 1), choice('at times', null, 2)];
    const drawn = Array.from({ length: 1_000 }, (_, i) => chooseNext('weight', choices, (i + 0.5) / 1_000)?.name);
    const times = (name: string): number => drawn.filter((each) => each === name).length;
    expect([times('often'), times('seldom'), times('at times')]).toEqual([700, 100, 200]);
  });

  it('is always one of what may be tried, and nothing where there is none', () => {
    const strategies = fc.constantFrom('order', 'weight', 'cheapest');
    const cost = fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }));
    const choices = fc.array(fc.record({ cost, weight: fc.integer({ min: 1, max: 1_000 }) }));
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(strategies, choices, random, (strategy, all, at) => {
        const next = chooseNext(strategy, all, at);
        if (all.length === 0) expect(next).toBeUndefined();
        else expect(all).toContain(next);
      }),
    );
  });
});

describe('the guard against a loss', () => {
  it.each([
    [7, 8, false, null],
    [8, 8, false, null],
    [8.01, 8, false, 'below_cost'],
    [null, 8, false, 'cost_unknown'],
    [9, 8, true, null],
    [null, 8, true, null],
  ] as const)('says of what costs %s and brings %s, where losses are allowed (%s): %s', (...row) => {
    const [cost, brings, sellBelowCost, obstacle] = row;
    expect(costObstacle(cost, brings, sellBelowCost)).toBe(obstacle);
  });

  const NOW = new Date('2026-11-24T10:00:00Z');
  const rate = (euros: number, days: number) => ({ euros, changed_at: new Date(NOW.getTime() - days * 86_400_000) });
  it.each([
    ['USD', 'EUR', 9],
    ['EUR', 'USD', 11.11],
    ['EUR', 'EUR', 10],
    ['XAF', 'EUR', null],
    ['EUR', 'TND', null],
  ])('compares 10 %s in %s as %s: rates that are old or missing say nothing', (from, to, expected) => {
    const rates = new Map([
      ['EUR', rate(1, 1)],
      ['USD', rate(0.9, 6.9)],
      ['TND', rate(0.3, 7.1)],
    ]);
    const cost = inCurrency(10, from, to, rates, NOW);
    expect(cost === null ? null : Number(cost.toFixed(2))).toBe(expected);
  });
});

describe('another attempt', () => {
  it('follows only what has proven that nothing was delivered, and is not about the line', () => {
    const goOn = SUPPLIER_REASONS.filter((reason) => mayGoOn({ outcome: 'ko', reason }));
    expect(goOn).toEqual(['supplier_unavailable', 'supplier_out_of_stock', 'supplier_refused']);
    expect([mayGoOn({ outcome: 'ok' }), mayGoOn({ outcome: 'unknown' })]).toEqual([false, false]);
  });

  it('needs a second that is left of the deadline', () => {
    expect([hasTime(0, 1_000), hasTime(1, 1_000), hasTime(2_000, 1_000)]).toEqual([true, false, false]);
  });
});
