import { type OfferCreation, type Refusal, refuse } from '@opentopup/contract';
import { type AuditNote, noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import { knownDistributors } from '../../distributors/distributor-details.query.ts';
import { currenciesOf } from '../products/products.query.ts';
import { checkOffer } from './check-offer.ts';
import { findOfferDetail, type OfferDetail } from './offer-details.query.ts';
import { addOffer, type NewOffer } from './offers.store.ts';

/** Offers a product to a distributor. Its bucket is empty until the first grant. */
export function createOffer(ctx: Context, creation: OfferCreation, actor: string): Promise<OfferDetail | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const distributors = await knownDistributors(tx, [creation.distributor_id]);
    const offer = checkOffer(creation, distributors, await currenciesOf(tx, [creation.product_id]));
    if (Array.isArray(offer)) return offer[0] as Refusal;
    if (!(await addOffer(tx, offer))) return refuse('id_taken', { field: 'id' });
    await noteChange(tx, offerCreated(offer, creation, actor, ctx.now()));
    return (await findOfferDetail(tx, offer.id)) as OfferDetail;
  });
}

/** A new offer for the audit trail, as it was given. */
export function offerCreated(
  { id: subject, distributor_id }: NewOffer,
  creation: OfferCreation,
  actor: string,
  at: Date,
): AuditNote {
  const { id: _, ...after } = creation;
  return { at, actor, action: 'offer.created', subject, distributor_id, details: { after } };
}
