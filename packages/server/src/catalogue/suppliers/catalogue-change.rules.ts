import type { SupplierBalance, SupplierProduct } from '../../connectors/connector.ts';

/** What a supplier tells of a product, and of its money, as it is kept. */
export type ListedProduct = SupplierProduct;
export type ToldBalance = SupplierBalance;

/** Something that a supplier lists. */
export interface Listing {
  supplier_reference: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  /** What it charges for one, in the main unit. */
  cost: number;
  /** True where that is for each main unit of what the line gets. */
  is_range?: boolean;
  /** True where what a product of it would be is told otherwise than before. */
  is_detailed?: boolean;
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

const kindOf = (before: KnownListing, now: Listing): ListingChange['kind'] | null => {
  if (before.is_withdrawn) return 'added';
  if (before.cost !== now.cost || before.currency !== now.currency) return 'price_changed';
  return before.name === now.name && !now.is_detailed ? null : 'noted';
};

/** How many things a supplier listed before, and how many of them it does not list any more. */
export interface Gone {
  sold: number;
  gone: number;
  /** How many were gone at the last reading without being taken for withdrawn. */
  missing: number;
}

/**
 * Tells whether what is gone is withdrawn. More than half of all is taken for a fault of the list, and so is what goes on
 * missing after that, unless somebody says that it is none.
 */
export const takesWithdrawals = ({ sold, gone, missing }: Gone, acceptWithdrawals: boolean): boolean =>
  acceptWithdrawals || !(gone * 2 > sold || (missing > 0 && gone >= missing));

/** One thing as it was known, and as it is listed now; null where it was not, or is not any more. */
export interface ListingPair {
  was: KnownListing | null;
  now: Listing | null;
}

/** Tells what has changed of one thing; null where nothing has. */
export function changeOf(
  { was, now }: ListingPair,
  { isFirst, takes }: { isFirst: boolean; takes: boolean },
): ListingChange | null {
  if (!now) return takes && was && !was.is_withdrawn ? { ...was, kind: 'withdrawn', before: was } : null;
  if (!was) return { ...now, kind: isFirst ? 'noted' : 'added', before: null };
  const kind = kindOf(was, now);
  return kind ? { ...now, kind, before: was } : null;
}

/** What follows for offers where the catalogue of their supplier changes. */
export type CatalogueRule = 'tell' | 'stop' | 'stop_at_loss';

/** Why an offer is not sold; null where it is. */
export type Stopped = 'price_changed' | 'withdrawn' | null;

/**
 * Decides whether an offer is sold after a change of what its supplier lists.
 * @param charged what it costs now, in the currency of the offer; null where that is not known
 */
export function stoppedAfter(
  { kind, before, ...now }: ListingChange,
  rule: CatalogueRule,
  { charged, ...offer }: { stopped: Stopped; resell_value: number; charged: number | null },
): Stopped {
  if (kind === 'withdrawn') return rule === 'tell' ? offer.stopped : (offer.stopped ?? 'withdrawn');
  const stopped = offer.stopped === 'withdrawn' ? null : offer.stopped;
  const isRepriced = before?.cost !== now.cost || before.currency !== now.currency;
  if (rule === 'tell' || !isRepriced) return stopped;
  if (rule === 'stop' && before) return 'price_changed';
  const isLoss = charged === null || charged > offer.resell_value;
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
