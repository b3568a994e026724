import type { Query } from './db.ts';
import { newId } from './ids.ts';

/** One thing that somebody changed. */
export interface AuditNote {
  at: Date;
  /** Who did it. */
  actor: string;
  /** What was done, as `noun.verb`. */
  action: string;
  /** The id of what it was done to. */
  subject: string;
  distributor_id?: string | null;
  /** How it was and how it is; never secrets. */
  details?: object;
}

/** Writes an entry of the audit trail. Run it in the transaction that makes the change. */
export async function noteChange(on: Query, entry: AuditNote): Promise<void> {
  const { at, actor, action, subject, distributor_id = null, details = {} } = entry;
  await on.query(
    'INSERT INTO audit (id, at, actor, action, subject, distributor_id, details) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [newId(), at, actor, action, subject, distributor_id, details],
  );
}
