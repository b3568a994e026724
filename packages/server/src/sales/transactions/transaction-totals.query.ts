import type { World } from '@opentopup/contract';
import type { Param, Query } from '../../database/database.ts';
import { firstIdIn } from '../../database/ids.ts';
import type { Fee } from '../../values/money.ts';
import {
  conditions,
  DAY_OF_T,
  daysOf,
  isFilteredBy,
  isFoundByDay,
  type TransactionFilter,
} from './transaction-conditions.query.ts';
import { type Span, splitAtHours, tallies } from './transaction-counts.query.ts';

/** By how much an order may come under the price before or after that of its own moment. */
export const NEAR = `interval '10 minutes'`;

/** How many orders of a distributor are read at most, newest first, where the rollups do not know what is asked for. */
export const MOST_READ = 100_000;

/** How many orders there were of an offer at one price, and how they stand; the rest is pending. */
export interface PricedOrders extends Fee {
  distributor_id: string;
  world: World;
  currency: string;
  resell_value_minor: number;
  created: number;
  ok: number;
  ko: number;
  expired: number;
}

const count = (status: string): string => `(o.status IS NOT DISTINCT FROM '${status}')::int AS ${status}`;
const COUNTED = `t.offer_id, t.offer_version AS version, 1 AS created, ${['ok', 'ko', 'expired'].map(count).join(', ')}`;

/** Selects how each of the orders `t` stands, which `orders` gives; `outcomes` has that. */
const each = (orders: string, outcomes = 'outcomes'): string => `
  SELECT ${COUNTED} FROM (${orders}) t LEFT JOIN LATERAL (
    SELECT r.status FROM ${outcomes} r WHERE r.distributor_id = t.distributor_id AND r.transaction_id = t.id LIMIT 1
  ) o ON true`;

/** Says in SQL that an offer has ever changed. Most have not, and are not asked when for each of their days. */
const hasChanged = (distributor: string): string =>
  `s.offer_id = ANY (ARRAY(SELECT o.id FROM offers o WHERE o.distributor_id = ${distributor} AND o.version > 1))`;

/** Says in SQL that an offer had more than one price in a day or an hour, or changed it shortly before or after. */
const isRepriced = (distributor: string, at: string, length: string): string => `
  ${hasChanged(distributor)} AND EXISTS (SELECT FROM offer_versions v WHERE v.distributor_id = ${distributor} AND v.offer_id = s.offer_id AND v.version > 1
            AND v.since > ${at} - ${NEAR} AND v.since < ${at} + interval '${length}' + ${NEAR})`;

/**
 * Selects what is tallied, at its price. Few prices change: only the orders of the hours in which one does are read, each
 * hour once, and those of which more has become known since they ended.
 */
function ofTallies(span: Span, filter: TransactionFilter, params: Param[], distributor: string): string {
  const isWhole = `s.is_settled AND NOT (${isRepriced(distributor, 's.day', '1 day')})`;
  return `
    WITH tallied AS MATERIALIZED (
      SELECT s.*, NOT s.is_day AND s.transaction_id IS NULL AND ${isRepriced(distributor, 's.at', '1 hour')} AS is_repriced
      FROM (${tallies(span, filter, params, distributor, isWhole)}) s
    )
    SELECT s.offer_id,
           CASE WHEN s.transaction_id IS NULL AND NOT ${hasChanged(distributor)} THEN 1
             WHEN s.transaction_id IS NULL
             THEN coalesce((SELECT v.version FROM offer_versions v
                            WHERE v.distributor_id = ${distributor} AND v.offer_id = s.offer_id AND v.since <= s.at
                            ORDER BY v.since DESC LIMIT 1), 1)
             ELSE (SELECT t.offer_version FROM transactions t
                   WHERE t.distributor_id = ${distributor} AND t.id = s.transaction_id) END AS version,
           s.created, s.ok, s.ko, s.expired
    FROM tallied s WHERE NOT s.is_repriced
    UNION ALL
    ${each(
      `SELECT t.* FROM (SELECT DISTINCT at FROM tallied WHERE is_repriced) h CROSS JOIN LATERAL (
         SELECT t.* FROM transactions t
         WHERE t.distributor_id = ${distributor} AND t.id >= ${firstIdIn('h.at')}
           AND t.id < ${firstIdIn(`h.at + interval '1 hour'`)} OFFSET 0) t
       WHERE (t.offer_id, h.at) IN (SELECT offer_id, at FROM tallied WHERE is_repriced)`,
      'resolutions',
    )}`;
}

/** Selects the orders of one distributor, which stands in the SQL so, by offer and version of it. */
function totalling(filter: TransactionFilter, params: Param[], distributor: string): string {
  const read = (span: Span): string => `
    SELECT * FROM transactions t
    WHERE t.distributor_id = ${distributor} ${conditions({ ...filter, ...span }, params, distributor)}
    ORDER BY t.id DESC`;
  if (isFoundByDay(filter)) {
    return each(`
      SELECT t.* FROM (${daysOf(distributor)}) d CROSS JOIN LATERAL (
        SELECT * FROM transactions t
        WHERE t.distributor_id = ${distributor} AND ${DAY_OF_T} = d.day ${conditions(filter, params, distributor)}) t
      ORDER BY t.id DESC LIMIT ${MOST_READ}`);
  }
  if (isFilteredBy(filter, 'nothing')) return each(`${read({})} LIMIT ${MOST_READ}`);
  const { hours, rest } = splitAtHours(filter);
  const parts = [
    ...(hours ? [ofTallies(hours, filter, params, distributor)] : []),
    ...rest.map((span) => each(read(span))),
  ];
  return parts.map((part) => `(${part})`).join(' UNION ALL ');
}

/** Adds up the transactions of one distributor or of all that a filter lets through, at the price of each. */
export function totalTransactions(
  on: Pick<Query, 'query'>,
  filter: TransactionFilter,
  distributorId: string | null,
): Promise<PricedOrders[]> {
  const params: Param[] = [distributorId];
  return on.query<PricedOrders>(
    `SELECT s.distributor_id, s.world, p.currency, v.resell_value_minor, trim_scale(v.fees)::text AS fees, v.fees_type,
            s.created, s.ok, s.ko, s.expired
     FROM (
       SELECT d.id AS distributor_id, d.world, own.offer_id, own.version, sum(own.created)::bigint AS created,
              sum(own.ok)::bigint AS ok, sum(own.ko)::bigint AS ko, sum(own.expired)::bigint AS expired
       FROM distributors d CROSS JOIN LATERAL (${totalling(filter, params, 'd.id')}) own
       WHERE $1::uuid IS NULL OR d.id = $1
       GROUP BY d.id, d.world, own.offer_id, own.version
     ) s
     JOIN offer_versions v ON v.distributor_id = s.distributor_id AND v.offer_id = s.offer_id AND v.version = s.version
     JOIN offers o ON o.distributor_id = s.distributor_id AND o.id = s.offer_id
     JOIN products p ON p.id = o.product_id`,
    params,
  );
}
