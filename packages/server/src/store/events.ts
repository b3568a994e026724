import type { Query } from './db.ts';
import { newId } from './ids.ts';

/** Something that happened, for its distributor. */
export interface EventNote {
  distributor_id: string;
  /** As `noun.verb`. */
  kind: string;
  subject_id: string;
  at: Date;
  data?: object;
}

/** Writes an event. Run it in the transaction that makes it so. */
export async function writeEvent(on: Query, event: EventNote): Promise<void> {
  await on.query(
    'INSERT INTO events (distributor_id, id, kind, subject_id, at, data) VALUES ($1, $2, $3, $4, $5, $6)',
    [event.distributor_id, newId(), event.kind, event.subject_id, event.at, event.data ?? null],
  );
}
