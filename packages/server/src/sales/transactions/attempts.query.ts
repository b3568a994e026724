import type { Query } from '../../database/database.ts';

/** An attempt to deliver an order, and how it ended. */
export interface AttemptRow {
  transaction_id: string;
  number: number;
  status: 'pending' | 'ok' | 'ko' | 'expired';
  product_id: string;
  product_name: string;
  supplier_id: string;
  supplier_name: string;
  begun_at: Date;
  ended_at: Date | null;
  reason: string | null;
  message: string | null;
  supplier_reference: string | null;
  /** What the supplier has charged, in the main unit of a currency; null where it has not told. */
  supplier_cost: number | null;
  supplier_currency: string | null;
}

/**
 * Lists the attempts of a transaction, the first one first; none where there is no such transaction. Of one that needed no
 * other, nothing is written but its transaction. The end of the last one is that of the transaction.
 * @param distributorId whose it has to be; null: anybody's
 */
export function listDeliveryAttempts(
  on: Query,
  transactionId: string,
  distributorId: string | null,
): Promise<AttemptRow[]> {
  const ended = 'r.transaction_id IS NOT NULL AND coalesce(r.attempt, 1) = coalesce(a.number, 1)';
  return on.query<AttemptRow>(
    `SELECT t.id AS transaction_id, coalesce(a.number, 1) AS number,
            CASE WHEN ${ended} THEN r.status WHEN a.ended_at IS NOT NULL THEN 'ko' ELSE 'pending' END AS status,
            p.id AS product_id, p.name AS product_name, s.id AS supplier_id, s.name AS supplier_name,
            coalesce(a.begun_at, t.created_at) AS begun_at, CASE WHEN ${ended} THEN r.at ELSE a.ended_at END AS ended_at,
            CASE WHEN ${ended} THEN r.reason ELSE a.reason END AS reason,
            CASE WHEN ${ended} THEN r.message ELSE a.message END AS message,
            CASE WHEN ${ended} THEN r.supplier_reference END AS supplier_reference,
            CASE WHEN ${ended} THEN r.cost::float8 END AS supplier_cost,
            CASE WHEN ${ended} THEN r.cost_currency END AS supplier_currency
     FROM transactions t
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
     LEFT JOIN delivery_attempts a
       ON a.distributor_id = t.distributor_id AND a.transaction_id = t.id AND a.product_id IS NOT NULL
     JOIN products p ON p.id = coalesce(a.product_id, o.product_id)
     JOIN suppliers s ON s.id = p.supplier_id
     WHERE t.id = $1 AND t.distributor_id = coalesce($2, t.distributor_id) ORDER BY number`,
    [transactionId, distributorId],
  );
}
