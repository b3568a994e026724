import { type OfferTerms, wireDate } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { writeEvents } from '../../outbox/outbox.store.ts';
import type { OfferDetail } from './offer-details.query.ts';
import { lockOffers } from './offers.store.ts';
import { wirePrice } from './offers.wire.ts';
import { saleStatus } from './sale-status.rules.ts';

function termsOf(offer: OfferDetail, at: Date): OfferTerms {
  const { id, version, name, currency, tags, expires_at } = offer;
  return {
    offer_id: id,
    version,
    name,
    ...wirePrice(offer, currency),
    currency,
    tags,
    ...(expires_at && { expiration_date: wireDate(expires_at) }),
    status: saleStatus(offer, offer.product_status, at),
  };
}

/** Says that offers were changed, in the database transaction that has changed them. */
export async function tellOffersChanged(tx: Query, ids: readonly string[], at: Date): Promise<void> {
  const offers = await lockOffers(tx, ids);
  await writeEvents(
    tx,
    offers.map((offer) => ({
      distributor_id: offer.distributor_id,
      kind: 'offer.changed',
      subject_id: offer.id,
      at,
      data: termsOf(offer, at),
    })),
  );
}
