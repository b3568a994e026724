import type { Param, Query } from '../../database/database.ts';
import {
  ALL_ORDERS,
  conditions,
  DAY_OF_T,
  daysOf,
  isFilteredBy,
  isFoundByDay,
  offerConditions,
  TALLIES,
  type TransactionFilter,
} from './transaction-conditions.query.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface Span {
  from?: Date;
  before?: Date;
}

/** Gives a span of time as the whole hours in it, and what is left of it at its ends. */
export function splitAtHours({ from, before }: Span): { hours: Span | null; rest: Span[] } {
  const first = from && new Date(Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS);
  const last = before && new Date(Math.floor(before.getTime() / HOUR_MS) * HOUR_MS);
  if (from && before && first && last && first >= last) return { hours: null, rest: [{ from, before }] };
  const rest: Span[] = [];
  if (from && first && from < first) rest.push({ from, before: first });
  if (before && last && last < before) rest.push({ from: last, before });
  return { hours: { ...(first && { from: first }), ...(last && { before: last }) }, rest };
}

/**
 * Selects the tallies of whole hours, in SQL: of a day, of an hour, or of the `transaction_id` that has changed after its end.
 * Whole days are read from the rollup of days where that has them and nothing of them is pending any more, all others hour by
 * hour; both are found by their keys.
 * @param isWhole which days `s` of the rollup count as a whole
 */
export function tallies(
  { from, before }: Span,
  filter: TransactionFilter,
  params: Param[],
  distributor: string,
  isWhole = 's.is_settled',
): string {
  const at = (date: Date | undefined, otherwise: string): string =>
    date ? `$${params.push(date)}::timestamptz` : `'${otherwise}'::timestamptz`;
  const [begin, end] = [at(from, '-infinity'), at(before, 'infinity')];
  const firstDay = at(from && new Date(Math.ceil(from.getTime() / DAY_MS) * DAY_MS), '-infinity');
  const lastDay = at(before && new Date(Math.floor(before.getTime() / DAY_MS) * DAY_MS), 'infinity');
  const until = `greatest(${firstDay}, least(${lastDay}, (SELECT coalesce(until, '-infinity') FROM days_added_up)))`;
  const days = `s.distributor_id = ${distributor} AND s.day >= ${firstDay} AND s.day < ${until}`;
  const hoursOf = (rows: string, since: string, to: string): string =>
    `SELECT s.offer_id, h.*, false AS is_day, NULL::uuid AS transaction_id FROM ${rows} CROSS JOIN LATERAL (
       SELECT h.hour AS at, created, ok, ko, expired FROM sales_hourly h
       WHERE h.distributor_id = s.distributor_id AND h.offer_id = s.offer_id AND h.hour >= ${since} AND h.hour < ${to} OFFSET 0) h`;
  const offers = `(SELECT distributor_id, id AS offer_id FROM offers) s`;
  const where = (): string => offerConditions(filter, params, 's', distributor);
  return `
    SELECT s.offer_id, s.day AS at, created, ok, ko, expired, true AS is_day, NULL::uuid AS transaction_id
    FROM sales_daily s WHERE ${days} AND ${isWhole} ${where()}
    UNION ALL
    ${hoursOf('sales_daily s', 's.day', `s.day + interval '1 day'`)} WHERE ${days} AND NOT (${isWhole}) ${where()}
    UNION ALL
    ${hoursOf(offers, until, end)} WHERE s.distributor_id = ${distributor} ${where()}
    ${from ? `UNION ALL ${hoursOf(offers, begin, `least(${firstDay}, ${end})`)} WHERE s.distributor_id = ${distributor} ${where()}` : ''}
    UNION ALL
    SELECT s.offer_id, s.ordered_at, 0, ok, ko, expired, false, s.transaction_id FROM outcome_changes s
    WHERE s.distributor_id = ${distributor} AND s.ordered_at >= ${begin} AND s.ordered_at < ${end} ${where()}`;
}

/**
 * Tells how many transactions a filter lets through, exactly, of one distributor, which stands in the SQL so. Whole
 * hours are added up from the rollups; what a date leaves of an hour is counted in the index, and so are the orders of a
 * user or a line, of which the rollups do not know.
 */
function counting(filter: TransactionFilter, params: Param[], distributor: string): string {
  const counted = (span: Span): string =>
    `(SELECT count(*) FROM transactions t
      WHERE t.distributor_id = ${distributor} ${conditions({ ...filter, ...span }, params, distributor)})`;
  const tallied = (span: Span): string => {
    const tally = filter.status === undefined ? ALL_ORDERS : (TALLIES[filter.status] ?? '0');
    return `(SELECT coalesce(sum(${tally}), 0)::bigint FROM (${tallies(span, filter, params, distributor)}) tallied)`;
  };
  const countedByDay = (): string =>
    `(SELECT coalesce(sum(units), 0)::bigint FROM (${daysOf(distributor)}) d CROSS JOIN LATERAL (
        SELECT count(*) AS units FROM transactions t
        WHERE t.distributor_id = ${distributor} AND ${DAY_OF_T} = d.day ${conditions(filter, params, distributor)}) t)`;
  const parts = (): string[] => {
    const { hours, rest } = splitAtHours(filter);
    return [...(hours ? [tallied(hours)] : []), ...rest.map(counted)];
  };
  if (isFoundByDay(filter)) return countedByDay();
  const isTallied = !isFilteredBy(filter, 'nothing') && !isFilteredBy(filter, 'place');
  return isTallied ? parts().join(' + ') : counted(filter);
}

/** Tells how many of a distributor's transactions a filter lets through. */
export async function countTransactions(
  on: Pick<Query, 'query'>,
  distributorId: string,
  filter: TransactionFilter,
): Promise<number> {
  const params: Param[] = [distributorId];
  const [row] = await on.query<{ count: number }>(`SELECT ${counting(filter, params, '$1')} AS count`, params);
  return row?.count ?? 0;
}

/** The same of all distributors, each counted by its own index; or of one. */
export async function countTransactionsOfAll(
  on: Query,
  filter: TransactionFilter,
  distributorId: string | null,
): Promise<number> {
  const params: Param[] = [distributorId];
  const [row] = await on.query<{ count: number }>(
    `SELECT coalesce(sum(own.count), 0)::bigint AS count FROM distributors
     CROSS JOIN LATERAL (SELECT ${counting(filter, params, 'distributors.id')} AS count) own
     WHERE $1::uuid IS NULL OR distributors.id = $1`,
    params,
  );
  return row?.count ?? 0;
}
