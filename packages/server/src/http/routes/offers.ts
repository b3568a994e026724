import { WIRE_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { findOffer, listOffers } from '../../store/queries/offers.ts';
import type { AppOptions } from '../app.ts';
import { distributorOf } from '../auth.ts';
import { fail } from '../refusal-error.ts';
import { serve } from '../serve.ts';
import { wireOffer } from '../wire.ts';

/** What a distributor may sell. */
export async function offerRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.getDistributorOfferList, async ({ query }, request) => {
    const offers = await listOffers(db, distributorOf(request), query);
    return offers.map(wireOffer);
  });

  serve(app, WIRE_OPERATIONS.getDistributorOffer, async ({ params }, request) => {
    const offer = await findOffer(db, distributorOf(request), params.id);
    return offer ? wireOffer(offer) : fail('not_found', { detail: `offer ${params.id} not found` });
  });
}
