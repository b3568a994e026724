import type { AuditAction } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';

/** Something that somebody changed. */
export interface AuditNote {
  at: Date;
  /** Who did it. */
  actor: string;
  action: AuditAction;
  /** The id of what it was done to. */
  subject: string;
  distributor_id?: string | null;
  /** How it was and how it is now; never a secret. */
  details?: object;
}

/** Notes a change, in the database transaction that makes it. */
export const noteChange = (on: Query, entry: AuditNote): Promise<void> => noteChanges(on, [entry]);

/** Notes many changes in one statement. */
export async function noteChanges(on: Query, entries: readonly AuditNote[]): Promise<void> {
  if (entries.length === 0) return;
  await on.query(
    `INSERT INTO audit (id, at, actor, action, subject, distributor_id, details)
     SELECT id, at, actor, action, subject, distributor_id, coalesce(details, '{}')
     FROM jsonb_to_recordset($1::jsonb)
       AS entry(id uuid, at timestamptz, actor text, action text, subject text, distributor_id uuid, details jsonb)`,
    [JSON.stringify(entries.map((entry) => ({ id: newId(), ...entry })))],
  );
}
