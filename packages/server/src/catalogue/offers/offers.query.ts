import type { Page, ProductType } from '@opentopup/contract';
import type { CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import type { Query } from '../../database/database.ts';
import { ON_ITS_SHARD } from '../../database/shards.ts';
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
  /** Which products may deliver it; null: its own alone. */
  route_id: string | null;
  /** What the supplier charges for one, in the main unit of a currency; null where that is not known. */
  cost: number | null;
  cost_currency: string | null;
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
  /** When its connector, settings or secrets were changed last; null: never. */
  access_since: string | null;
  /** How long it may take to answer, where that is less than any other may; null: as long as those. */
  deadline_ms: number | null;
  /** Most calls of it that one process has open. */
  max_concurrent: number;
  on_catalogue_change: CatalogueRule;
  /** What becomes of a SIM's serial whose check digit does not agree. */
  sim_check_digit: CheckDigitRule;
}

/** How much a line gets by a product `p` that was chosen with an amount. */
export const AMOUNT_OF = `(p.settings->>'amount')::numeric`;

/** What one of a product `p` is charged by what is listed as `c`; null where that is a range, and no amount was chosen. */
export const CHARGED = `(CASE WHEN c.is_range THEN c.cost * ${AMOUNT_OF} ELSE c.cost END)::float8`;

/** Joins what is listed of a product `p` by its supplier, as `c`. */
export const LISTED =
  'LEFT JOIN supplier_catalogue c ON c.supplier_id = p.supplier_id AND c.supplier_reference = p.supplier_reference';

const OFFERS = `
SELECT o.id, o.distributor_id, o.name, o.version, o.resell_value_minor, trim_scale(o.fees)::text AS fees, o.fees_type, o.tags,
       o.metadata, o.created_at, o.updated_at, o.expires_at, o.stopped, o.route_id,
       ${CHARGED} AS cost, c.currency AS cost_currency, b.available,
       b.updated_at AS bucket_updated_at, to_jsonb(p) AS product, to_jsonb(s) AS supplier
FROM offers o
JOIN buckets b ON b.distributor_id = o.distributor_id AND b.offer_id = o.id
JOIN products p ON p.id = o.product_id
JOIN suppliers s ON s.id = p.supplier_id
${LISTED}
WHERE o.distributor_id = $1`;

/** What a transaction has sold: an offer as it was then, and its product and supplier as they are. */
export interface SoldOffer {
  offer_name: string;
  resell_value_minor: number;
  /** The distributor's fee: minor units, or percent, as decimal digits. */
  fees: string;
  fees_type: 'percent' | 'value';
  product_id: string;
  product_name: string;
  transaction_type: string;
  line_kind: LineKind | null;
  currency: string;
  bonus_value_minor: number;
  /** What the line gets, where that is another currency. */
  denomination_minor: number | null;
  denomination_currency: string | null;
  supplier_id: string;
  supplier_name: string;
  sim_check_digit: CheckDigitRule;
}

/**
 * Finds what was sold by a version of an offer, which must exist.
 * @param productId the product that has delivered it; null: the offer's own
 */
export async function findSoldOffer(
  on: Query,
  distributorId: string,
  offerId: string,
  version: number,
  productId: string | null,
): Promise<SoldOffer> {
  const [row] = await on.query<SoldOffer>(
    `SELECT v.name AS offer_name, v.resell_value_minor, trim_scale(v.fees)::text AS fees, v.fees_type,
            p.id AS product_id, p.name AS product_name, p.transaction_type, p.line_kind, p.currency,
            p.bonus_value_minor, p.denomination_minor, p.denomination_currency, s.id AS supplier_id, s.name AS supplier_name, s.sim_check_digit
     FROM offer_versions v
     JOIN offers o ON o.distributor_id = v.distributor_id AND o.id = v.offer_id
     JOIN products p ON p.id = coalesce($4, o.product_id)
     JOIN suppliers s ON s.id = p.supplier_id
     WHERE v.distributor_id = $1 AND v.offer_id = $2 AND v.version = $3`,
    [distributorId, offerId, version, productId],
  );
  if (!row) throw new Error('a transaction names a version of an offer that does not exist');
  return row;
}

/** Finds one offer of a distributor; null when it has no such offer. */
export async function findOffer(on: Query, distributorId: string, offerId: string): Promise<OfferRow | null> {
  const [row] = await on.query<OfferRow>(`${OFFERS} AND o.id = $2`, [distributorId, offerId]);
  return row ?? null;
}

/** Lists a page of a distributor's offers, in the order they were made. */
export function listOffers(on: Query, distributorId: string, page: Page): Promise<OfferRow[]> {
  return on.query<OfferRow>(`${OFFERS} ORDER BY o.id LIMIT $2 OFFSET $3`, [distributorId, page.limit, page.offset]);
}

/** An offer, by its distributor's id and its own. */
export interface OfferKey {
  distributor_id: string;
  offer_id: string;
}

/** Units in stock of an offer, and of which version the catalogue was then. */
export interface AvailableRow extends Pick<OfferRow, 'available' | 'bucket_updated_at'> {
  /** Orders that wait for a unit: so many of them are not for others. */
  parked: number;
  catalogue_version: number;
}

/** Reads how many units there are of many offers, in their order; null where there is no such offer. */
export async function readAvailable(
  on: Pick<Query, 'query'>,
  keys: readonly OfferKey[],
): Promise<(AvailableRow | null)[]> {
  const rows = await on.query<AvailableRow & { ord: number }>(
    `${ON_ITS_SHARD}SELECT b.available, b.parked, b.updated_at AS bucket_updated_at, asked.ord,
            (SELECT version FROM catalogue_version) AS catalogue_version
     FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS asked(distributor_id, offer_id, ord)
     CROSS JOIN LATERAL (
       SELECT available, parked, updated_at FROM buckets b
       WHERE b.distributor_id = asked.distributor_id AND b.offer_id = asked.offer_id LIMIT 1
     ) b`,
    [keys.map(({ distributor_id }) => distributor_id), keys.map(({ offer_id }) => offer_id)],
  );
  const byKey = new Map(rows.map(({ ord, ...row }) => [ord, row]));
  return keys.map((_, i) => byKey.get(i + 1) ?? null);
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
