import type { RouteStrategy } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { CHARGED, LISTED, type OfferRow, type SupplierOfOffer } from './offers.query.ts';

/** A product that may deliver an offer. */
export interface Candidate {
  weight: number;
  product: OfferRow['product'];
  supplier: SupplierOfOffer;
  /** What its supplier charges for one, in the main unit of a currency; null where that is not known. */
  cost: number | null;
  cost_currency: string | null;
  /** Its supplier does not list it any more. */
  is_withdrawn: boolean;
}

/** The products that may deliver an offer, in their order, and how one of them is chosen. */
export interface RouteRow {
  distributor_id: string;
  id: string;
  offer_id: string;
  strategy: RouteStrategy;
  sell_below_cost: boolean;
  deadline_ms: number | null;
  created_at: Date;
  candidates: Candidate[];
}

/** Finds a route of a distributor's offer, which must exist. */
export async function findRoute(on: Query, distributorId: string, id: string): Promise<RouteRow> {
  const [route] = await listRoutes(on, [{ distributor_id: distributorId, route_id: id }]);
  if (!route) throw new Error('an offer names a route that does not exist');
  return route;
}

/** Lists those of these routes that exist. */
export async function listRoutes(
  on: Query,
  keys: readonly { distributor_id: string; route_id: string }[],
): Promise<RouteRow[]> {
  const rows = await on.query<Omit<RouteRow, 'candidates'> & Candidate>(
    `SELECT r.distributor_id, r.id, r.offer_id, r.strategy, r.sell_below_cost, r.deadline_ms, r.created_at,
            each.weight, to_jsonb(p) AS product, to_jsonb(s) AS supplier,
            ${CHARGED} AS cost, c.currency AS cost_currency, c.withdrawn_at IS NOT NULL AS is_withdrawn
     FROM unnest($1::uuid[], $2::uuid[]) AS asked(distributor_id, id)
     JOIN routes r ON r.distributor_id = asked.distributor_id AND r.id = asked.id
     JOIN route_products each ON each.distributor_id = r.distributor_id AND each.route_id = r.id
     JOIN products p ON p.id = each.product_id
     JOIN suppliers s ON s.id = p.supplier_id
     ${LISTED}
     ORDER BY r.distributor_id, r.id, each.place`,
    [keys.map(({ distributor_id }) => distributor_id), keys.map(({ route_id }) => route_id)],
  );
  const routes = new Map<string, RouteRow>();
  for (const { weight, product, supplier, cost, cost_currency, is_withdrawn, ...of } of rows) {
    const route = routes.get(of.id) ?? { ...of, candidates: [] };
    route.candidates.push({ weight, product, supplier, cost, cost_currency, is_withdrawn });
    routes.set(of.id, route);
  }
  return [...routes.values()];
}
