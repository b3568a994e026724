import { randomInt } from 'node:crypto';
import type { Query } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** Letters and digits that are not taken for each other. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 16;
const newCode = (): string => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Gives the code of a sale's receipt; it is made when it is first asked for. */
export async function keepReceiptCode(
  on: Query,
  { distributor_id, transaction_id }: TransactionKey,
  at: Date,
): Promise<string> {
  await on.query(
    `INSERT INTO receipt_codes (code, distributor_id, transaction_id, at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (distributor_id, transaction_id) DO NOTHING`,
    [newCode(), distributor_id, transaction_id, at],
  );
  const [row] = await on.query<{ code: string }>(
    'SELECT code FROM receipt_codes WHERE distributor_id = $1 AND transaction_id = $2',
    [distributor_id, transaction_id],
  );
  if (!row) throw new Error('the code of a receipt was just kept, and is not there');
  return row.code;
}

/**
 * Counts that a receipt is sent once more.
 * @returns how often it was sent, this time included; null where that is more than `most`
 */
export async function countReceiptNotice(
  on: Query,
  { distributor_id, transaction_id }: TransactionKey,
  most: number,
): Promise<number | null> {
  const [row] = await on.query<{ sent: number }>(
    `INSERT INTO receipt_notices AS n (distributor_id, transaction_id, sent) VALUES ($1, $2, 1)
     ON CONFLICT (distributor_id, transaction_id) DO UPDATE SET sent = n.sent + 1 WHERE n.sent < $3
     RETURNING sent`,
    [distributor_id, transaction_id, most],
  );
  return row?.sent ?? null;
}
