import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { changeOffer } from '../../../flows/change-offer.ts';
import { createOffer } from '../../../flows/create-offer.ts';
import { findOfferDetail, listOfferDetails, type OfferDetail } from '../../../store/queries/operator/offers.ts';
import type { AppOptions } from '../../app-options.ts';
import { actorOf } from '../../auth.ts';
import { fail, orFail } from '../../refusal-error.ts';
import { serve } from '../../serve.ts';
import { wireOfferDetail } from '../../wire-offer-detail.ts';

/** What distributors may sell, and at which price. */
export async function offerDetailRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const onWire = (offer: OfferDetail) => wireOfferDetail(offer, ctx.now());

  serve(app, OPERATOR_OPERATIONS.listOffers, async ({ query: { distributor, ...page } }) =>
    (await listOfferDetails(db, page, distributor ?? null)).map(onWire),
  );

  serve(app, OPERATOR_OPERATIONS.createOffer, async ({ body }, request, reply) =>
    reply.code(201).send(onWire(orFail(await createOffer(ctx, body, actorOf(request))))),
  );

  serve(app, OPERATOR_OPERATIONS.getOffer, async ({ params }) => {
    const offer = await findOfferDetail(db, params.id);
    return offer ? onWire(offer) : fail('not_found', { detail: `offer ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.changeOffer, async ({ params, body }, request) =>
    onWire(orFail(await changeOffer(ctx, params.id, body, actorOf(request)))),
  );
}
