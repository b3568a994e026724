import type { Balances } from '@opentopup/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMovement, type BalanceChange, EMPTY, fromMovements } from './balances.rules.ts';

const movement: fc.Arbitrary<BalanceChange> = fc.record({
  kind: fc.constantFrom('grant', 'adjust', 'hold', 'release', 'sell', 'return', 'late_delivery'),
  units: fc.oneof(fc.integer({ min: -5, max: 20 }), fc.constantFrom(0.5, Number.NaN, Number.MAX_SAFE_INTEGER)),
});

describe('a bucket', () => {
  it('is never below zero, and granted is always available, held and sold together', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 60 }), (movements) => {
        let balances: Balances = EMPTY;
        const booked: BalanceChange[] = [];
        for (const each of movements) {
          const next = applyMovement(balances, each);
          if (next) booked.push(each);
          balances = next ?? balances;
          expect(Math.min(...Object.values(balances))).toBeGreaterThanOrEqual(0);
          expect(balances.granted).toBe(balances.available + balances.held + balances.sold);
        }
        expect(fromMovements(booked)).toEqual(balances);
      }),
    );
  });

  it('gives each held unit back or sells it', () => {
    const movements: BalanceChange[] = [
      { kind: 'grant', units: 3 },
      { kind: 'hold', units: 1 },
      { kind: 'sell', units: 1 },
      { kind: 'hold', units: 1 },
      { kind: 'release', units: 1 },
    ];
    expect(fromMovements(movements)).toEqual({ granted: 3, available: 2, held: 0, sold: 1 });
  });

  it('takes a unit back from what was sold, and sells one that was given back', () => {
    const sold: BalanceChange[] = [
      { kind: 'grant', units: 2 },
      { kind: 'hold', units: 1 },
      { kind: 'sell', units: 1 },
    ];
    expect(fromMovements([...sold, { kind: 'return', units: 1 }])).toEqual({
      granted: 2,
      available: 2,
      held: 0,
      sold: 0,
    });
    expect(fromMovements([...sold, { kind: 'late_delivery', units: 1 }])).toEqual({
      granted: 2,
      available: 0,
      held: 0,
      sold: 2,
    });
  });

  it.each<[string, BalanceChange]>([
    ['hold more than is available', { kind: 'hold', units: 4 }],
    ['sell what is not held', { kind: 'sell', units: 1 }],
    ['give back what is not held', { kind: 'release', units: 1 }],
    ['take back what is not sold', { kind: 'return', units: 1 }],
    ['sell late more than is available', { kind: 'late_delivery', units: 4 }],
    ['take away more than is available', { kind: 'adjust', units: -4 }],
    ['be granted nothing', { kind: 'grant', units: 0 }],
    ['be granted part of a unit', { kind: 'grant', units: 0.5 }],
  ])('cannot %s', (_, impossible) => {
    expect(applyMovement({ granted: 3, available: 3, held: 0, sold: 0 }, impossible)).toBeNull();
  });
});
