import { type Refusal, type ReplayCreation, refuse } from '@opentopup/contract';
import { findOfferDetail } from '../catalogue/offers/offer-details.query.ts';
import type { Query } from '../database/database.ts';
import { findProducts } from '../routing/routes.query.ts';
import { checkProducts } from '../routing/set-route.ts';
import { isCurrency } from '../values/money.ts';
import type { ReplayTrial } from './replay-sales.ts';
import type { RouteTried } from './replays.query.ts';

/** Reads what is to be tried; a route is refused that could not be set. */
export async function readTrial(
  on: Query,
  { routes = [], prices = [] }: ReplayCreation,
): Promise<ReplayTrial | Refusal> {
  const tried = new Map<string, RouteTried>();
  for (const { offer_id: named, strategy, sell_below_cost = false, products: listed } of routes) {
    const offer_id = named.toLowerCase();
    const products = listed.map(({ product_id, weight = 1 }) => ({ product_id: product_id.toLowerCase(), weight }));
    const offer = await findOfferDetail(on, offer_id);
    const invalid = (detail: string): Refusal => refuse('invalid_body_field', { field: 'routes', detail });
    if (!offer) return invalid(`offer ${offer_id} not found`);
    if (tried.has(offer_id)) return invalid(`offer ${offer_id} is there twice`);
    const refusal = await checkProducts(on, offer, products);
    if (refusal) return refusal;
    tried.set(offer_id, { strategy, sell_below_cost, products });
  }
  const costs = new Map(
    prices.map(({ product_id, cost, currency }) => [product_id.toLowerCase(), { cost, currency }] as const),
  );
  const known = await findProducts(on, [...costs.keys()]);
  for (const [id, { currency }] of costs) {
    const detail = !known.has(id) ? `there is no product ${id}` : `${currency} is no currency`;
    if (!known.has(id) || !isCurrency(currency)) return refuse('invalid_body_field', { field: 'prices', detail });
  }
  return { routes: tried, prices: costs };
}
