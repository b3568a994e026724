/** Something that a supplier lists. */
export interface Listing {
  supplier_reference: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** What it charges for one, in the main unit. */
  cost: number;
}

/** What is known of it from the reading before. */
export interface KnownListing extends Listing {
  is_withdrawn: boolean;
}

/** What has changed of it. `noted`: it was never read before, so nothing can be said of a change. */
export interface ListingChange extends Listing {
  kind: 'price_changed' | 'withdrawn' | 'added' | 'noted';
  before: KnownListing | null;
}

export interface Comparison {
  changes: ListingChange[];
  /** How many are not listed any more, but not taken for withdrawn. */
  missing: number;
}

const kindOf = (before: KnownListing, now: Listing): ListingChange['kind'] | null => {
  if (before.is_withdrawn) return 'added';
  if (before.cost !== now.cost || before.currency !== now.currency) return 'price_changed';
  return before.name === now.name ? null : 'noted';
};

/**
 * Compares what a supplier lists with what it listed before. More than half of it missing is taken for a fault of the
 * list, and so is what goes on missing after that, unless somebody says that it is none.
 * @param last.missing how much was missing so at the last reading
 */
export function compareCatalogue(
  known: readonly KnownListing[],
  listed: ReadonlyMap<string, Listing>,
  last: { isFirst: boolean; missing: number },
  acceptWithdrawals: boolean,
): Comparison {
  const before = new Map(known.map((each) => [each.supplier_reference, each]));
  const there = [...listed.values()].flatMap((now): ListingChange[] => {
    const then = before.get(now.supplier_reference);
    if (!then) return [{ ...now, kind: last.isFirst ? 'noted' : 'added', before: null }];
    const kind = kindOf(then, now);
    return kind ? [{ ...now, kind, before: then }] : [];
  });
  const sold = known.filter((each) => !each.is_withdrawn);
  const gone = sold.filter(({ supplier_reference }) => !listed.has(supplier_reference));
  const isDoubtful = gone.length * 2 > sold.length || (last.missing > 0 && gone.length >= last.missing);
  if (isDoubtful && !acceptWithdrawals) return { changes: there, missing: gone.length };
  return {
    changes: [...there, ...gone.map((each) => ({ ...each, kind: 'withdrawn' as const, before: each }))],
    missing: 0,
  };
}

/** What follows for offers where the catalogue of their supplier changes. */
export type CatalogueRule = 'tell' | 'stop' | 'stop_at_loss';

/** Why an offer is not sold; null where it is. */
export type Stopped = 'price_changed' | 'withdrawn' | null;

/** Decides whether an offer is sold after a change of what its supplier lists. */
export function stoppedAfter(
  { kind, before, ...now }: ListingChange,
  rule: CatalogueRule,
  offer: { stopped: Stopped; resell_value: number; currency: string },
): Stopped {
  if (kind === 'withdrawn') return rule === 'tell' ? offer.stopped : (offer.stopped ?? 'withdrawn');
  const stopped = offer.stopped === 'withdrawn' ? null : offer.stopped;
  const isRepriced = before?.cost !== now.cost || before.currency !== now.currency;
  if (rule === 'tell' || !isRepriced) return stopped;
  if (rule === 'stop' && before) return 'price_changed';
  const isLoss = now.currency !== offer.currency || now.cost > offer.resell_value;
  return isLoss ? 'price_changed' : null;
}

/**
 * Returns the most that a supplier may charge for a sale, where it can be told so: what the rule allows, though never
 * less than what its catalogue says, for the operator lets the offer be sold at that.
 * @returns null for no limit
 */
export function mostCost(rule: CatalogueRule, resell_value: number, cost: number | null): number | null {
  if (rule === 'tell') return null;
  return rule === 'stop' ? (cost ?? resell_value) : Math.max(resell_value, cost ?? 0);
}
