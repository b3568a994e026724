import type { Query } from '../database/database.ts';

/** Puts the clock of a sandbox forward, whose row is locked. */
export async function putClockForward(tx: Query, distributorId: string, ahead_s: number, at: Date): Promise<void> {
  await tx.query('UPDATE distributors SET clock_ahead_s = $2 WHERE id = $1', [distributorId, ahead_s]);
  await tx.query('INSERT INTO clock_moves (distributor_id, at, ahead_s) VALUES ($1, $2, $3)', [
    distributorId,
    at,
    ahead_s,
  ]);
}
