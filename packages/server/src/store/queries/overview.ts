import type { Reason } from '@opentopup/contract';
import type { LatencyCount } from '../../domain/latency.ts';
import type { Figures, OverviewStep, Period } from '../../domain/overview.ts';
import type { Param, Query } from '../db.ts';

/** Whose sales: one distributor's, or those of all in a world. */
export type Whose = { distributor_id: string } | { world: 'live' | 'sandbox' };

/** What is asked for: a period, and the one it is compared with. */
export interface OverviewAsked {
  whose: Whose;
  period: Period;
  previous: Period;
  step: OverviewStep;
}

/** Figures of what the rollups tell apart, with one currency each. */
type Counted = Omit<Figures, 'refused' | 'value'> & { value_minor: number; currency: string };

export interface OfferFigures extends Counted {
  offer_id: string;
  /** False: of the period before. */
  is_now: boolean;
}

export interface StepFigures extends Counted {
  at: Date;
}

export interface RefusalFigures {
  /** Null where all are added up that differ in it, or it is not known. */
  reason: Reason | null;
  offer_id: string | null;
  at: Date | null;
  kind: 'reason' | 'offer' | 'step';
  is_now: boolean;
  took_unit: boolean;
  orders: number;
}

export interface SupplierLatency extends LatencyCount {
  supplier_id: string;
  supplier_name: string;
}

export interface StockOutTime {
  offer_id: string;
  distributor_id: string;
  from: Date;
  before: Date | null;
}

export interface OverviewNames {
  offer_id: string;
  offer_name: string;
  distributor_id: string;
  distributor_name: string;
  supplier_id: string;
  supplier_name: string;
  currency: string;
  resell_value_minor: number;
}

/** The distributors `d` that are asked about. */
function distributors(whose: Whose, params: Param[]): string {
  return 'distributor_id' in whose
    ? `d.id = $${params.push(whose.distributor_id)}`
    : `d.world = $${params.push(whose.world)}`;
}

/** Hours of both periods, and to which one belongs. */
function hours({ period, previous }: OverviewAsked, params: Param[], hour: string): { within: string; isNow: string } {
  const [from, before, was, until] = [period.from, period.before, previous.from, previous.before].map(
    (date) => `$${params.push(date)}`,
  );
  const within = `(${hour} >= ${from} AND ${hour} < ${before} OR ${hour} >= ${was} AND ${hour} < ${until})
                  AND ${hour} >= ${was} AND ${hour} < ${before}`;
  return { within, isNow: `(${hour} >= ${from})` };
}

/**
 * The orders of each offer, found by the key of the rollup, with the price that counted last in each hour. Only where the
 * offer was changed since that hour is an older version looked up.
 */
const SALES = `
  FROM distributors d
  JOIN offers o ON o.distributor_id = d.id
  JOIN products p ON p.id = o.product_id
  CROSS JOIN LATERAL (
    SELECT s.*, CASE WHEN o.updated_at <= s.hour + interval '1 hour' THEN o.resell_value_minor ELSE coalesce(
      (SELECT v.resell_value_minor FROM offer_versions v
       WHERE v.distributor_id = o.distributor_id AND v.offer_id = o.id AND v.since < s.hour + interval '1 hour'
       ORDER BY v.version DESC LIMIT 1),
      (SELECT v.resell_value_minor FROM offer_versions v
       WHERE v.distributor_id = o.distributor_id AND v.offer_id = o.id ORDER BY v.version LIMIT 1)) END AS price_minor
    FROM sales_hourly s
    WHERE s.distributor_id = o.distributor_id AND s.offer_id = o.id AND WITHIN
  ) s`;
const SUMS = `sum(s.created)::bigint AS orders, sum(s.ok)::bigint AS ok, sum(s.ko)::bigint AS ko,
  sum(s.expired)::bigint AS expired, sum(s.ok * s.price_minor)::bigint AS value_minor`;

/** How the orders of each offer fared, in both periods. */
export function readOfferFigures(on: Query, asked: OverviewAsked): Promise<OfferFigures[]> {
  const params: Param[] = [];
  const { within, isNow } = hours(asked, params, 's.hour');
  return on.query<OfferFigures>(
    `SELECT o.id AS offer_id, p.currency, ${isNow} AS is_now, ${SUMS} ${SALES.replace('WITHIN', within)}
     WHERE ${distributors(asked.whose, params)} GROUP BY o.id, p.currency, is_now`,
    params,
  );
}

/** How orders fared step by step. */
export function readStepFigures(on: Query, { whose, period, step }: OverviewAsked): Promise<StepFigures[]> {
  const params: Param[] = [period.from, period.before, step];
  const within = 's.hour >= $1 AND s.hour < $2';
  return on.query<StepFigures>(
    `SELECT date_trunc($3, s.hour, 'UTC') AS at, p.currency, ${SUMS} ${SALES.replace('WITHIN', within)}
     WHERE ${distributors(whose, params)} GROUP BY at, p.currency`,
    params,
  );
}

/** What came to nothing: by reason, by offer with its reason, and step by step. */
export function readRefusals(on: Query, asked: OverviewAsked): Promise<RefusalFigures[]> {
  const params: Param[] = [];
  const { within, isNow } = hours(asked, params, 'r.hour');
  return on.query<RefusalFigures>(
    `SELECT reason, offer_id, at, is_now, took_unit, sum(orders)::bigint AS orders,
            CASE WHEN GROUPING(at) = 0 THEN 'step' WHEN GROUPING(offer_id) = 0 THEN 'offer' ELSE 'reason' END AS kind
     FROM (SELECT r.reason, r.offer_id, r.took_unit, r.orders, ${isNow} AS is_now,
                  date_trunc($${params.push(asked.step)}, r.hour, 'UTC') AS at
           FROM distributors d JOIN refusals_hourly r ON r.distributor_id = d.id AND ${within}
           WHERE ${distributors(asked.whose, params)}) r
     GROUP BY GROUPING SETS ((took_unit, is_now, reason), (took_unit, is_now, reason, offer_id), (took_unit, is_now, at))`,
    params,
  );
}

/** How long suppliers took to answer. */
export function readLatency(on: Query, { whose, period }: OverviewAsked): Promise<SupplierLatency[]> {
  const params: Param[] = [period.from, period.before];
  return on.query<SupplierLatency>(
    `SELECT a.supplier_id, s.name AS supplier_name, a.up_to_ms, sum(a.answers)::bigint AS answers
     FROM distributors d JOIN supplier_answers_hourly a ON a.distributor_id = d.id AND a.hour >= $1 AND a.hour < $2
     JOIN suppliers s ON s.id = a.supplier_id
     WHERE ${distributors(whose, params)} GROUP BY a.supplier_id, s.name, a.up_to_ms`,
    params,
  );
}

/** When stocks were empty within the period, newest first. */
export function readStockOuts(on: Query, { whose, period }: OverviewAsked): Promise<StockOutTime[]> {
  const params: Param[] = [period.from, period.before];
  return on.query<StockOutTime>(
    `SELECT o.offer_id, o.distributor_id, o.began_at AS from, o.ended_at AS before
     FROM distributors d JOIN stock_outs o ON o.distributor_id = d.id AND o.began_at < $2
       AND (o.ended_at > $1 OR o.ended_at IS NULL)
     WHERE ${distributors(whose, params)} ORDER BY o.began_at DESC`,
    params,
  );
}

/** What offers are called, whose they are, and what they cost now. */
export function readNames(on: Query, offerIds: readonly string[]): Promise<OverviewNames[]> {
  return on.query<OverviewNames>(
    `SELECT o.id AS offer_id, o.name AS offer_name, d.id AS distributor_id, d.name AS distributor_name,
            s.id AS supplier_id, s.name AS supplier_name, p.currency, o.resell_value_minor
     FROM offers o JOIN distributors d ON d.id = o.distributor_id JOIN products p ON p.id = o.product_id
     JOIN suppliers s ON s.id = p.supplier_id WHERE o.id = ANY ($1::uuid[])`,
    [offerIds],
  );
}
