import type { Query } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** Keeps what a supplier has handed over, durably. The first that is kept for a transaction stays. */
export async function insertReceipt(
  on: Query,
  receipt: TransactionKey & { sealed: string; has_pin: boolean; at: Date },
): Promise<void> {
  await on.query(
    `INSERT INTO receipts (distributor_id, transaction_id, sealed, has_pin, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [receipt.distributor_id, receipt.transaction_id, receipt.sealed, receipt.has_pin, receipt.at],
  );
}
