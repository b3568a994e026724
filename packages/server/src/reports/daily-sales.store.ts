import type { Db, Query } from '../database/database.ts';
import { firstIdIn } from '../database/ids.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';
import type { Progress } from '../jobs/progress.rules.ts';
import { NEAR } from '../sales/transactions/transaction-totals.query.ts';
import { movedOf } from './moved-orders.store.ts';

/** How long after its end a day is added up: by then hardly any order of it is still to be held. */
const CLOSED_AFTER = `interval '1 day 10 minutes'`;

/** What was sold of an offer `o` in the hour of a row `s`, sale by sale. */
const SOLD = `
  (SELECT coalesce(sum(v.resell_value_minor), 0) FROM transactions t
   JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id AND r.status = 'ok'
   JOIN offer_versions v
     ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
   WHERE t.distributor_id = o.distributor_id AND t.offer_id = o.id
     AND t.id >= ${firstIdIn('s.hour')} AND t.id < ${firstIdIn(`s.hour + interval '1 hour'`)})`;

/**
 * What the orders of an offer `o` that a row `s` counts were sold at. Few offers have changed since: only then prices are
 * looked up. Only in an hour in which the price has changed the sales themselves are read.
 */
export const VALUE = `
  CASE WHEN o.updated_at <= s.hour - ${NEAR} THEN s.ok * o.resell_value_minor ELSE (
    SELECT CASE WHEN min(v.resell_value_minor) = max(v.resell_value_minor) THEN s.ok * min(v.resell_value_minor)
                ELSE ${SOLD} END::bigint
    FROM offer_versions v
    WHERE v.distributor_id = o.distributor_id AND v.offer_id = o.id
      AND (v.version = 1 OR v.since < s.hour + interval '1 hour' + ${NEAR})
      AND v.version >= (
        SELECT coalesce(max(before.version), 1) FROM offer_versions before
        WHERE before.distributor_id = o.distributor_id AND before.offer_id = o.id AND before.since <= s.hour - ${NEAR})
  ) END`;

/**
 * Adds up days of offers; `which` gives those as `distributor_id`, `id` and `day`. One statement sees one moment: what ends
 * meanwhile is in neither rollup, and the day stays open.
 */
const addUp = (which: string): string => `${ON_EACH_SHARD}
  WITH which AS MATERIALIZED (${which}), moved AS (${movedOf('which')})
  INSERT INTO sales_daily AS old (distributor_id, day, offer_id, created, ok, ko, expired, value_minor, is_settled)
  SELECT w.distributor_id, w.day, w.id, s.created, s.ok, s.ko, s.expired, s.value_minor,
         s.created = s.ok + s.ko + s.expired
  FROM which w JOIN offers o ON o.distributor_id = w.distributor_id AND o.id = w.id
  CROSS JOIN LATERAL (
    SELECT sum(created)::bigint AS created, sum(ok)::bigint AS ok, sum(ko)::bigint AS ko,
           sum(expired)::bigint AS expired, sum(${VALUE})::bigint AS value_minor
    FROM sales_hourly s
    WHERE s.distributor_id = o.distributor_id AND s.offer_id = o.id
      AND s.hour >= w.day AND s.hour < w.day + interval '1 day'
    HAVING count(*) > 0
  ) s
  ORDER BY w.distributor_id, w.day, w.id
  ON CONFLICT (distributor_id, day, offer_id) DO UPDATE
    SET created = excluded.created, ok = excluded.ok, ko = excluded.ko, expired = excluded.expired,
        value_minor = excluded.value_minor, is_settled = excluded.is_settled
    WHERE (old.created, old.ok, old.ko, old.expired, old.value_minor)
      IS DISTINCT FROM (excluded.created, excluded.ok, excluded.ko, excluded.expired, excluded.value_minor)`;

/** Tells up to which day all is added up; null: none is. */
export async function addedUpUntil(on: Pick<Query, 'query'>): Promise<Date | null> {
  const [row] = await on.query<{ until: Date | null }>('SELECT until FROM days_added_up');
  return row?.until ?? null;
}

/**
 * Adds up the next day that is over.
 * @returns `done` when there is none
 */
export async function addUpNextDay(db: Db, now: Date): Promise<Progress> {
  return db.transaction(async (tx) => {
    await tx.query('SELECT FROM days_added_up FOR UPDATE');
    const days = await tx.query<{ day: Date }>(
      `${ON_EACH_SHARD}SELECT day FROM (
         SELECT coalesce(
           (SELECT until FROM days_added_up),
           (SELECT date_trunc('day', min(s.hour), 'UTC') FROM offers o CROSS JOIN LATERAL (
              SELECT hour FROM sales_hourly WHERE distributor_id = o.distributor_id AND offer_id = o.id
              ORDER BY hour LIMIT 1) s)) AS day) d
       WHERE day + ${CLOSED_AFTER} <= $1`,
      [now],
    );
    // Of several shards some may have sold nothing so early.
    const [next] = days.toSorted((a, b) => a.day.getTime() - b.day.getTime());
    if (!next) return 'done';
    await tx.query(addUp('SELECT distributor_id, id, $1::timestamptz AS day FROM offers'), [next.day]);
    await tx.query(`UPDATE days_added_up SET until = $1::timestamptz + interval '1 day'`, [next.day]);
    return 'more';
  });
}

/** Adds up again the days on which something was pending, and the last two: clocks differ, and a process may have been slow. */
export async function addUpOpenDays(db: Db): Promise<void> {
  await db.query(
    addUp(`SELECT distributor_id, offer_id AS id, day FROM sales_daily WHERE NOT is_settled UNION
           SELECT o.distributor_id, o.id, until - ago FROM offers o CROSS JOIN days_added_up
             CROSS JOIN (VALUES (interval '1 day'), (interval '2 days')) AS late (ago)`),
  );
}
