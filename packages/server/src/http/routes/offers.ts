import { OfferLight, ROUTES } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { findOffer, listOffers } from '../../store/queries/offers.ts';
import type { AppOptions } from '../app.ts';
import { pageOf, pathId } from '../parameters.ts';
import { fail } from '../refusal-error.ts';
import { wireOffer } from '../wire.ts';

/** `GET /distributors/offers` and one of them. */
export async function offerRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  app.get(ROUTES.offers, { schema: { response: { 200: Type.Array(OfferLight) } } }, async (request) => {
    const offers = await listOffers(db, request.distributorId, pageOf(request.query));
    return offers.map(wireOffer);
  });

  app.get(ROUTES.offer, { schema: { response: { 200: OfferLight } } }, async (request) => {
    const id = pathId(request.params);
    const offer = await findOffer(db, request.distributorId, id);
    return offer ? wireOffer(offer) : fail('not_found', { detail: `offer ${id} not found` });
  });
}
