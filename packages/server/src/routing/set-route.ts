import { type Refusal, type RouteCreation, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import { lockOffers } from '../catalogue/offers/offers.store.ts';
import { tellOffersChanged } from '../catalogue/offers/offers.ts';
import { findRoute, type RouteRow } from '../catalogue/offers/route.query.ts';
import { misfit } from '../catalogue/offers/route.rules.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { findProducts } from './routes.query.ts';
import { addRoute, type NewRoute, routeOffer } from './routes.store.ts';

interface LockedOffer {
  id: string;
  distributor_id: string;
  product_id: string;
  route_id: string | null;
}

const noOffer = (id: string): Refusal => refuse('not_found', { detail: `offer ${id} not found` });

/** Lets several products deliver an offer: that counts for the next sale of every process. */
export function setRoute(
  ctx: Context,
  offerId: string,
  creation: RouteCreation,
  actor: string,
): Promise<RouteRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const [offer] = await lockOffers(tx, [offerId]);
    if (!offer) return noOffer(offerId);
    const products = creation.products.map(({ product_id, weight = 1 }) => ({
      product_id: product_id.toLowerCase(),
      weight,
    }));
    const refusal = await checkProducts(tx, offer, products);
    if (refusal) return refusal;
    const { strategy, sell_below_cost = false, deadline_ms = null } = creation;
    const at = ctx.now();
    const route: NewRoute = {
      id: newId(),
      distributor_id: offer.distributor_id,
      offer_id: offer.id,
      strategy,
      sell_below_cost,
      deadline_ms,
      created_at: at,
      products,
    };
    await addRoute(tx, route);
    await changeRoute(tx, offer, route.id, actor, at);
    return findRoute(tx, offer.distributor_id, route.id);
  });
}

/** Lets its own product alone deliver an offer again; gives the route that it had. */
export function removeRoute(ctx: Context, offerId: string, actor: string): Promise<RouteRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const [offer] = await lockOffers(tx, [offerId]);
    if (!offer) return noOffer(offerId);
    if (offer.route_id === null) return noRoute(offerId);
    const before = await findRoute(tx, offer.distributor_id, offer.route_id);
    await changeRoute(tx, offer, null, actor, ctx.now());
    return before;
  });
}

/** Refuses what needs a route, of an offer that has none. */
export const noRoute = (offerId: string): Refusal => refuse('not_found', { detail: `offer ${offerId} has no route` });

/** Refuses products that do not deliver what the offer sells. */
export async function checkProducts(
  on: Query,
  { id: offer_id, product_id: own }: Pick<LockedOffer, 'id' | 'product_id'>,
  products: NewRoute['products'],
): Promise<Refusal | null> {
  const ids = products.map(({ product_id }) => product_id);
  const invalid = (detail: string): Refusal => refuse('invalid_body_field', { field: 'products', detail });
  if (new Set(ids).size < ids.length) return invalid('a product is there twice');
  if (!ids.includes(own)) return invalid(`the offer's own product is missing: ${own}`);
  const known = await findProducts(on, ids);
  const ownProduct = known.get(own);
  if (!ownProduct) throw new Error('an offer names a product that does not exist');
  for (const product_id of ids) {
    const product = known.get(product_id);
    if (!product) return invalid(`there is no product ${product_id}`);
    const detail = misfit(ownProduct, product);
    if (detail !== null)
      return refuse('product_does_not_fit', { product_id, offer_id, detail: `its ${detail} differs` });
  }
  return null;
}

/** Presents a route as the audit trail keeps it. */
const noted = (route: RouteRow | null) =>
  route && {
    strategy: route.strategy,
    sell_below_cost: route.sell_below_cost,
    deadline_ms: route.deadline_ms,
    products: route.candidates.map(({ product, weight }) => ({ product_id: product.id, weight })),
  };

async function changeRoute(
  tx: Query,
  offer: LockedOffer,
  routeId: string | null,
  actor: string,
  at: Date,
): Promise<void> {
  const { id: subject, distributor_id } = offer;
  const read = async (id: string | null) => id && noted(await findRoute(tx, distributor_id, id));
  await routeOffer(tx, offer, routeId, at);
  await tellOffersChanged(tx, [subject], at);
  const details = { before: { route: await read(offer.route_id) }, after: { route: await read(routeId) } };
  await noteChange(tx, { at, actor, action: 'offer.changed', subject, distributor_id, details });
}
