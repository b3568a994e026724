import type { Query } from './db.ts';
import { newId } from './ids.ts';

interface Key {
  distributor_id: string;
  transaction_id: string;
}

/**
 * Counts a reminder, with its event in the same commit.
 * @returns false where the user was identified meanwhile
 */
export async function countReminder(on: Query, key: Key, at: Date): Promise<boolean> {
  const rows = await on.query(
    `WITH reminded AS (
       UPDATE esims SET reminders = reminders + 1, reminded_at = $3
       WHERE distributor_id = $1 AND transaction_id = $2 AND identified_at IS NULL RETURNING reminders, kyc_deadline
     )
     INSERT INTO events (distributor_id, id, kind, subject_id, at, data)
     SELECT $1, $4, 'identification.reminder', $2, $3,
            jsonb_build_object('reminders', reminders, 'deadline', kyc_deadline)
     FROM reminded RETURNING id`,
    [key.distributor_id, key.transaction_id, at, newId()],
  );
  return rows.length === 1;
}

/**
 * Notes that the user was identified.
 * @returns false where that was noted before
 */
export async function noteIdentified(on: Query, key: Key, at: Date): Promise<boolean> {
  const rows = await on.query(
    `UPDATE esims SET identified_at = $3
     WHERE distributor_id = $1 AND transaction_id = $2 AND identified_at IS NULL RETURNING transaction_id`,
    [key.distributor_id, key.transaction_id, at],
  );
  return rows.length === 1;
}
