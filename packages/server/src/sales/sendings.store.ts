import type { Db } from '../database/database.ts';
import type { AttemptKey } from '../values/attempt.ts';

async function mark(db: Db, key: AttemptKey, as: 'sent' | 'withdrawn'): Promise<boolean> {
  const rows = await db.query(
    `INSERT INTO sendings (distributor_id, transaction_id, attempt, mark) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING mark`,
    [key.distributor_id, key.transaction_id, key.number, as],
  );
  return rows.length === 1;
}

/**
 * Notes, durably, that a supplier is about to be called.
 * @returns false when the sending was withdrawn meanwhile: the call must not be made
 */
export const markSending = (db: Db, key: AttemptKey): Promise<boolean> => mark(db, key, 'sent');

/**
 * Makes sure that an attempt never sent never will be.
 * @returns false when it was marked as sent: it may have been delivered
 */
export const withdrawSending = (db: Db, key: AttemptKey): Promise<boolean> => mark(db, key, 'withdrawn');
