import { type OfferRoute, wireDate } from '@opentopup/contract';
import type { RouteRow } from '../catalogue/offers/route.query.ts';
import type { Standing } from './candidates.ts';

/** Presents a route as it goes on the wire. */
export function wireRoute(route: RouteRow, standings: readonly Standing[]): OfferRoute {
  const { id, offer_id, strategy, sell_below_cost, deadline_ms, created_at } = route;
  return {
    id,
    offer_id,
    strategy,
    sell_below_cost,
    ...(deadline_ms !== null && { deadline_ms }),
    products: standings.map(({ candidate, obstacle }) => {
      const { product, supplier, weight, cost, cost_currency } = candidate;
      return {
        product_id: product.id,
        product_name: product.name,
        supplier_id: supplier.id,
        supplier_name: supplier.name,
        weight,
        ...(cost !== null && { cost }),
        ...(cost_currency !== null && { cost_currency }),
        ...(obstacle !== null && { obstacle }),
      };
    }),
    creation_date: wireDate(created_at),
  };
}
