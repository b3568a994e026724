import type { ProductType } from '@opentopup/contract';
import type { CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import type { Query } from '../../database/database.ts';
import type { LineKind } from '../../values/line.ts';
import type { CatalogueRule, Stopped } from '../suppliers/catalogue-change.rules.ts';

/** An offer with its product and stock, as a distributor sees it. */
export interface OfferRow {
  id: string;
  distributor_id: string;
  name: string;
  version: number;
  resell_value_minor: number;
  /** Minor units, or percent, as decimal digits. */
  fees: string;
  fees_type: 'percent' | 'value';
  tags: string[];
  /** The distributor's own free data; null until it is set. */
  metadata: string | Record<string, unknown> | null;
  created_at: Date;
  updated_at: Date;
  expires_at: Date | null;
  stopped: Stopped;
  /** What the supplier charges for one, in the main unit; null where that is not known in the product's currency. */
  cost: number | null;
  available: number;
  bucket_updated_at: Date;
  product: {
    id: string;
    name: string;
    type: ProductType;
    status: string;
    supplier_id: string;
    coverage_zone: string[];
    tags: string[];
    currency: string;
    bonus_value_minor: number;
    metadata: Record<string, unknown>;
    transaction_type: string;
    line_kind: LineKind | null;
    supplier_reference: string | null;
    settings: Record<string, unknown>;
    line_country: string | null;
    network_id: string | null;
    network_name: string | null;
    denomination_minor: number | null;
    denomination_currency: string | null;
  };
  supplier: SupplierOfOffer;
}

/** A supplier as its connector needs it. */
export interface SupplierOfOffer {
  id: string;
  name: string;
  country: string;
  connector: string | null;
  status: string;
  settings: Record<string, unknown>;
  /** Sealed. */
  secrets: Record<string, string>;
  /** How long it may take to answer, where that is less than any other may; null: as long as those. */
  deadline_ms: number | null;
  /** Most calls of it that one process has open. */
  max_concurrent: number;
  on_catalogue_change: CatalogueRule;
  /** What becomes of a SIM's serial whose check digit does not agree. */
  sim_check_digit: CheckDigitRule;
}

/** What the supplier of a product `p` charges for one. */
export const COST = `
  (SELECT c.cost::float8 FROM supplier_catalogue c
   WHERE c.supplier_id = p.supplier_id AND c.supplier_reference = p.supplier_reference AND c.currency = p.currency)`;

const OFFERS = `
SELECT o.id, o.distributor_id, o.name, o.version, o.resell_value_minor, trim_scale(o.fees)::text AS fees, o.fees_type, o.tags,
       o.metadata, o.created_at, o.updated_at, o.expires_at, o.stopped, ${COST} AS cost, b.available,
       b.updated_at AS bucket_updated_at, to_jsonb(p) AS product, to_jsonb(s) AS supplier
FROM offers o
JOIN buckets b ON b.distributor_id = o.distributor_id AND b.offer_id = o.id
JOIN products p ON p.id = o.product_id
JOIN suppliers s ON s.id = p.supplier_id
WHERE o.distributor_id = $1`;

/** Finds one offer of a distributor; null when it has no such offer. */
export async function findOffer(on: Query, distributorId: string, offerId: string): Promise<OfferRow | null> {
  const [row] = await on.query<OfferRow>(`${OFFERS} AND o.id = $2`, [distributorId, offerId]);
  return row ?? null;
}

/** Lists a page of a distributor's offers, in the order they were made. */
export function listOffers(
  on: Query,
  distributorId: string,
  page: { offset: number; limit: number },
): Promise<OfferRow[]> {
  return on.query<OfferRow>(`${OFFERS} ORDER BY o.id LIMIT $2 OFFSET $3`, [distributorId, page.limit, page.offset]);
}

/** Units in stock of an offer; 0 where there is no such offer. */
export async function readAvailable(on: Query, distributorId: string, offerId: string): Promise<number> {
  const [row] = await on.query<{ available: number }>(
    'SELECT available FROM buckets WHERE distributor_id = $1 AND offer_id = $2',
    [distributorId, offerId],
  );
  return row?.available ?? 0;
}

/** What an offer was called and cost from some moment on. */
export interface OfferVersionRow {
  version: number;
  since: Date;
  name: string;
  resell_value_minor: number;
  /** Minor units, or percent, as decimal digits. */
  fees: string;
  fees_type: 'percent' | 'value';
}

/** Lists a page of what an offer has been called and has cost, newest first. */
export function listOfferVersions(
  on: Query,
  distributorId: string,
  offerId: string,
  page: { offset: number; limit: number },
): Promise<OfferVersionRow[]> {
  return on.query<OfferVersionRow>(
    `SELECT version, since, name, resell_value_minor, trim_scale(fees)::text AS fees, fees_type
     FROM offer_versions WHERE distributor_id = $1 AND offer_id = $2
     ORDER BY version DESC LIMIT $3 OFFSET $4`,
    [distributorId, offerId, page.limit, page.offset],
  );
}
