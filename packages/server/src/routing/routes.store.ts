import type { RouteRow } from '../catalogue/offers/route.query.ts';
import type { Query } from '../database/database.ts';

/** A route as it is added. */
export interface NewRoute extends Omit<RouteRow, 'candidates'> {
  /** In their order. */
  products: readonly { product_id: string; weight: number }[];
}

/** Adds a route; no offer has it yet. */
export async function addRoute(tx: Query, route: NewRoute): Promise<void> {
  const { distributor_id, id, products } = route;
  await tx.query(
    `INSERT INTO routes (distributor_id, id, offer_id, strategy, sell_below_cost, deadline_ms, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [distributor_id, id, route.offer_id, route.strategy, route.sell_below_cost, route.deadline_ms, route.created_at],
  );
  await tx.query(
    `INSERT INTO route_products (distributor_id, route_id, place, product_id, weight)
     SELECT $1, $2, place, product_id, weight
     FROM unnest($3::uuid[], $4::int[]) WITH ORDINALITY AS given(product_id, weight, place)`,
    [distributor_id, id, products.map(({ product_id }) => product_id), products.map(({ weight }) => weight)],
  );
}

/** Gives an offer a route, or none, as a new version: earlier sales keep the version before. */
export async function routeOffer(
  tx: Query,
  offer: { distributor_id: string; id: string },
  routeId: string | null,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE offers SET route_id = $3, version = version + 1, updated_at = $4 WHERE distributor_id = $1 AND id = $2`,
    [offer.distributor_id, offer.id, routeId, at],
  );
}
