import { type OfferRoute, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { findOfferDetail } from '../catalogue/offers/offer-details.query.ts';
import { findOffer } from '../catalogue/offers/offers.query.ts';
import { findRoute, type RouteRow } from '../catalogue/offers/route.query.ts';
import { findDistributor } from '../distributors/distributors.query.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { readStandings } from './candidates.ts';
import { wireRoute } from './routes.wire.ts';
import { noRoute, removeRoute, setRoute } from './set-route.ts';

/** Serves which products may deliver an offer. */
export async function offerRouteRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const onWire = async (route: RouteRow): Promise<OfferRoute> => {
    const { distributor_id, offer_id } = route;
    const offer = await findOffer(db, distributor_id, offer_id);
    const distributor = await findDistributor(db, distributor_id);
    if (!offer || !distributor) throw new Error('a route is of an offer that is not there');
    return wireRoute(route, await readStandings(ctx, { world: distributor.world, offer, route }));
  };

  serve(app, OPERATOR_OPERATIONS.getOfferRoute, async ({ params }) => {
    const offer = await findOfferDetail(db, params.id);
    if (!offer) fail('not_found', { detail: `offer ${params.id} not found` });
    const { distributor_id, route_id } = offer;
    return onWire(
      route_id === null ? orFail<RouteRow>(noRoute(offer.id)) : await findRoute(db, distributor_id, route_id),
    );
  });

  serve(app, OPERATOR_OPERATIONS.setOfferRoute, async ({ params, body }, request) =>
    onWire(orFail(await setRoute(ctx, params.id, body, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.removeOfferRoute, async ({ params }, request) =>
    onWire(orFail(await removeRoute(ctx, params.id, actorOf(request)))),
  );
}
