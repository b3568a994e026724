import type { DistributorSettings } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** Keeps others from changing a distributor's settings until the transaction ends. */
export async function lockSettings(tx: Query, distributorId: string): Promise<void> {
  await tx.query('SELECT FROM distributors WHERE id = $1 FOR NO KEY UPDATE', [distributorId]);
}

/** Writes what a distributor has chosen for its sales. */
export async function saveSettings(tx: Query, distributorId: string, settings: DistributorSettings): Promise<void> {
  await tx.query(
    `UPDATE distributors
     SET line_units_per_day = $2, user_units_per_hour = $3, repeat_guard_minutes = $4, implicit_key_seconds = $5
     WHERE id = $1`,
    [
      distributorId,
      settings.line_units_per_day,
      settings.user_units_per_hour,
      settings.repeat_guard_minutes,
      settings.implicit_key_seconds,
    ],
  );
}
