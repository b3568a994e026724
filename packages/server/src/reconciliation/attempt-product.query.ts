import type { Query } from '../database/database.ts';
import type { AttemptKey } from '../values/attempt.ts';

/** Finds which product an attempt was to deliver; null: the offer's own. */
export async function findAttemptProduct(on: Query, key: AttemptKey): Promise<string | null> {
  const [row] = await on.query<{ product_id: string | null }>(
    `SELECT nullif(a.product_id, o.product_id) AS product_id FROM transactions t
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     LEFT JOIN delivery_attempts a
       ON a.distributor_id = t.distributor_id AND a.transaction_id = t.id AND a.number = $3
     WHERE t.distributor_id = $1 AND t.id = $2`,
    [key.distributor_id, key.transaction_id, key.number],
  );
  return row?.product_id ?? null;
}
