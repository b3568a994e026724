import type { RouteStrategy } from '@opentopup/contract';
import { CHARGED } from '../catalogue/offers/offers.query.ts';
import type { Db, Param, Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';

/** How the attempts of an hour went that delivered an offer, at one of its versions, by one product. */
export interface TriedRow {
  hour: Date;
  offer_id: string;
  offer_version: number;
  product_id: string;
  /** Of what was charged for those that delivered; null where that is not known, and for the others. */
  currency: string | null;
  /** How many were the first of their order. */
  orders: number;
  tried: number;
  ok: number;
  /** Refused so that no other was tried. */
  ko: number;
  pending: number;
  cost: number;
  /** How many have taken how long, of those that were answered in time. */
  timed: number;
  took_ms: number;
}

/** Whose sales, of which time. */
export interface ReplayedSales {
  world: 'live' | 'sandbox';
  distributor_id: string | null;
  from: Date;
  before: Date;
}

/**
 * Adds up the attempts of a time, hour by hour, as the sales stand now: one that was reversed has come to nothing, and its money
 * back; how long it took to answer stays. What a supplier has not told of its charge is what its catalogue said when the
 * order was made. An end that came later than a call may take came from elsewhere: it let no other attempt follow.
 * @param goesOn reasons after which another product may be tried
 */
export function readTried(
  db: Db,
  { world, distributor_id, from, before }: ReplayedSales,
  goesOn: readonly string[],
  deadline_ms: number,
): Promise<TriedRow[]> {
  const params: Param[] = [world, distributor_id, firstIdAt(from), firstIdAt(before), goesOn, deadline_ms];
  const sql = `
    WITH sale AS (
      SELECT t.distributor_id, t.id, t.offer_id, t.offer_version, t.created_at, o.product_id AS own, r.status, r.reason,
             coalesce(r.attempt, 1) AS ended_in, r.cost, r.cost_currency,
             CASE WHEN r.reason = 'reversed' THEN (r.change->'resolved'->>'at')::timestamptz ELSE r.at END AS at
      FROM distributors d
      JOIN transactions t ON t.distributor_id = d.id AND t.id >= $3 AND t.id < $4
      JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
      LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
      WHERE d.world = $1 AND ($2::uuid IS NULL OR d.id = $2::uuid)
    ), attempt AS (
      SELECT s.*, coalesce(a.number, 1) AS number, coalesce(a.product_id, s.own) AS product_id,
             coalesce(a.begun_at, s.created_at) AS begun_at, a.ended_at,
             s.status IS NOT NULL AND s.ended_in = coalesce(a.number, 1) AS is_end
      FROM sale s
      LEFT JOIN delivery_attempts a
        ON a.distributor_id = s.distributor_id AND a.transaction_id = s.id AND a.product_id IS NOT NULL
      WHERE a.number IS NULL OR s.status IS NULL OR a.number <= s.ended_in
    ), timed AS (
      SELECT a.*, extract(epoch FROM CASE WHEN is_end THEN at ELSE ended_at END - begun_at) * 1000 AS took_ms FROM attempt a
    ), judged AS (
      SELECT t.*,
             CASE WHEN is_end AND status = 'ok' THEN 'ok'
                  WHEN is_end AND (status <> 'ko' OR reason <> ALL($5::text[]) OR took_ms > $6::int) THEN 'ko'
                  WHEN is_end OR ended_at IS NOT NULL THEN 'next' ELSE 'pending' END AS result
      FROM timed t
    ), priced AS (
      SELECT j.*, CASE WHEN result = 'ok' THEN coalesce(j.cost::float8, v.cost) END AS charged,
             CASE WHEN result = 'ok' THEN CASE WHEN j.cost IS NULL THEN v.currency ELSE j.cost_currency END END AS currency
      FROM judged j JOIN products p ON p.id = j.product_id
      LEFT JOIN LATERAL (
        SELECT ${CHARGED} AS cost, c.currency FROM supplier_price_versions c
        WHERE j.cost IS NULL AND j.result = 'ok' AND c.supplier_id = p.supplier_id
          AND c.supplier_reference = p.supplier_reference AND c.since <= j.created_at
        ORDER BY c.since DESC LIMIT 1) v ON true
    )
    SELECT date_trunc('hour', created_at, 'UTC') AS hour, offer_id, offer_version, product_id,
           CASE WHEN charged IS NOT NULL THEN currency END AS currency,
           count(*) FILTER (WHERE number = 1) AS orders, count(*) AS tried,
           count(*) FILTER (WHERE result = 'ok') AS ok, count(*) FILTER (WHERE result = 'ko') AS ko,
           count(*) FILTER (WHERE result = 'pending') AS pending, coalesce(sum(charged), 0)::float8 AS cost,
           count(*) FILTER (WHERE took_ms <= $6::int) AS timed,
           coalesce(sum(took_ms) FILTER (WHERE took_ms <= $6::int), 0)::float8 AS took_ms
    FROM priced GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`;
  return db.transaction((tx) => tx.query<TriedRow>(sql, params), { isLong: true });
}

/** A version of an offer, as it was sold. */
export interface SoldVersion {
  offer_id: string;
  version: number;
  route_id: string | null;
  resell_value_minor: number;
}

/** Finds versions of offers, by an offer and one of its versions each. */
export function findVersions(on: Query, keys: readonly (readonly [string, number])[]): Promise<SoldVersion[]> {
  return on.query<SoldVersion>(
    `SELECT v.offer_id, v.version, v.route_id, v.resell_value_minor
     FROM unnest($1::uuid[], $2::int[]) AS k(offer_id, version)
     JOIN offers o ON o.id = k.offer_id
     JOIN offer_versions v ON v.distributor_id = o.distributor_id AND v.offer_id = o.id AND v.version = k.version`,
    [keys.map(([id]) => id), keys.map(([, version]) => version)],
  );
}

/** An offer whose sales are replayed. */
export interface ReplayedOffer {
  id: string;
  name: string;
  distributor_id: string;
  distributor_name: string;
  product_id: string;
  currency: string;
}

/** Finds offers with their distributors. */
export function findReplayedOffers(on: Query, ids: readonly string[]): Promise<ReplayedOffer[]> {
  return on.query<ReplayedOffer>(
    `SELECT o.id, o.name, d.id AS distributor_id, d.name AS distributor_name, o.product_id, p.currency
     FROM offers o JOIN distributors d ON d.id = o.distributor_id JOIN products p ON p.id = o.product_id
     WHERE o.id = ANY($1::uuid[])`,
    [ids],
  );
}

/** A route as it is tried: its products in their order. */
export interface RouteTried {
  strategy: RouteStrategy;
  sell_below_cost: boolean;
  products: { product_id: string; weight: number }[];
}

/** Finds routes that offers have had. */
export function findRoutes(on: Query, ids: readonly string[]): Promise<(RouteTried & { id: string })[]> {
  return on.query<RouteTried & { id: string }>(
    `SELECT r.id, r.strategy, r.sell_below_cost,
            jsonb_agg(jsonb_build_object('product_id', e.product_id, 'weight', e.weight) ORDER BY e.place) AS products
     FROM routes r JOIN route_products e ON e.distributor_id = r.distributor_id AND e.route_id = r.id
     WHERE r.id = ANY($1::uuid[]) GROUP BY r.id, r.strategy, r.sell_below_cost`,
    [ids],
  );
}

/** The supplier of a product. */
export interface SupplierOfProduct {
  product_id: string;
  supplier_id: string;
  supplier_name: string;
}

/** Finds whose products these are. */
export function findSuppliersOf(on: Query, productIds: readonly string[]): Promise<SupplierOfProduct[]> {
  return on.query<SupplierOfProduct>(
    `SELECT p.id AS product_id, s.id AS supplier_id, s.name AS supplier_name
     FROM products p JOIN suppliers s ON s.id = p.supplier_id WHERE p.id = ANY($1::uuid[])`,
    [productIds],
  );
}

/** What a product has cost from an instant on, in the main unit; null where it was not sold. */
export interface CostVersion {
  product_id: string;
  since: Date;
  cost: number | null;
  currency: string;
}

/** Lists what products have cost from one instant to another, the oldest first, which counted when the first came. */
export function listPrices(on: Query, productIds: readonly string[], from: Date, before: Date): Promise<CostVersion[]> {
  return on.query<CostVersion>(
    `SELECT p.id AS product_id, c.since, c.currency, CASE WHEN NOT c.is_withdrawn THEN ${CHARGED} END AS cost
     FROM products p
     JOIN supplier_price_versions c ON c.supplier_id = p.supplier_id AND c.supplier_reference = p.supplier_reference
     WHERE p.id = ANY($1::uuid[]) AND c.since < $3 AND c.since >= coalesce((
       SELECT max(e.since) FROM supplier_price_versions e
       WHERE e.supplier_id = c.supplier_id AND e.supplier_reference = c.supplier_reference AND e.since <= $2), '-infinity')
     ORDER BY c.since`,
    [productIds, from, before],
  );
}

/** What a unit of a currency was worth in euros from an instant on. */
export interface RateVersion {
  currency: string;
  since: Date;
  euros: number;
}

/** Lists what currencies were worth from one instant to another, the oldest first. */
export function listRates(on: Query, from: Date, before: Date): Promise<RateVersion[]> {
  return on.query<RateVersion>(
    `SELECT currency, since, round(1 / per_euro, 12)::float8 AS euros FROM exchange_rate_versions
     WHERE since >= $1 AND since < $2 ORDER BY since`,
    [from, before],
  );
}
