import type { Page } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import type { Stopped } from '../suppliers/catalogue-change.rules.ts';
import { CHARGED, LISTED } from './offers.query.ts';

/** An offer as the operator sees it. */
export interface OfferDetail {
  id: string;
  distributor_id: string;
  product_id: string;
  name: string;
  version: number;
  resell_value_minor: number;
  /** Minor units, or percent, as decimal digits. */
  fees: string;
  fees_type: 'percent' | 'value';
  /** The product's. */
  currency: string;
  tags: string[];
  metadata: string | Record<string, unknown> | null;
  created_at: Date;
  updated_at: Date;
  expires_at: Date | null;
  stopped: Stopped;
  /** Which products may deliver it; null: its own alone. */
  route_id: string | null;
  product_status: string;
  /** What the supplier charges for one, in the main unit of a currency; null where that is not known. */
  cost: number | null;
  cost_currency: string | null;
  granted: number;
  available: number;
  held: number;
  sold: number;
}

export const OFFERS = `
SELECT o.id, o.distributor_id, o.product_id, o.name, o.version, o.resell_value_minor,
       trim_scale(o.fees)::text AS fees, o.fees_type, p.currency, o.tags, o.metadata, o.created_at, o.updated_at,
       o.expires_at, o.stopped, o.route_id, p.status AS product_status, ${CHARGED} AS cost,
       c.currency AS cost_currency, b.granted, b.available, b.held, b.sold
FROM offers o
JOIN products p ON p.id = o.product_id
JOIN buckets b ON b.distributor_id = o.distributor_id AND b.offer_id = o.id
${LISTED}`;

/** Finds one offer of any distributor; null when there is none. */
export async function findOfferDetail(on: Query, id: string): Promise<OfferDetail | null> {
  const [row] = await on.query<OfferDetail>(`${OFFERS} WHERE o.id = $1`, [id]);
  return row ?? null;
}

/** Lists a page of all offers, or of those of a distributor, oldest first. */
export function listOfferDetails(
  on: Query,
  { offset, limit }: Page,
  distributorId: string | null,
): Promise<OfferDetail[]> {
  return on.query(
    `${OFFERS} WHERE $3::uuid IS NULL OR o.distributor_id = $3 ORDER BY o.created_at, o.id LIMIT $1 OFFSET $2`,
    [limit, offset, distributorId],
  );
}

/** Finds those of these products that a distributor is offered. */
export async function offeredProducts(
  on: Query,
  distributorId: string,
  productIds: readonly string[],
): Promise<Set<string>> {
  const rows = await on.query<{ product_id: string }>(
    'SELECT product_id FROM offers WHERE distributor_id = $1 AND product_id = ANY($2::uuid[])',
    [distributorId, productIds],
  );
  return new Set(rows.map(({ product_id }) => product_id));
}
