import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { changeOffer } from './change-offer.ts';
import { createOffer } from './create-offer.ts';
import { findOfferDetail, listOfferDetails, type OfferDetail } from './offer-details.query.ts';
import { wireOfferDetail } from './offer-details.wire.ts';

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
