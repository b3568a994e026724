import { isDeepStrictEqual } from 'node:util';
import { type OfferEditableParameters, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { feeFromWire, feeOn, feeOnWire, PERCENT_PLACES } from '../../values/money.ts';
import { findOffer, type OfferRow } from './offers.query.ts';
import { lockOffer, type OfferTermsRow, renewOffer, setOfferMetadata } from './offers.store.ts';
import { tellOffersChanged } from './offers.ts';

export interface OfferCustomisation {
  distributor_id: string;
  offer_id: string;
  change: OfferEditableParameters;
  /** Who asks for it. */
  actor: string;
}

/**
 * Gives an offer the distributor's own name, fee and metadata. What it costs the distributor stays as it is. Another
 * name or fee is a new version of the offer; a change that changes nothing is none.
 * @returns the offer as it is now, or why nothing was changed
 */
export async function customiseOffer(ctx: Context, request: OfferCustomisation): Promise<OfferRow | Refusal> {
  const { distributor_id, offer_id, change, actor } = request;
  const key = { distributor_id, id: offer_id };
  return ctx.store.db.transaction(async (tx) => {
    await lockOffer(tx, key);
    const offer = await findOffer(tx, distributor_id, offer_id);
    if (!offer) return refuse('not_found', { detail: `offer ${offer_id} not found` });
    const terms = termsAfter(offer, change);
    if ('reason' in terms) return terms;

    const before = { name: offer.name, fees: offer.fees, fees_type: offer.fees_type };
    const renewed = !isDeepStrictEqual(terms, before);
    const described = change.metadata !== undefined && !isDeepStrictEqual(change.metadata, offer.metadata);
    if (!renewed && !described) return offer;

    const at = ctx.now();
    if (renewed) await renewOffer(tx, key, terms, at);
    if (described) await setOfferMetadata(tx, key, change.metadata, at);
    await tellOffersChanged(tx, [offer_id], at);
    // The metadata itself is the distributor's own, and may have to be forgotten one day: it is not kept for good here.
    const details = { ...(renewed && { before, after: terms }), ...(described && { metadata: 'changed' }) };
    await noteChange(tx, { at, actor, action: 'offer.changed', subject: offer_id, distributor_id, details });
    return (await findOffer(tx, distributor_id, offer_id)) as OfferRow;
  });
}

/**
 * Returns the offer's terms after a change, where type and amount of the fee fit together; each may come without the
 * other.
 */
function termsAfter(offer: OfferRow, change: OfferEditableParameters): OfferTermsRow | Refusal {
  const { currency } = offer.product;
  const name = change.name ?? offer.name;
  const fees_type = change.distributor_fees_type ?? offer.fees_type;
  const amount = change.distributor_fees ?? feeOnWire(offer, currency);
  const fees = feeFromWire(amount, fees_type, currency);
  if (fees === null) {
    const detail =
      fees_type === 'percent'
        ? `as a percentage, ${amount} has more than ${PERCENT_PLACES} digits behind the point`
        : `${amount} ${currency} is not exact to the minor unit`;
    return refuse('invalid_body_field', { field: 'distributor_fees', detail });
  }
  const price_minor = offer.resell_value_minor + feeOn(offer.resell_value_minor, { fees, fees_type });
  if (!Number.isSafeInteger(price_minor)) {
    return refuse('invalid_body_field', { field: 'distributor_fees', detail: 'the price would be too large' });
  }
  return { name, fees, fees_type };
}
