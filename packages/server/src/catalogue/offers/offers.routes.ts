import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS, WIRE_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { answerRefusal } from '../../http/answers.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { customiseOffer } from './customise-offer.ts';
import { findOfferDetail, listOfferDetails, type OfferDetail } from './offer-details.query.ts';
import { findOffer, listOfferVersions } from './offers.query.ts';
import { changeOffer, createOffer } from './offers.ts';
import { wireOffer, wireOfferDetail, wirePriceVersion } from './offers.wire.ts';
import { readOffers } from './read-offers.ts';

/** Serves what a distributor may sell. */
export async function offerRoutes(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.getDistributorOfferList, async ({ query }, request) => {
    const offers = await readOffers(ctx, (catalogue) => catalogue.offers(distributorOf(request), query));
    return offers.map((offer) => wireOffer(offer, ctx.now()));
  });

  serve(app, WIRE_OPERATIONS.getDistributorOffer, async ({ params }, request) => {
    const [offer] = await readOffers(ctx, async (catalogue) => {
      const found = await catalogue.offer(distributorOf(request), params.id);
      return found ? [found] : [];
    });
    return offer ? wireOffer(offer, ctx.now()) : fail('not_found', { detail: `offer ${params.id} not found` });
  });

  serve(app, WIRE_OPERATIONS.changeDistributorOfferEditableParameters, async ({ params, body }, request, reply) => {
    const distributor_id = distributorOf(request);
    const customisation = { distributor_id, offer_id: params.id, change: body, actor: actorOf(request) };
    const offer = await customiseOffer(ctx, customisation);
    return 'reason' in offer ? answerRefusal(request, reply, offer) : wireOffer(offer, ctx.now());
  });
}

/** Serves what an offer of a distributor has cost. */
export async function priceRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listOfferPrices, async ({ params, query }, request) => {
    const offer = await findOffer(db, distributorOf(request), params.id);
    if (!offer) fail('not_found', { detail: `offer ${params.id} not found` });
    const versions = await listOfferVersions(db, offer.distributor_id, offer.id, query);
    return versions.map((version) => wirePriceVersion(version, offer.product.currency));
  });
}

/** Serves what distributors may sell, and at which price, for the operator. */
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
