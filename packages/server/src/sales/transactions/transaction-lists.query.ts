import type { Param, Query } from '../../database/database.ts';
import { firstIdAt, firstIdIn } from '../../database/ids.ts';
import { ON_ITS_SHARD } from '../../database/shards.ts';
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
import { type KeptTransaction, keptOf, type TransactionRow } from './transactions.query.ts';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Gives the hours in which a page lies, as ranges of ids: the rollup knows how many such orders each hour had. Hours
 * without any are not looked at, so what is rare among many is found as fast as what is not. Of the hour that the page
 * begins in, some may be newer than it, so none of it counts.
 */
function hours(filter: TransactionFilter, params: Param[]): string {
  const end = [filter.olderThan ?? LAST_ID, filter.before ? firstIdAt(filter.before) : LAST_ID];
  const last = `least(${end.map((id) => `$${params.push(id)}::uuid`).join(', ')})`;
  const tally = filter.status === undefined ? ALL_ORDERS : (TALLIES[filter.status] ?? '0');
  return `
    SELECT first_id, next_id FROM (
      SELECT first_id, next_id, coalesce(sum(units) FILTER (WHERE next_id <= last.id) OVER newest, 0) - units AS newer
      FROM (
        SELECT ${firstIdIn('hour')} AS first_id, ${firstIdIn(`hour + interval '1 hour'`)} AS next_id, units
        FROM (
          SELECT hour, sum(${tally})::bigint AS units FROM (
            SELECT hour, created, ok, ko, expired FROM sales_hourly s
            WHERE distributor_id = $1 ${offerConditions(filter, params, 's', '$1')}
            UNION ALL
            SELECT date_trunc('hour', ordered_at), 0, ok, ko, expired FROM outcome_changes c
            WHERE distributor_id = $1 ${offerConditions(filter, params, 'c', '$1')}
          ) s GROUP BY hour
        ) h WHERE units > 0
      ) h
      CROSS JOIN (SELECT ${last} AS id) last
      WHERE first_id < last.id
      WINDOW newest AS (ORDER BY first_id DESC)
    ) h WHERE newer < $2::bigint + $3::bigint`;
}

/**
 * Gives the orders of a page. Each hour is read by itself: the planner does not know that hours are few among many orders.
 */
function byHour(filter: TransactionFilter, params: Param[]): string {
  return `
    SELECT t.* FROM (${hours(filter, params)}) h
    CROSS JOIN LATERAL (
      SELECT t.* FROM transactions t
      WHERE t.distributor_id = $1 AND t.id >= h.first_id AND t.id < h.next_id ${conditions(filter, params, '$1')}
      ORDER BY t.id DESC LIMIT $2::bigint + $3::bigint
    ) t
    ORDER BY t.id DESC LIMIT $2 OFFSET $3`;
}

/** Gives the orders of a page of a few lines, which the index finds day by day. */
function ofLine(filter: TransactionFilter, params: Param[]): string {
  return `
    SELECT t.* FROM (${daysOf('$1')}) d
    CROSS JOIN LATERAL (
      SELECT t.* FROM transactions t WHERE t.distributor_id = $1 AND ${DAY_OF_T} = d.day ${conditions(filter, params, '$1')}
      ORDER BY t.id DESC LIMIT $2::bigint + $3::bigint
    ) t
    ORDER BY t.id DESC LIMIT $2 OFFSET $3`;
}

/**
 * The same in the order of an index, where that fits the filter: all orders, or those of a user. The distributor is written as
 * a list of one, so that it counts in the order: the planner would else go through everybody's orders by their ids, and look
 * for its own.
 */
function inOrder(filter: TransactionFilter, params: Param[]): string {
  return `
    SELECT t.* FROM transactions t WHERE t.distributor_id = ANY (ARRAY[$1::uuid]) ${conditions(filter, params, '$1')}
    ORDER BY t.distributor_id DESC, t.id DESC LIMIT $2 OFFSET $3`;
}

/** Gives the way to the orders that costs least. */
function ordersOf(filter: TransactionFilter): typeof inOrder {
  if (isFoundByDay(filter)) return ofLine;
  return isFilteredBy(filter, 'tally') && !isFilteredBy(filter, 'nothing') ? byHour : inOrder;
}

/**
 * Reads what is kept of a page of a distributor's transactions, newest first. First the orders are found, then what belongs to
 * them is looked up by their keys: so a page costs the same in a short history and a long one.
 */
export function listKept(
  on: Pick<Query, 'query'>,
  distributorId: string,
  filter: TransactionFilter,
  page: { offset: number; limit: number },
): Promise<KeptTransaction[]> {
  const params: Param[] = [distributorId, page.limit, page.offset];
  const orders = ordersOf(filter)(filter, params);
  return on.query<KeptTransaction>(ON_ITS_SHARD + keptOf(orders), params);
}

/** How many rows of a long list are read at once. */
const CHUNK = 500;

/**
 * Lists all transactions that a filter lets through, newest first, however many: read in chunks, one ahead of what is asked for.
 * Those that come meanwhile are newer than the first one, and are not among them.
 * @param list reads a page of them
 */
export async function* eachTransaction<Row extends TransactionRow>(
  list: (filter: TransactionFilter, page: { offset: number; limit: number }) => Promise<Row[]>,
  filter: TransactionFilter,
  { offset, limit = Number.POSITIVE_INFINITY }: { offset: number; limit?: number | undefined },
): AsyncGenerator<Row> {
  const read = (of: TransactionFilter, from: number, most: number) => {
    const chunk = list(of, { offset: from, limit: Math.min(CHUNK, most) });
    // Whoever asks for no more does not hear that reading ahead has failed.
    chunk.catch(() => {});
    return chunk;
  };
  let next: Promise<Row[]> | null = read(filter, offset, limit);
  for (let left = limit; next; ) {
    const chunk: Row[] = await next;
    const last = chunk.at(-1);
    left -= chunk.length;
    const isLast = chunk.length < CHUNK || left === 0 || !last;
    next = isLast ? null : read({ ...filter, olderThan: last.id }, 0, left);
    yield* chunk;
  }
}
