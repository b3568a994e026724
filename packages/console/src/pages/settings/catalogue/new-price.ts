import type { OperatorOffer } from '@opentopup/contract';

/** How prices are changed together: by hundredths, by an amount, to hundredths above the cost, or to one price. */
export const PRICE_RULES = ['percent', 'amount', 'overCost', 'price'] as const;
export type PriceRule = (typeof PRICE_RULES)[number];

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/**
 * Gives what an offer would be sold for by a rule, exact to the minor unit; null where that is no price, or its cost is
 * needed and not known. What is to lie above the cost is rounded up, so that it does.
 */
export function newPrice(
  { resell_value, cost, currency }: Pick<OperatorOffer, 'resell_value' | 'cost' | 'currency'>,
  rule: PriceRule,
  value: number,
): number | null {
  if (rule === 'overCost' && cost === undefined) return null;
  const wanted = {
    percent: () => resell_value * (1 + value / 100),
    amount: () => resell_value + value,
    overCost: () => (cost ?? 0) * (1 + value / 100),
    price: () => value,
  }[rule]();
  const minor = 10 ** digitsOf(currency);
  // Without what only the binary fraction adds.
  const units = Number((wanted * minor).toFixed(6));
  const price = (rule === 'overCost' ? Math.ceil(units) : Math.round(units)) / minor;
  return Number.isFinite(price) && price >= 0 ? price : null;
}

/** What is left of a price above the cost, as a part of the price; null where the cost is not known. */
export const marginOf = (price: number, cost: number | undefined): number | null =>
  cost === undefined || price === 0 ? null : (price - cost) / price;
