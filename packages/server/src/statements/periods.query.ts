import type { Query } from '../database/database.ts';

/** The time that a distributor's next statement is about. */
export interface NextPeriod {
  distributor_id: string;
  distributor_name: string;
  world: 'live' | 'sandbox';
  time_zone: string;
  from_at: Date;
  /** Where it ends, where nobody says it. */
  month_end: Date;
  /** The number of the statement before; 0 where there is none. */
  last_number: number;
  /** False as long as it has no stock. */
  has_moved: boolean;
}

/** A month that has begun so late is that of the day after: it is the end of a day in another time zone. */
const HALF_A_DAY = `interval '12 hours'`;

/**
 * Selects the next periods. A first one begins with the day on which the distributor was made, and ends with the month in
 * which its stock began to move.
 * @param timeZone the parameter that has the operator's time zone
 */
export const nextPeriods = (timeZone: string): string => `
SELECT d.id AS distributor_id, d.name AS distributor_name, d.world, z.time_zone, coalesce(l.number, 0) AS last_number,
       coalesce(l.before_at, date_trunc('day', d.created_at AT TIME ZONE z.time_zone) AT TIME ZONE z.time_zone) AS from_at,
       (date_trunc('month', (coalesce(l.before_at, m.at, d.created_at) + ${HALF_A_DAY}) AT TIME ZONE z.time_zone)
         + interval '1 month') AT TIME ZONE z.time_zone AS month_end,
       m.at IS NOT NULL AS has_moved
FROM distributors d
LEFT JOIN statement_settings s ON s.distributor_id = d.id
CROSS JOIN LATERAL (SELECT coalesce(s.time_zone, ${timeZone}) AS time_zone) z
LEFT JOIN LATERAL (SELECT number, before_at FROM statements
                   WHERE distributor_id = d.id ORDER BY number DESC LIMIT 1) l ON true
LEFT JOIN LATERAL (SELECT min(at) AS at FROM buckets b JOIN movements m
                     ON m.distributor_id = b.distributor_id AND m.offer_id = b.offer_id AND m.seq = 1
                   WHERE b.distributor_id = d.id) m ON true`;

/** Finds the time that a distributor's next statement is about; null where there is no such distributor. */
export async function findNextPeriod(on: Query, id: string, timeZone: string): Promise<NextPeriod | null> {
  const [period] = await on.query<NextPeriod>(`${nextPeriods('$2')} WHERE d.id = $1`, [id, timeZone]);
  return period ?? null;
}

/** Finds the instant at which a day begins in a time zone. */
export async function startOfDay(on: Query, day: string, timeZone: string): Promise<Date> {
  const [row] = await on.query<{ at: Date }>('SELECT $1::text::timestamp AT TIME ZONE $2 AS at', [day, timeZone]);
  return (row as { at: Date }).at;
}

/** Tells whether the database knows a time zone. */
export async function isTimeZone(on: Query, name: string): Promise<boolean> {
  const [row] = await on.query<{ known: boolean }>(
    'SELECT EXISTS (SELECT FROM pg_timezone_names WHERE lower(name) = lower($1)) AS known',
    [name],
  );
  return row?.known ?? false;
}

/** The first and the last day of a time, in a time zone. */
export interface PeriodDays {
  first_day: string;
  last_day: string;
}

/** Tells which days a time has, in a time zone. */
export async function periodDays(on: Query, from: Date, before: Date, timeZone: string): Promise<PeriodDays> {
  const [row] = await on.query<PeriodDays>(
    `SELECT to_char($1::timestamptz AT TIME ZONE $3, 'YYYY-MM-DD') AS first_day,
            to_char(($2::timestamptz - interval '1 second') AT TIME ZONE $3, 'YYYY-MM-DD') AS last_day`,
    [from, before, timeZone],
  );
  return row as PeriodDays;
}
