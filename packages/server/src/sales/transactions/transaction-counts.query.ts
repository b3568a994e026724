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

interface Span {
  from?: Date;
  before?: Date;
}

/** Gives a span of time as the whole hours in it, and what is left of it at its ends. */
function splitAtHours({ from, before }: Span): { hours: Span | null; rest: Span[] } {
  const first = from && new Date(Math.ceil(from.getTime() / HOUR_MS) * HOUR_MS);
  const last = before && new Date(Math.floor(before.getTime() / HOUR_MS) * HOUR_MS);
  if (from && before && first && last && first >= last) return { hours: null, rest: [{ from, before }] };
  const rest: Span[] = [];
  if (from && first && from < first) rest.push({ from, before: first });
  if (before && last && last < before) rest.push({ from: last, before });
  return { hours: { ...(first && { from: first }), ...(last && { before: last }) }, rest };
}

/**
 * Tells how many transactions a filter lets through, exactly, of one distributor, which stands in the SQL so. Whole
 * hours are added up from the rollup; what a date leaves of an hour is counted in the index, and so are the orders of a
 * user or a line, of which the rollup does not know.
 */
function counting(filter: TransactionFilter, params: Param[], distributor: string): string {
  const counted = (span: Span): string =>
    `(SELECT count(*) FROM transactions t
      WHERE t.distributor_id = ${distributor} ${conditions({ ...filter, ...span }, params, distributor)})`;
  const tallied = ({ from, before }: Span): string => {
    const tally = filter.status === undefined ? ALL_ORDERS : (TALLIES[filter.status] ?? '0');
    const since = from ? `AND hour >= $${params.push(from)}` : '';
    const until = before ? `AND hour < $${params.push(before)}` : '';
    return `(SELECT coalesce(sum(${tally}), 0)::bigint FROM sales_hourly s
             WHERE distributor_id = ${distributor} ${since} ${until} ${offerConditions(filter, params, 's', distributor)})`;
  };
  const countedByDay = (): string =>
    `(SELECT coalesce(sum(units), 0)::bigint FROM (${daysOf(distributor)}) d CROSS JOIN LATERAL (
        SELECT count(*) AS units FROM transactions t
        WHERE t.distributor_id = ${distributor} AND ${DAY_OF_T} = d.day ${conditions(filter, params, distributor)}) t)`;
  const tallies = (): string[] => {
    const { hours, rest } = splitAtHours(filter);
    return [...(hours ? [tallied(hours)] : []), ...rest.map(counted)];
  };
  if (isFoundByDay(filter)) return countedByDay();
  const isTallied = !isFilteredBy(filter, 'nothing') && !isFilteredBy(filter, 'place');
  return isTallied ? tallies().join(' + ') : counted(filter);
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
