import { type OfferChange, type OfferCreation, type Refusal, refuse, wireDate } from '@opentopup/contract';
import { newId } from '../../database/ids.ts';
import { isStorable } from '../../values/instants.ts';
import { amountOf, minorOf } from '../../values/money.ts';
import type { OfferDetail } from './offer-details.query.ts';
import type { NewOffer } from './offers.store.ts';

/** What the operator may change of an offer, as it is kept. */
export type OfferFields = Pick<OfferDetail, 'name' | 'resell_value_minor' | 'tags' | 'expires_at' | 'stopped'>;

const invalid = (field: string, detail: string): Refusal => refuse('invalid_body_field', { field, detail });

/** Returns what is given of an offer's fields as they are kept, or every reason why they cannot be. */
export function keptFields(given: OfferChange, currency: string): Partial<OfferFields> | Refusal[] {
  const { name, resell_value, tags, expiration_date, status } = given;
  const resell_value_minor = resell_value === undefined ? undefined : minorOf(resell_value, currency);
  const expires_at = typeof expiration_date === 'string' ? new Date(expiration_date) : expiration_date;
  // A leap second is well-formed, but JavaScript knows none.
  const isInstant = !expires_at || isStorable(expires_at);
  if (resell_value_minor === null || !isInstant) {
    return [
      ...(resell_value_minor === null ? [invalid('resell_value', `it is not exact in ${currency}`)] : []),
      ...(isInstant ? [] : [invalid('expiration_date', 'an instant from 1970 to 9999 is needed')]),
    ];
  }
  return {
    ...(name !== undefined && { name }),
    ...(resell_value_minor !== undefined && { resell_value_minor }),
    ...(tags !== undefined && { tags }),
    ...(expires_at !== undefined && { expires_at }),
    ...(status !== undefined && { stopped: null }),
  };
}

/** Presents the same fields as the API names them. */
export function wireFields(kept: Partial<OfferFields>, currency: string): Record<string, unknown> {
  const { resell_value_minor, expires_at, stopped, ...rest } = kept;
  return {
    ...rest,
    ...(resell_value_minor !== undefined && { resell_value: amountOf(resell_value_minor, currency) }),
    ...(expires_at !== undefined && { expiration_date: expires_at && wireDate(expires_at) }),
    ...(stopped !== undefined && { status: stopped ?? 'available' }),
  };
}

/**
 * Returns an offer as it is kept, or every reason why it cannot be.
 * @param distributors the ids that there are
 * @param currencies those of the products that there are, by their ids
 */
export function checkOffer(
  creation: OfferCreation,
  distributors: ReadonlySet<string>,
  currencies: ReadonlyMap<string, string>,
): NewOffer | Refusal[] {
  const distributor_id = creation.distributor_id.toLowerCase();
  const product_id = creation.product_id.toLowerCase();
  const currency = currencies.get(product_id);
  const fields = currency === undefined ? [] : keptFields(creation, currency);
  const refusals = [
    ...(distributors.has(distributor_id) ? [] : [invalid('distributor_id', 'there is no such distributor')]),
    ...(currency === undefined ? [invalid('product_id', 'there is no such product')] : []),
    ...(Array.isArray(fields) ? fields : []),
  ];
  if (refusals.length > 0) return refusals;
  return {
    id: creation.id?.toLowerCase() ?? newId(),
    distributor_id,
    product_id,
    ...({ tags: [], expires_at: null, ...fields } as Omit<OfferFields, 'stopped'>),
  };
}
