import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CatalogueRule,
  changeOf,
  type KnownListing,
  type Listing,
  type ListingChange,
  mostCost,
  type Stopped,
  stoppedAfter,
  takesWithdrawals,
} from './catalogue-change.rules.ts';

const cents = fc.integer({ min: 0, max: 2_000 }).map((each) => each / 100);
const listing = fc.record<Listing>({
  supplier_reference: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  name: fc.constantFrom('One', 'Two'),
  currency: fc.constantFrom('EUR', 'USD'),
  cost: cents,
});
const catalogue = fc.uniqueArray(listing, { selector: ({ supplier_reference }) => supplier_reference });
const byName = (listings: readonly Listing[]) => new Map(listings.map((each) => [each.supplier_reference, each]));
const kept = (changes: readonly ListingChange[], before: readonly KnownListing[]): KnownListing[] => {
  const known = new Map(before.map((each) => [each.supplier_reference, each]));
  for (const { kind, supplier_reference, name, currency, cost } of changes) {
    known.set(supplier_reference, { supplier_reference, name, currency, cost, is_withdrawn: kind === 'withdrawn' });
  }
  return [...known.values()];
};
/** Compares a whole catalogue with what was known of it. */
function compareCatalogue(
  known: readonly KnownListing[],
  listed: ReadonlyMap<string, Listing>,
  { isFirst, missing }: { isFirst: boolean; missing: number },
  acceptWithdrawals: boolean,
): { changes: ListingChange[]; missing: number } {
  const before = new Map(known.map((each) => [each.supplier_reference, each]));
  const sold = known.filter((each) => !each.is_withdrawn);
  const gone = sold.filter(({ supplier_reference }) => !listed.has(supplier_reference)).length;
  const takes = takesWithdrawals({ sold: sold.length, gone, missing }, acceptWithdrawals);
  const changes = [...new Set([...before.keys(), ...listed.keys()])].flatMap((name) => {
    const pair = { was: before.get(name) ?? null, now: listed.get(name) ?? null };
    return changeOf(pair, { isFirst, takes }) ?? [];
  });
  return { changes, missing: takes ? 0 : gone };
}
const AGAIN = { isFirst: false, missing: 0 };

describe('what has changed of a catalogue', () => {
  it('is found once: the same list again is no news', () => {
    fc.assert(
      fc.property(catalogue, catalogue, fc.boolean(), (before, now, acceptWithdrawals) => {
        const known = kept(compareCatalogue([], byName(before), AGAIN, acceptWithdrawals).changes, []);
        const first = compareCatalogue(known, byName(now), AGAIN, acceptWithdrawals);
        const { missing } = first;
        const second = compareCatalogue(
          kept(first.changes, known),
          byName(now),
          { isFirst: false, missing },
          acceptWithdrawals,
        );
        expect(second).toEqual({ changes: [], missing });
      }),
    );
  });

  it('is never that more than half of it was withdrawn, unless somebody says so', () => {
    fc.assert(
      fc.property(catalogue, catalogue, (before, now) => {
        const known = before.map((each) => ({ ...each, is_withdrawn: false }));
        const lost = before.filter((each) => !byName(now).has(each.supplier_reference)).length;
        const withdrawn = (acceptWithdrawals: boolean): number =>
          compareCatalogue(known, byName(now), AGAIN, acceptWithdrawals).changes.filter(
            ({ kind }) => kind === 'withdrawn',
          ).length;
        expect(withdrawn(false)).toBe(lost * 2 > before.length ? 0 : lost);
        expect(withdrawn(true)).toBe(lost);
      }),
    );
  });

  it('is nothing when it is read for the first time', () => {
    const now: Listing = { supplier_reference: 'a', name: 'One', currency: 'EUR', cost: 5 };
    const kinds = (isFirst: boolean) =>
      compareCatalogue([], byName([now]), { isFirst, missing: 0 }, false).changes.map(({ kind }) => kind);
    expect([kinds(true), kinds(false)]).toEqual([['noted'], ['added']]);
  });
});

describe('an offer after a change', () => {
  const rules = fc.constantFrom<CatalogueRule>('tell', 'stop', 'stop_at_loss');
  const stops = fc.constantFrom<Stopped>(null, 'price_changed', 'withdrawn');

  it('is sold at a loss only where the operator says so, and stopped for its price only by a rule that stops', () => {
    fc.assert(
      fc.property(rules, stops, cents, cents, cents, (rule, stopped, was, cost, resell_value) => {
        fc.pre(was !== cost);
        const now = { supplier_reference: 'a', name: 'One', currency: 'EUR', cost };
        const change: ListingChange = {
          ...now,
          kind: 'price_changed',
          before: { ...now, cost: was, is_withdrawn: false },
        };
        const after = stoppedAfter(change, rule, { stopped, resell_value, charged: cost });
        if (rule === 'tell') expect(after).toBe(stopped === 'withdrawn' ? null : stopped);
        if (rule === 'stop') expect(after).toBe('price_changed');
        if (rule === 'stop_at_loss') expect(after).toBe(cost > resell_value ? 'price_changed' : null);
      }),
    );
  });

  const before: KnownListing = { supplier_reference: 'a', name: 'One', currency: 'EUR', cost: 5, is_withdrawn: false };
  const change = (more: Partial<ListingChange>): ListingChange => ({
    ...before,
    kind: 'price_changed',
    before,
    ...more,
  });

  it.each<[string, ListingChange, CatalogueRule, Stopped, Stopped]>([
    ['in a currency without a rate', change({ currency: 'XAF' }), 'stop_at_loss', null, 'price_changed'],
    ['in a currency without a rate', change({ currency: 'XAF' }), 'tell', null, null],
    ['in another currency', change({ currency: 'USD', cost: 9 }), 'stop_at_loss', null, null],
    ['in another currency, above it', change({ currency: 'USD', cost: 11 }), 'stop_at_loss', null, 'price_changed'],
    ['of its name', change({ kind: 'noted', name: 'Two' }), 'stop', null, null],
    ['of its name, when stopped', change({ kind: 'noted', name: 'Two' }), 'stop', 'price_changed', 'price_changed'],
    ['read for the first time, below its price', change({ kind: 'noted', before: null }), 'stop', null, null],
    ['first read, above it', change({ kind: 'noted', before: null, cost: 9 }), 'stop', null, 'price_changed'],
    ['that withdraws it', change({ kind: 'withdrawn' }), 'stop_at_loss', null, 'withdrawn'],
    ['that withdraws it', change({ kind: 'withdrawn' }), 'tell', null, null],
    ['that withdraws it, when stopped', change({ kind: 'withdrawn' }), 'stop', 'price_changed', 'price_changed'],
    ['that brings it back', change({ kind: 'added' }), 'stop', 'withdrawn', null],
    ['that brings it back, when stopped', change({ kind: 'added' }), 'stop', 'price_changed', 'price_changed'],
    ['that brings it back dearer', change({ kind: 'added', cost: 9 }), 'stop_at_loss', 'withdrawn', 'price_changed'],
  ])('%s is what the rule says', (_, what, rule, stopped, after) => {
    // A dollar is worth 0.8 euros here.
    const rate = { EUR: 1, USD: 0.8 }[what.currency];
    const charged = rate === undefined ? null : what.cost * rate;
    expect(stoppedAfter(what, rule, { stopped, resell_value: 8, charged })).toBe(after);
  });
});

describe('the most that a sale may cost', () => {
  it.each<[CatalogueRule, number | null, number | null]>([
    ['tell', 9, null],
    ['stop', 5, 5],
    ['stop', 9, 9],
    ['stop', null, 8],
    ['stop_at_loss', 5, 8],
    ['stop_at_loss', 9, 9],
    ['stop_at_loss', null, 8],
  ])('under the rule %s, where the catalogue says %s, is %s', (rule, cost, most) => {
    expect(mostCost(rule, 8, cost)).toBe(most);
  });
});
