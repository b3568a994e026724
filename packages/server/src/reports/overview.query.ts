import type { Reason } from '@opentopup/contract';
import type { Param, Query } from '../database/database.ts';
import { ON_ONE_MACHINE } from '../database/shards.ts';
import type { LatencyCount } from './latency.rules.ts';
import type { Figures } from './overview.rules.ts';
import {
  counters,
  distributors,
  type OverviewAsked,
  type OverviewPart,
  partsOf,
  sales,
} from './overview-rows.query.ts';

/** Figures of what the rollups tell apart, with one currency each. */
type Counted = Omit<Figures, 'refused' | 'value'> & { value_minor: number; currency: string };

export interface OfferFigures extends Counted {
  offer_id: string;
  part: OverviewPart;
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
  part: OverviewPart;
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

const SUMS = `sum(s.created)::bigint AS orders, sum(s.ok)::bigint AS ok, sum(s.ko)::bigint AS ko,
  sum(s.expired)::bigint AS expired, sum(s.value_minor)::bigint AS value_minor`;

/** How orders fared: of each offer, part by part, and of all in the period, step by step. */
export interface SalesFigures {
  offers: OfferFigures[];
  steps: StepFigures[];
}

/**
 * Reads how orders fared, of each offer and step by step, in one go over their rows.
 * @param until up to which day all is added up
 */
export async function readSalesFigures(
  on: Pick<Query, 'query'>,
  asked: OverviewAsked,
  until: Date | null,
): Promise<SalesFigures> {
  const params: Param[] = [asked.step];
  const parts = partsOf(asked).map(
    ([part, period]) =>
      `SELECT s.*, '${part}' AS part, ${part === 'previous' ? 'NULL' : `date_trunc($1, s.at, 'UTC')`} AS step
       FROM (${sales(params, asked, period, until)}) s`,
  );
  const rows = await on.query<OfferFigures & { offer_id: string | null; at: Date }>(
    `${ON_ONE_MACHINE}SELECT s.part, s.offer_id, s.step AS at, s.currency, ${SUMS} FROM (${parts.join(' UNION ALL ')}) s
     GROUP BY GROUPING SETS ((s.part, s.offer_id, s.currency), (s.step, s.currency))
     HAVING s.offer_id IS NOT NULL OR s.step IS NOT NULL`,
    params,
  );
  return {
    offers: rows.filter(({ offer_id }) => offer_id !== null),
    steps: rows.filter(({ offer_id }) => offer_id === null),
  };
}

/** Selects, in SQL, what came to nothing: by reason, by offer with its reason, and step by step. */
function refusals(asked: OverviewAsked, params: Param[]): string {
  const who = distributors(asked.whose, params);
  const step = `$${params.push(asked.step)}`;
  const parts = partsOf(asked).map(
    ([part, period]) =>
      `SELECT r.reason, r.offer_id, r.took_unit, r.orders, '${part}' AS part, date_trunc(${step}, r.at, 'UTC') AS at
       FROM distributors d JOIN refusals r ON r.distributor_id = d.id AND ${counters(params, 'r', period, asked.step)}
       WHERE ${who}`,
  );
  return `SELECT reason, offer_id, at, part, took_unit, sum(orders)::bigint AS orders,
            CASE WHEN GROUPING(at) = 0 THEN 'step' WHEN GROUPING(offer_id) = 0 THEN 'offer' ELSE 'reason' END AS kind
     FROM (${parts.join(' UNION ALL ')}) r
     GROUP BY GROUPING SETS ((took_unit, part, reason), (took_unit, part, reason, offer_id), (took_unit, part, at))`;
}

/** What was booked of sales after their end, in one currency. */
export interface ChangeFigures {
  kind: 'reversed' | 'delivered_late';
  currency: string;
  orders: number;
  value_minor: number;
}

/** Selects, in SQL, what was booked in the period of sales after their end, at the prices of these. */
function changes({ whose, period }: OverviewAsked, params: Param[]): string {
  const who = distributors(whose, params);
  const [from, before] = [params.push(period.from), params.push(period.before)];
  const ofKind = (kind: ChangeFigures['kind'], table: string, at: string): string =>
    `SELECT '${kind}' AS kind, p.currency, count(*) AS orders, sum(c.value_minor)::bigint AS value_minor
     FROM distributors d JOIN ${table} c ON c.distributor_id = d.id AND c.${at} >= $${from} AND c.${at} < $${before}
     JOIN offers o ON o.distributor_id = d.id AND o.id = c.offer_id JOIN products p ON p.id = o.product_id
     WHERE ${who} GROUP BY p.currency`;
  return `${ofKind('reversed', 'reversals', 'at')} UNION ALL ${ofKind('delivered_late', 'late_deliveries', 'booked_at')}`;
}

/** Selects, in SQL, how long suppliers took to answer. */
function latencies({ whose, period, step }: OverviewAsked, params: Param[]): string {
  const counted = counters(params, 'a', period, step);
  return `SELECT a.supplier_id, s.name AS supplier_name, a.up_to_ms, sum(a.answers)::bigint AS answers
     FROM distributors d JOIN supplier_answers a ON a.distributor_id = d.id AND ${counted}
     JOIN suppliers s ON s.id = a.supplier_id
     WHERE ${distributors(whose, params)} GROUP BY a.supplier_id, s.name, a.up_to_ms`;
}

/** Selects, in SQL, when stocks were empty within the period, newest first. */
function stockOuts({ whose, period }: OverviewAsked, params: Param[]): string {
  const [from, before] = [params.push(period.from), params.push(period.before)];
  return `SELECT o.offer_id, o.distributor_id, o.began_at AS from, o.ended_at AS before
     FROM distributors d JOIN stock_outs o ON o.distributor_id = d.id AND o.began_at < $${before}
       AND (o.ended_at > $${from} OR o.ended_at IS NULL)
     WHERE ${distributors(whose, params)} ORDER BY o.began_at DESC`;
}

/** What waits for somebody now. */
export interface Waiting {
  parked_orders: number;
  sale_previews: number;
}

/** Selects how many orders wait for units, and how many sales of agents for people; one row. */
function waiting({ whose }: OverviewAsked, params: Param[]): string {
  const who = distributors(whose, params);
  return `SELECT (SELECT coalesce(sum(b.parked), 0) FROM buckets b JOIN distributors d ON d.id = b.distributor_id
                  WHERE b.parked > 0 AND ${who}) AS parked_orders,
                 (SELECT count(*) FROM sale_previews p JOIN distributors d ON d.id = p.distributor_id
                  WHERE p.is_released IS NULL AND p.expires_at > now() AND ${who}) AS sale_previews`;
}

/** What an overview tells beside how orders fared. */
interface BesideSales {
  refusals: RefusalFigures[];
  latencies: SupplierLatency[];
  changes: ChangeFigures[];
  stockOuts: StockOutTime[];
  waiting: Waiting;
}

/** An instant as it comes in JSON. */
type Told<T> = { [Field in keyof T]: T[Field] extends Date | null ? string | Extract<T[Field], null> : T[Field] };

/** Reads what an overview tells beside how orders fared. All are few rows, and cost less together than a round trip each. */
export async function readBesideSales(on: Pick<Query, 'query'>, asked: OverviewAsked): Promise<BesideSales> {
  const params: Param[] = [];
  const parts = { refusals, latencies, changes, stockOuts, waiting };
  const columns = Object.entries(parts).map(
    ([name, select]) => `(SELECT coalesce(json_agg(x), '[]') FROM (${select(asked, params)}) x) AS "${name}"`,
  );
  interface Row extends Pick<BesideSales, 'latencies' | 'changes'> {
    refusals: Told<RefusalFigures>[];
    stockOuts: Told<StockOutTime>[];
    waiting: [Waiting];
  }
  const [row] = await on.query<Row>(`${ON_ONE_MACHINE}SELECT ${columns.join(', ')}`, params);
  if (!row) throw new Error('a statement without a condition has no row');
  return {
    ...row,
    waiting: row.waiting[0],
    refusals: row.refusals.map(({ at, ...each }) => ({ ...each, at: at === null ? null : new Date(at) })),
    stockOuts: row.stockOuts.map(({ from, before, ...each }) => ({
      ...each,
      from: new Date(from),
      before: before === null ? null : new Date(before),
    })),
  };
}

/** Reads what offers are called, whose they are, and what they cost now. */
export function readNames(on: Pick<Query, 'query'>, offerIds: readonly string[]): Promise<OverviewNames[]> {
  return on.query<OverviewNames>(
    `SELECT o.id AS offer_id, o.name AS offer_name, d.id AS distributor_id, d.name AS distributor_name,
            s.id AS supplier_id, s.name AS supplier_name, p.currency, o.resell_value_minor
     FROM offers o JOIN distributors d ON d.id = o.distributor_id JOIN products p ON p.id = o.product_id
     JOIN suppliers s ON s.id = p.supplier_id WHERE o.id = ANY ($1::uuid[])`,
    [offerIds],
  );
}
