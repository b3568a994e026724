import type { Obstacle } from '@opentopup/contract';
import { inCurrency, type KnownRates } from '../exchange.rules.ts';
import type { Candidate, RouteRow } from './route.query.ts';

/** What says what a product delivers, and to whom. */
type Delivered = Pick<Candidate, 'product' | 'supplier'>;

/** What all products of a route have in common, as the API names it. */
const SAME: Readonly<Record<string, (of: Delivered) => unknown>> = {
  type: ({ product }) => product.type,
  transaction_type: ({ product }) => product.transaction_type,
  line_kind: ({ product }) => product.line_kind,
  currency: ({ product }) => product.currency,
  // What the line gets.
  denomination: ({ product: { denomination_minor, denomination_currency, bonus_value_minor, currency } }) =>
    denomination_minor === null ? `${bonus_value_minor} ${currency}` : `${denomination_minor} ${denomination_currency}`,
  coverage_zone: ({ product }) => product.coverage_zone.toSorted().join(),
  // Of which country a number has to be.
  country: ({ product, supplier }) =>
    product.line_kind === 'msisdn' ? (product.line_country ?? supplier.country) : null,
};

/** Returns in what a product delivers something else than another; null where both deliver the same. */
export const misfit = (one: Delivered, other: Delivered): string | null =>
  Object.keys(SAME).find((name) => SAME[name]?.(one) !== SAME[name]?.(other)) ?? null;

/** Tells what speaks against a cost. @param brings what the offer brings, in the same currency */
export function costObstacle(cost: number | null, brings: number, sellBelowCost: boolean): Obstacle | null {
  if (sellBelowCost) return null;
  if (cost === null) return 'cost_unknown';
  return cost > brings ? 'below_cost' : null;
}

/** What of an offer decides which products of its route may deliver it. */
export interface OfferOfRoute {
  product_id: string;
  /** What it brings, in the main unit of its currency. */
  brings: number;
}

/** Gives what a product of a route costs, in the currency of the offer; null where that is not known. */
export const costIn = (
  { cost, cost_currency }: Pick<Candidate, 'cost' | 'cost_currency'>,
  currency: string,
  rates: KnownRates,
  now: Date,
): number | null =>
  cost === null || cost_currency === null ? null : inCurrency(cost, cost_currency, currency, rates, now);

/** Tells what of the catalogue speaks against a product of a route. @param cost in the currency of the offer */
export function catalogueObstacle(
  { product_id, brings }: OfferOfRoute,
  { candidates, sell_below_cost }: Pick<RouteRow, 'candidates' | 'sell_below_cost'>,
  candidate: Candidate,
  cost: number | null,
): Obstacle | null {
  const { product, supplier, is_withdrawn } = candidate;
  if (product.status !== 'available' || supplier.status !== 'approved' || is_withdrawn) return 'not_sold';
  const own = candidates.find((each) => each.product.id === product_id);
  if (!own || misfit(own, candidate) !== null) return 'does_not_fit';
  return costObstacle(cost, brings, sell_below_cost);
}
