import type { Candidate } from '../catalogue/offers/route.query.ts';

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
