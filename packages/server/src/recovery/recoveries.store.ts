import type { Query } from '../database/database.ts';

/** What was said of a restore. */
export interface NewRecovery {
  id: string;
  since: Date;
  begun_by: string;
  begun_at: Date;
}

/** Keeps that a recovery begins, which closes sales; where one is open, nothing. */
export async function addRecovery(on: Query, { id, since, begun_by, begun_at }: NewRecovery): Promise<void> {
  await on.query(
    `INSERT INTO recoveries (id, since, begun_by, begun_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [id, since, begun_by, begun_at],
  );
}

/** How a recovery was ended. */
export interface RecoveryEnding {
  ended_by: string;
  justification: string;
  ended_at: Date;
  /** Names of suppliers. */
  not_covered: string[];
}

/** Ends a recovery, which opens sales; false where it has ended. */
export async function closeRecovery(
  tx: Query,
  id: string,
  { ended_by, justification, ended_at, not_covered }: RecoveryEnding,
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE recoveries SET ended_by = $2, justification = $3, ended_at = $4, not_covered = $5
     WHERE id = $1 AND ended_at IS NULL RETURNING id`,
    [id, ended_by, justification, ended_at, not_covered],
  );
  return rows.length > 0;
}
