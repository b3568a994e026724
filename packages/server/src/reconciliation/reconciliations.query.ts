import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** A reconciliation, as it stands. */
export interface ReconciliationRow {
  id: string;
  supplier_id: string;
  supplier_name: string;
  source: 'list' | 'file';
  file_name: string | null;
  from_day: string;
  to_day: string;
  time_zone: string;
  status: 'running' | 'done' | 'failed';
  cause: string | null;
  requested_by: string;
  begun_at: Date;
  ended_at: Date | null;
  compared_from: Date;
  compared_before: Date;
  ours: number;
  theirs: number;
  by_reference: number;
  by_supplier_reference: number;
  by_line: number;
  open: number;
  differences: number;
  new_cases: number;
}

const SELECT = `
SELECT r.*, to_char(r.from_day, 'YYYY-MM-DD') AS from_day, to_char(r.to_day, 'YYYY-MM-DD') AS to_day, s.name AS supplier_name
FROM reconciliations r JOIN suppliers s ON s.id = r.supplier_id`;

/** Lists a page of reconciliations, newest first. */
export const listReconciliations = (on: Query, { offset, limit, supplier }: Page & { supplier?: string }) =>
  on.query<ReconciliationRow>(
    `${SELECT} WHERE $3::uuid IS NULL OR r.supplier_id = $3 ORDER BY r.id DESC LIMIT $1 OFFSET $2`,
    [limit, offset, supplier ?? null],
  );

/** Finds one reconciliation; null where there is none. */
export async function findReconciliation(on: Query, id: string): Promise<ReconciliationRow | null> {
  const [row] = await on.query<ReconciliationRow>(`${SELECT} WHERE r.id = $1`, [id]);
  return row ?? null;
}

interface Money {
  currency: string;
  amount: number;
}

/** A day of a reconciliation. */
export interface DayRow {
  day: string;
  ours: number;
  ours_cost: Money[];
  theirs: number;
  theirs_cost: Money[];
  agreed: number;
  open: number;
  differences: number;
}

/** Lists the days of a reconciliation. */
export const listDays = (on: Query, id: string): Promise<DayRow[]> =>
  on.query<DayRow>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, ours, ours_cost, theirs, theirs_cost, agreed, open, differences
     FROM reconciliation_days d WHERE reconciliation_id = $1 ORDER BY d.day`,
    [id],
  );

/** Days of the business, as instants. */
export interface DaySpan {
  from_day: string;
  to_day: string;
  from: Date;
  before: Date;
}

/**
 * Reads days of a time zone as the time from the first instant of one to before the first after another; yesterday where
 * none is named, and one day where one is.
 */
export async function readDays(
  on: Query,
  timeZone: string,
  now: Date,
  asked: { from?: string | undefined; to?: string | undefined },
): Promise<DaySpan> {
  const [row] = await on.query<DaySpan>(
    `SELECT to_char(f, 'YYYY-MM-DD') AS from_day, to_char(t, 'YYYY-MM-DD') AS to_day,
            f::timestamp AT TIME ZONE $1 AS "from", (t + 1)::timestamp AT TIME ZONE $1 AS before
     FROM (SELECT f, coalesce($4::date, f) AS t
           FROM (SELECT coalesce($3::date, $4::date, ($2::timestamptz AT TIME ZONE $1)::date - 1) AS f) d) d`,
    [timeZone, now, asked.from ?? null, asked.to ?? null],
  );
  if (!row) throw new Error('a statement without a table has no row');
  return row;
}

/** So many days back are caught up, where no process ran meanwhile. */
const CAUGHT_UP_DAYS = 31;

/** A day that was not compared yet with what a supplier lists. */
export interface DayNotCompared {
  supplier_id: string;
  day: string;
}

/**
 * Lists one for each supplier of these connectors that lacks any: first what was never tried, the newest of these. Suppliers of
 * which one is under way, or has failed since some moment, are left alone.
 * @param lastDay the last one that is over
 */
export const daysNotCompared = (
  on: Query,
  connectors: readonly string[],
  { lastDay, timeZone, failedSince }: { lastDay: string; timeZone: string; failedSince: Date },
): Promise<DayNotCompared[]> =>
  on.query<DayNotCompared>(
    `SELECT DISTINCT ON (s.id) s.id AS supplier_id, to_char(d.day, 'YYYY-MM-DD') AS day
     FROM suppliers s
     CROSS JOIN (SELECT day::date, (day::date + 1)::timestamp AT TIME ZONE $3 AS before
                 FROM generate_series($2::date - ${CAUGHT_UP_DAYS - 1}, $2::date, interval '1 day') day) d
     LEFT JOIN LATERAL (
       SELECT max(r.begun_at) AS tried_at FROM reconciliations r
       WHERE r.supplier_id = s.id AND r.source = 'list' AND r.from_day = d.day AND r.to_day = d.day) t ON true
     WHERE s.connector = ANY ($1::text[]) AND s.created_at < d.before
       AND EXISTS (SELECT FROM products p WHERE p.supplier_id = s.id)
       AND NOT EXISTS (
         SELECT FROM reconciliations r WHERE r.supplier_id = s.id AND (r.status = 'running' OR (r.source = 'list' AND (
           (r.status = 'failed' AND r.begun_at > $4)
           OR (r.status = 'done' AND r.from_day <= d.day AND r.compared_before >= d.before)))))
     ORDER BY s.id, t.tried_at NULLS FIRST, d.day DESC`,
    [connectors, lastDay, timeZone, failedSince],
  );
