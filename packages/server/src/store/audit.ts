import type { Query } from './db.ts';
import { newId } from './ids.ts';

/** Notes for good who changed what, in the commit that changes it. */
export async function noteChange(
  on: Query,
  entry: {
    at: Date;
    /** Who did it. */
    actor: string;
    /** What was done: `offer.changed`. */
    action: string;
    /** The id of what it was done to. */
    subject: string;
    /** Whose it is. */
    distributor_id?: string | null;
    /** How it was, and how it is now. */
    details?: object;
  },
): Promise<void> {
  const { at, actor, action, subject, distributor_id = null, details = {} } = entry;
  await on.query(
    'INSERT INTO audit (id, at, actor, action, subject, distributor_id, details) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [newId(), at, actor, action, subject, distributor_id, details],
  );
}
