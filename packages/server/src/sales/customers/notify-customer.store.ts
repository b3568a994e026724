import type { Language } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { ON_EACH_SHARD } from '../../database/shards.ts';

/** How the end customer of a sale wants to be told what became of it. */
export interface CustomerNoticeRow {
  distributor_id: string;
  transaction_id: string;
  email: string | null;
  /** To the number that is recharged. */
  sms: boolean;
  language: Language;
}

/** Keeps that an end customer is to be told of a transaction that is about to be made. */
export async function askCustomerNotice(on: Query, notice: CustomerNoticeRow, at: Date): Promise<void> {
  await on.query(
    `INSERT INTO customer_notices (distributor_id, transaction_id, email, sms, language, asked_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [notice.distributor_id, notice.transaction_id, notice.email, notice.sms, notice.language, at],
  );
}

/** Takes those whose transaction has come to its end; the caller's transaction says what is sent instead. */
export function takeCustomerNotices(tx: Query, limit: number): Promise<CustomerNoticeRow[]> {
  return tx.query<CustomerNoticeRow>(
    `${ON_EACH_SHARD}DELETE FROM customer_notices WHERE (distributor_id, transaction_id) IN (
       SELECT n.distributor_id, n.transaction_id FROM customer_notices n
       JOIN resolutions r ON r.distributor_id = n.distributor_id AND r.transaction_id = n.transaction_id
       ORDER BY n.asked_at LIMIT $1 FOR UPDATE OF n SKIP LOCKED)
     RETURNING distributor_id, transaction_id, email, sms, language`,
    [limit],
  );
}

/** Forgets those asked for before an instant whose transaction was never made: the order was refused. */
export async function dropCustomerNotices(on: Query, askedBefore: Date): Promise<void> {
  await on.query(
    `${ON_EACH_SHARD}DELETE FROM customer_notices n WHERE asked_at < $1 AND NOT EXISTS (
       SELECT FROM transactions t WHERE t.distributor_id = n.distributor_id AND t.id = n.transaction_id)`,
    [askedBefore],
  );
}
