import type { Query } from '../database/database.ts';

interface Key {
  distributor_id: string;
  transaction_id: string;
}

/**
 * Counts a reminder.
 * @returns false where the user was identified meanwhile
 */
export async function countReminder(on: Query, key: Key, at: Date): Promise<boolean> {
  const rows = await on.query(
    `UPDATE esims SET reminders = reminders + 1, reminded_at = $3
     WHERE distributor_id = $1 AND transaction_id = $2 AND identified_at IS NULL RETURNING transaction_id`,
    [key.distributor_id, key.transaction_id, at],
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
