import type { Query } from './db.ts';
import { newId } from './ids.ts';

/** Writes down who changed what, and how it was. Run it in the transaction of the change. */
export async function noteChange(
  on: Query,
  entry: { at: Date; actor: string; action: string; subject: string; distributor_id?: string | null; details?: object },
): Promise<void> {
  await on.query(
    `INSERT INTO audit (id, at, actor, action, subject, distributor_id, details) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), entry.at, entry.actor, entry.action, entry.subject, entry.distributor_id ?? null, entry.details ?? {}],
  );
}
