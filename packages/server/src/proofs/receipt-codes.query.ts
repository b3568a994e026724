import type { Query } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** Finds the sale of a receipt by its code; null where there is none. */
export async function findByReceiptCode(on: Pick<Query, 'query'>, code: string): Promise<TransactionKey | null> {
  const [row] = await on.query<TransactionKey>(
    'SELECT distributor_id, transaction_id FROM receipt_codes WHERE code = $1',
    [code],
  );
  return row ?? null;
}

/** Tells who has sold, and in which world. */
export async function findSeller(
  on: Pick<Query, 'query'>,
  distributorId: string,
): Promise<{ name: string; world: 'live' | 'sandbox' }> {
  const [row] = await on.query<{ name: string; world: 'live' | 'sandbox' }>(
    'SELECT name, world FROM distributors WHERE id = $1',
    [distributorId],
  );
  if (!row) throw new Error('a receipt is of a distributor that does not exist');
  return row;
}
