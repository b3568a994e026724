import type { Query } from '../database/database.ts';
import type { StatementSettingsRow } from './statement-settings.query.ts';

/** Keeps what a distributor wants of its statements. */
export async function saveStatementSettings(
  tx: Query,
  distributorId: string,
  { time_zone, emails }: StatementSettingsRow,
): Promise<void> {
  await tx.query(
    `INSERT INTO statement_settings (distributor_id, time_zone, emails) VALUES ($1, $2, $3)
     ON CONFLICT (distributor_id) DO UPDATE SET time_zone = excluded.time_zone, emails = excluded.emails`,
    [distributorId, time_zone, emails],
  );
}
