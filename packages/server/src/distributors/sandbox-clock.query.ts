import type { Query } from '../database/database.ts';

/** What the clock of a distributor says, in SQL, of a row that names it: the time that it is, but for a sandbox that was put forward. */
export const clockOf = (row: string): string => `(now() + make_interval(secs =>
  (SELECT c.clock_ahead_s FROM distributors c WHERE c.id = ${row}.distributor_id)))`;

/** Tells how many seconds the clock of a distributor is ahead. */
export async function findClockAhead(on: Pick<Query, 'query'>, distributorId: string): Promise<number> {
  const [row] = await on.query<{ clock_ahead_s: number }>('SELECT clock_ahead_s FROM distributors WHERE id = $1', [
    distributorId,
  ]);
  return row?.clock_ahead_s ?? 0;
}

/** A time that a clock was put forward: when, and how far it is ahead since. */
export interface ClockMove {
  at: Date;
  ahead_s: number;
}

/** Lists the clocks that were put forward, each with its moves in their order. */
export async function listMovedClocks(on: Query): Promise<{ distributor_id: string; moves: ClockMove[] }[]> {
  const rows = await on.query<ClockMove & { distributor_id: string }>(
    'SELECT distributor_id, at, ahead_s FROM clock_moves ORDER BY distributor_id, ahead_s',
  );
  const byOwner = Map.groupBy(rows, ({ distributor_id }) => distributor_id);
  return [...byOwner].map(([distributor_id, moves]) => ({ distributor_id, moves }));
}
