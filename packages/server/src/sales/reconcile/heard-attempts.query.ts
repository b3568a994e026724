import type { Query } from '../../database/database.ts';
import type { AttemptKey } from '../../values/attempt.ts';

/** An attempt of which something was heard, other than the answer that its sale waits for. */
export interface HeardAttempt extends AttemptKey {
  product_id: string;
  /** The offer's own product. */
  own_product_id: string;
  /** Whether others may follow it. */
  is_routed: boolean;
}

/** Finds an attempt by its reference; null where there is none, or it is of another world or supplier. */
export async function findHeardAttempt(
  on: Query,
  { transaction_id, number }: Pick<AttemptKey, 'transaction_id' | 'number'>,
  { world, supplier_id }: { world: 'live' | 'sandbox'; supplier_id: string },
): Promise<HeardAttempt | null> {
  const [row] = await on.query<HeardAttempt>(
    `SELECT t.distributor_id, t.id AS transaction_id, $2::int AS number, p.id AS product_id,
            o.product_id AS own_product_id, v.route_id IS NOT NULL AS is_routed
     FROM transactions t
     JOIN distributors d ON d.id = t.distributor_id
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN offer_versions v
       ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
     LEFT JOIN delivery_attempts a ON a.distributor_id = t.distributor_id AND a.transaction_id = t.id AND a.number = $2
     JOIN products p ON p.id = coalesce(a.product_id, CASE WHEN $2 = 1 THEN o.product_id END)
     WHERE t.id = $1 AND d.world = $3 AND p.supplier_id = $4`,
    [transaction_id, number, world, supplier_id],
  );
  return row ?? null;
}
