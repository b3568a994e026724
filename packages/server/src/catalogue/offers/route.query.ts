import type { RouteStrategy } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { CHARGED, type OfferRow, type SupplierOfOffer } from './offers.query.ts';

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
  const rows = await on.query<Omit<RouteRow, 'candidates'> & Candidate>(
    `SELECT r.distributor_id, r.id, r.offer_id, r.strategy, r.sell_below_cost, r.deadline_ms, r.created_at,
            each.weight, to_jsonb(p) AS product, to_jsonb(s) AS supplier,
            ${CHARGED} AS cost, c.currency AS cost_currency, c.withdrawn_at IS NOT NULL AS is_withdrawn
     FROM routes r
     JOIN route_products each ON each.distributor_id = r.distributor_id AND each.route_id = r.id
     JOIN products p ON p.id = each.product_id
     JOIN suppliers s ON s.id = p.supplier_id
     LEFT JOIN supplier_catalogue c ON c.supplier_id = p.supplier_id AND c.supplier_reference = p.supplier_reference
     WHERE r.distributor_id = $1 AND r.id = $2 ORDER BY each.place`,
    [distributorId, id],
  );
  const [first] = rows;
  if (!first) throw new Error('an offer names a route that does not exist');
  const { distributor_id, offer_id, strategy, sell_below_cost, deadline_ms, created_at } = first;
  const candidates = rows.map(({ weight, product, supplier, cost, cost_currency, is_withdrawn }) => ({
    weight,
    product,
    supplier,
    cost,
    cost_currency,
    is_withdrawn,
  }));
  return { distributor_id, id, offer_id, strategy, sell_below_cost, deadline_ms, created_at, candidates };
}
