import type { Db } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

async function mark(db: Db, key: TransactionKey, as: 'sent' | 'withdrawn'): Promise<boolean> {
  const rows = await db.query(
    `INSERT INTO sendings (distributor_id, transaction_id, mark) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING mark`,
    [key.distributor_id, key.transaction_id, as],
  );
  return rows.length === 1;
}

/**
 * Notes, durably, that a supplier is about to be called.
 * @returns false when the sending was withdrawn meanwhile: the call must not be made
 */
export const markSending = (db: Db, key: TransactionKey): Promise<boolean> => mark(db, key, 'sent');

/**
 * Makes sure that a transaction never sent never will be.
 * @returns false when it was marked as sent: it may have been delivered
 */
export const withdrawSending = (db: Db, key: TransactionKey): Promise<boolean> => mark(db, key, 'withdrawn');
