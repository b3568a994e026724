import type { Query } from '../database/database.ts';
import { LEASED_FOR, UNLEASED } from '../jobs/lease.query.ts';
import { nextPeriods } from './periods.query.ts';

/** A statement that is to be closed. */
export interface NewClosing {
  distributor_id: string;
  id: string;
  from_at: Date;
  before_at: Date;
  time_zone: string;
  requested_by: string;
  at: Date;
}

/** Asks for a statement to be closed; false where one of the distributor is being closed already. */
export async function addClosing(on: Query, closing: NewClosing): Promise<boolean> {
  const added = await on.query(
    `INSERT INTO statement_closings (distributor_id, id, from_at, before_at, time_zone, requested_by, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
    [
      closing.distributor_id,
      closing.id,
      closing.from_at,
      closing.before_at,
      closing.time_zone,
      closing.requested_by,
      closing.at,
    ],
  );
  return added.length > 0;
}

/** A closing that is taken in hand. */
export interface LeasedClosing extends NewClosing {
  leased_until: Date;
}

/** Takes a closing in hand that nobody has, for a time; null where there is none. */
export async function leaseClosing(on: Query, lease_ms: number): Promise<LeasedClosing | null> {
  const [closing] = await on.query<LeasedClosing>(
    `UPDATE statement_closings c SET leased_until = ${LEASED_FOR('$1')}, movements = NULL, done = 0
     WHERE distributor_id = (SELECT distributor_id FROM statement_closings
                             WHERE ${UNLEASED('statement_closings')} ORDER BY at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING c.*`,
    [lease_ms],
  );
  return closing ?? null;
}

/** Keeps how far a closing is, and has it in hand for longer: until when, or null where another process has taken it meanwhile. */
export async function noteClosingProgress(
  on: Query,
  { id, leased_until }: LeasedClosing,
  progress: { movements: number; done: number },
  lease_ms: number,
): Promise<Date | null> {
  const [row] = await on.query<{ leased_until: Date }>(
    `UPDATE statement_closings SET leased_until = ${LEASED_FOR('$3')}, movements = $4, done = $5
     WHERE id = $1 AND leased_until = $2 RETURNING leased_until`,
    [id, leased_until, lease_ms, progress.movements, progress.done],
  );
  return row?.leased_until ?? null;
}

/** Gives a closing back that was taken in hand; whoever takes it begins again. */
export async function returnClosing(on: Query, { id, leased_until }: LeasedClosing): Promise<void> {
  await on.query('UPDATE statement_closings SET leased_until = NULL WHERE id = $1 AND leased_until = $2', [
    id,
    leased_until,
  ]);
}

/** Removes a closing that has come to its end; false where another process has taken it meanwhile. */
export async function removeClosing(tx: Query, { id, leased_until }: LeasedClosing): Promise<boolean> {
  const rows = await tx.query('DELETE FROM statement_closings WHERE id = $1 AND leased_until = $2 RETURNING id', [
    id,
    leased_until,
  ]);
  return rows.length > 0;
}

/** Lists distributors whose month was over at an instant and is not closed yet; the first 100. */
export async function distributorsDue(on: Query, timeZone: string, at: Date): Promise<string[]> {
  const rows = await on.query<{ distributor_id: string }>(
    `SELECT distributor_id FROM (${nextPeriods('$1')}) next
     WHERE has_moved AND month_end <= $2
       AND NOT EXISTS (SELECT FROM statement_closings c WHERE c.distributor_id = next.distributor_id)
     ORDER BY distributor_id LIMIT 100`,
    [timeZone, at],
  );
  return rows.map(({ distributor_id }) => distributor_id);
}
