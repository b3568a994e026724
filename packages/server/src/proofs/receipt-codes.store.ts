import type { Query } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** Keeps a code for the receipt of a sale, unless it has one; gives the one that it has. */
export async function keepReceiptCode(
  on: Query,
  { distributor_id, transaction_id }: TransactionKey,
  candidate: string,
  at: Date,
): Promise<string> {
  await on.query(
    `INSERT INTO receipt_codes (code, distributor_id, transaction_id, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (distributor_id, transaction_id) DO NOTHING`,
    [candidate, distributor_id, transaction_id, at],
  );
  const [row] = await on.query<{ code: string }>(
    'SELECT code FROM receipt_codes WHERE distributor_id = $1 AND transaction_id = $2',
    [distributor_id, transaction_id],
  );
  if (!row) throw new Error('the code of a receipt was just kept, and is not there');
  return row.code;
}
