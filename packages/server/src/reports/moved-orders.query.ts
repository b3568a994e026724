import type { Param, Query } from '../database/database.ts';
import { firstIdAt, firstIdIn } from '../database/ids.ts';
import { ON_ONE_MACHINE } from '../database/shards.ts';
import { MOVED_ORDERS, MOVED_SUMS, madeIn } from './moved-orders.store.ts';
import {
  distributors,
  type OverviewAsked,
  type OverviewPart,
  partsOf,
  splitDays,
  within,
} from './overview-rows.query.ts';

/** Orders of an offer that another supplier than that of its own product has delivered, or refused last. */
export interface MovedFigures {
  offer_id: string;
  part: OverviewPart;
  supplier_id: string;
  supplier_name: string;
  currency: string;
  orders: number;
  ok: number;
  ko: number;
  expired: number;
  value_minor: number;
}

/**
 * Reads how orders fared that came to their end by another product than the offer's own: whole days from their rollup, and
 * order by order what is left at the ends of the period, and days on which something was pending.
 * @param until up to which day all is added up
 */
export function readMovedFigures(
  on: Pick<Query, 'query'>,
  asked: OverviewAsked,
  until: Date | null,
): Promise<MovedFigures[]> {
  const params: Param[] = [];
  const who = distributors(asked.whose, params);
  const rows = partsOf(asked).flatMap(([part, period]) => {
    const { days, rest } = splitDays(period, asked.step, until ?? new Date(0));
    const group = `WHERE ${who} GROUP BY t.offer_id, r.product_id`;
    const single = `SELECT '${part}' AS part, t.offer_id, r.product_id, ${MOVED_SUMS} FROM distributors d`;
    const spans = rest.filter(({ from, before }) => from < before);
    return [
      ...spans.map(({ from, before }) => {
        const made = madeIn(`$${params.push(firstIdAt(from))}`, `$${params.push(firstIdAt(before))}`);
        return `${single} JOIN delivery_attempts a ON a.distributor_id = d.id AND ${made} ${MOVED_ORDERS} ${group}`;
      }),
      `${single} JOIN sales_daily y ON y.distributor_id = d.id AND ${within(params, 'y.day', days)} AND NOT y.is_settled
       JOIN delivery_attempts a ON a.distributor_id = d.id
         AND ${madeIn(firstIdIn('y.day'), firstIdIn(`y.day + interval '1 day'`))} ${MOVED_ORDERS} AND t.offer_id = y.offer_id ${group}`,
      `SELECT '${part}' AS part, m.offer_id, m.product_id, m.orders, m.ok, m.ko, m.expired, m.value_minor
       FROM distributors d JOIN moved_daily m ON m.distributor_id = d.id AND ${within(params, 'm.day', days)}
       JOIN sales_daily y ON y.distributor_id = d.id AND y.day = m.day AND y.offer_id = m.offer_id AND y.is_settled
       WHERE ${who}`,
    ];
  });
  return on.query<MovedFigures>(
    `${ON_ONE_MACHINE}SELECT m.part, m.offer_id, p.currency, s.id AS supplier_id, s.name AS supplier_name, sum(m.orders)::bigint AS orders,
            sum(m.ok)::bigint AS ok, sum(m.ko)::bigint AS ko, sum(m.expired)::bigint AS expired,
            sum(m.value_minor)::bigint AS value_minor
     FROM (${rows.join(' UNION ALL ')}) m JOIN products p ON p.id = m.product_id JOIN suppliers s ON s.id = p.supplier_id
     GROUP BY m.part, m.offer_id, p.currency, s.id, s.name`,
    params,
  );
}
