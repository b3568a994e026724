import type { Balances } from '@opentopup/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMovement } from '../ledger/balances.rules.ts';
import { decide, type Status, type Verdict } from './resolve.rules.ts';

const OUTCOMES = ['ok', 'ko', 'unknown'] as const;
/** What is said of the only attempt of an order. */
const verdicts = fc.array(fc.constantFrom<Verdict>(...OUTCOMES.map((outcome) => ({ outcome, attempt: 1 }))));

describe('a transaction', () => {
  it('is settled at most once, by the first proof, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(verdicts, (heard) => {
        let status: Status = 'pending';
        const effects: string[] = [];
        for (const verdict of heard) {
          const decision = decide({ status, attempt: 1 }, verdict);
          if (decision.effect !== 'none') effects.push(decision.effect);
          if (status !== 'pending') expect(decision.next).toBe(status);
          status = decision.next;
        }
        const proof = heard.find(({ outcome }) => outcome !== 'unknown');
        expect(status).toBe(proof?.outcome ?? 'pending');
        expect(effects).toEqual(proof ? [proof.outcome === 'ok' ? 'sell' : 'release'] : []);
      }),
    );
  });

  it('keeps its unit held until there is proof, then moves it once', () => {
    const held: Balances = { granted: 1, available: 0, held: 1, sold: 0 };
    fc.assert(
      fc.property(verdicts, (heard) => {
        let status: Status = 'pending';
        let balances = held;
        for (const verdict of heard) {
          const { next, effect } = decide({ status, attempt: 1 }, verdict);
          if (effect !== 'none') balances = applyMovement(balances, { kind: effect, units: 1 }) as Balances;
          status = next;
        }
        const where = { pending: 'held', ok: 'sold', ko: 'available', expired: 'available' } as const;
        expect(balances).toEqual({ granted: 1, available: 0, held: 0, sold: 0, [where[status]]: 1 });
      }),
    );
  });

  it.each<[Status, Verdict['outcome'], boolean]>([
    ['ok', 'ko', true],
    ['ko', 'ok', true],
    ['expired', 'ok', true],
    ['expired', 'ko', false],
    ['ok', 'ok', false],
    ['ko', 'ko', false],
    ['ok', 'unknown', false],
    ['pending', 'ko', false],
  ])('that is %s and hears %s: somebody must look: %s', (status, outcome, contradiction) => {
    expect(decide({ status, attempt: 1 }, { outcome, attempt: 1 }).contradiction).toBe(contradiction);
  });

  it.each<[Status, number, Verdict['outcome'], number, Status, boolean]>([
    // That it has failed was proven before another one was made.
    ['pending', 2, 'ko', 1, 'pending', false],
    ['pending', 2, 'ko', 2, 'ko', false],
    ['pending', 2, 'ok', 2, 'ok', false],
    ['pending', 2, 'ok', 1, 'ok', true],
    ['ok', 2, 'ko', 1, 'ok', false],
    ['ok', 2, 'ok', 1, 'ok', true],
    ['ok', 1, 'ok', 2, 'ok', true],
    ['ok', 2, 'ko', 2, 'ok', true],
    ['ko', 2, 'ok', 1, 'ko', true],
    ['ko', 2, 'ko', 1, 'ko', false],
  ])('that is %s in attempt %i and hears %s of attempt %i is %s; somebody must look: %s', (...row) => {
    const [status, attempt, outcome, of, next, contradiction] = row;
    expect(decide({ status, attempt }, { outcome, attempt: of })).toMatchObject({ next, contradiction });
  });
});
