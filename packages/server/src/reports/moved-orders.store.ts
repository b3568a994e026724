import { firstIdIn } from '../database/ids.ts';

/** Adds up, in SQL, the attempts `a` that orders came to their end by, where those have rows. */
export const MOVED_SUMS = `count(*)::bigint AS orders, count(*) FILTER (WHERE r.status = 'ok')::bigint AS ok,
  count(*) FILTER (WHERE r.status = 'ko')::bigint AS ko, count(*) FILTER (WHERE r.status = 'expired')::bigint AS expired,
  coalesce(sum(v.resell_value_minor) FILTER (WHERE r.status = 'ok'), 0)::bigint AS value_minor`;

/** Joins, in SQL, to attempts `a` the transactions `t` that ended in them, how, and at which price. */
export const MOVED_ORDERS = `
  JOIN resolutions r ON r.distributor_id = a.distributor_id AND r.transaction_id = a.transaction_id
    AND r.product_id = a.product_id AND coalesce(r.attempt, 1) = a.number
  JOIN transactions t ON t.distributor_id = a.distributor_id AND t.id = a.transaction_id
  JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version`;

/** Says in SQL that an attempt `a` is of an order that was made from one instant until before another. */
export const madeIn = (from: string, before: string): string =>
  `a.transaction_id >= ${from} AND a.transaction_id < ${before}`;

/** Adds up, in SQL, the moved orders of days; `which` gives those as `distributor_id` and `day`. */
export const movedOf = (which: string): string => `
  INSERT INTO moved_daily AS old (distributor_id, day, offer_id, product_id, orders, ok, ko, expired, value_minor)
  SELECT w.distributor_id, w.day, t.offer_id, r.product_id, ${MOVED_SUMS}
  FROM (SELECT DISTINCT distributor_id, day FROM ${which}) w
  JOIN delivery_attempts a ON a.distributor_id = w.distributor_id
    AND ${madeIn(firstIdIn('w.day'), firstIdIn(`w.day + interval '1 day'`))} ${MOVED_ORDERS}
  GROUP BY w.distributor_id, w.day, t.offer_id, r.product_id
  ORDER BY w.distributor_id, w.day, t.offer_id, r.product_id
  ON CONFLICT (distributor_id, day, offer_id, product_id) DO UPDATE
    SET orders = excluded.orders, ok = excluded.ok, ko = excluded.ko, expired = excluded.expired,
        value_minor = excluded.value_minor
    WHERE (old.orders, old.ok, old.ko, old.expired, old.value_minor)
      IS DISTINCT FROM (excluded.orders, excluded.ok, excluded.ko, excluded.expired, excluded.value_minor)`;
