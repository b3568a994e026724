import type { Query } from '../database/database.ts';

/** What a distributor wants of its statements. */
export interface StatementSettingsRow {
  time_zone: string | null;
  emails: string[];
}

/** Finds what a distributor wants of its statements; null where there is no such distributor. */
export async function findStatementSettings(on: Query, distributorId: string): Promise<StatementSettingsRow | null> {
  const [row] = await on.query<StatementSettingsRow>(
    `SELECT s.time_zone, coalesce(s.emails, '{}') AS emails
     FROM distributors d LEFT JOIN statement_settings s ON s.distributor_id = d.id WHERE d.id = $1`,
    [distributorId],
  );
  return row ?? null;
}
