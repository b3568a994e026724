import type { Query } from '../database/database.ts';
import { type DayCost, type DayTotals, dayTotalsOf } from './day-totals.rules.ts';

/** A reconciliation that begins. */
export interface NewReconciliation {
  id: string;
  supplier_id: string;
  source: 'list' | 'file';
  file_name: string | null;
  file_digest: string | null;
  from_day: string;
  to_day: string;
  time_zone: string;
  requested_by: string;
  begun_at: Date;
  compared_from: Date;
  compared_before: Date;
}

/** Keeps that a reconciliation begins; false where one of the supplier is under way, or the file was taken before. */
export async function addReconciliation(on: Query, run: NewReconciliation): Promise<boolean> {
  const rows = await on.query(
    `INSERT INTO reconciliations
       (id, supplier_id, source, file_name, file_digest, from_day, to_day, time_zone, status, requested_by, begun_at, alive_at,
        compared_from, compared_before)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'running', $9, $10, $10, $11, $12)
     ON CONFLICT DO NOTHING RETURNING id`,
    [
      run.id,
      run.supplier_id,
      run.source,
      run.file_name,
      run.file_digest,
      run.from_day,
      run.to_day,
      run.time_zone,
      run.requested_by,
      run.begun_at,
      run.compared_from,
      run.compared_before,
    ],
  );
  return rows.length > 0;
}

/** Says that a reconciliation is still at it; false where somebody has taken it for dead. */
export async function sayAlive(on: Query, id: string, at: Date): Promise<boolean> {
  const rows = await on.query(
    `UPDATE reconciliations SET alive_at = $2 WHERE id = $1 AND status = 'running' RETURNING id`,
    [id, at],
  );
  return rows.length > 0;
}

/** Keeps why a reconciliation has come to nothing. */
export async function failReconciliation(on: Query, id: string, cause: string, at: Date): Promise<void> {
  await on.query(
    `UPDATE reconciliations SET status = 'failed', cause = $2, ended_at = $3 WHERE id = $1 AND status = 'running'`,
    [id, cause, at],
  );
}

/** Ends those whose process has not said since some moment that it is alive. */
export async function failDead(on: Query, since: Date, at: Date): Promise<void> {
  await on.query(
    `UPDATE reconciliations SET status = 'failed', cause = 'the server has stopped meanwhile', ended_at = $2
     WHERE status = 'running' AND alive_at < $1`,
    [since, at],
  );
}

/** Removes a reconciliation that was only tried. */
export async function removeReconciliation(on: Query, id: string): Promise<void> {
  await on.query(`DELETE FROM reconciliations WHERE id = $1 AND status = 'running'`, [id]);
}

/** What a reconciliation has come to. */
export interface ReconciliationEnd {
  id: string;
  at: Date;
  days: readonly DayTotals[];
  costs: readonly DayCost[];
  new_cases: number;
}

/** Keeps what a reconciliation has come to; false where somebody has taken it for dead meanwhile. */
export async function endReconciliation(tx: Query, end: ReconciliationEnd): Promise<boolean> {
  const { id, at, days, costs, new_cases } = end;
  const totals = dayTotalsOf(days);
  const rows = await tx.query(
    `UPDATE reconciliations
     SET status = 'done', ended_at = $2, ours = $3, theirs = $4, by_reference = $5, by_supplier_reference = $6, by_line = $7,
         open = $8, differences = $9, new_cases = $10
     WHERE id = $1 AND status = 'running' RETURNING id`,
    [
      id,
      at,
      totals.ours,
      totals.theirs,
      totals.by_reference,
      totals.by_supplier_reference,
      totals.by_line,
      totals.open,
      totals.differences,
      new_cases,
    ],
  );
  if (rows.length === 0) return false;
  const costOf = (asked: string, of: DayCost['side']) =>
    costs.flatMap(({ day, side, currency, amount }) => (day === asked && side === of ? [{ currency, amount }] : []));
  const kept = days.map((each) => ({
    ...each,
    ours_cost: costOf(each.day, 'ours'),
    theirs_cost: costOf(each.day, 'theirs'),
  }));
  await tx.query(
    `INSERT INTO reconciliation_days
       (reconciliation_id, day, ours, ours_cost, theirs, theirs_cost, agreed, open, differences)
     SELECT $1, day, ours, ours_cost, theirs, theirs_cost, agreed, open, differences FROM jsonb_to_recordset($2::jsonb)
       AS d(day date, ours int, ours_cost jsonb, theirs int, theirs_cost jsonb, agreed int, open int, differences int)`,
    [id, JSON.stringify(kept)],
  );
  return true;
}
