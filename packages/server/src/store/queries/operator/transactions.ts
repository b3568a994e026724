import type { Page } from '@opentopup/contract';
import type { Param, Query } from '../../db.ts';
import { COLUMNS, conditions, FROM, type TransactionFilter, type TransactionRow } from '../transactions.ts';

/** A transaction as the operator sees it. */
export interface TransactionDetail extends TransactionRow {
  distributor_name: string;
  supplier_reference: string | null;
  /** Why the outcome is not known, and when the supplier is asked again. */
  pending_cause: string | null;
  next_look_at: Date | null;
}

const SELECT = `
SELECT ${COLUMNS}, d.name AS distributor_name, r.supplier_reference,
       CASE WHEN r.transaction_id IS NULL THEN u.cause END AS pending_cause,
       CASE WHEN r.transaction_id IS NULL THEN u.next_at END AS next_look_at
${FROM} JOIN distributors d ON d.id = t.distributor_id`;

/**
 * A page of the transactions of one distributor or of all, newest first. Each distributor's newest are found by its own
 * index, and the page is put together from them: no index crosses distributors.
 */
export function listTransactionDetails(
  on: Query,
  { offset, limit }: Page,
  filter: TransactionFilter,
  distributorId: string | null,
): Promise<TransactionDetail[]> {
  const params: Param[] = [limit, offset, distributorId];
  return on.query<TransactionDetail>(
    `WITH page AS MATERIALIZED (
       SELECT found.distributor_id, found.id FROM distributors d
       CROSS JOIN LATERAL (
         SELECT t.distributor_id, t.id FROM transactions t
         LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
         JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
         JOIN products p ON p.id = o.product_id
         WHERE t.distributor_id = d.id${conditions(filter, params)}
         ORDER BY t.id DESC LIMIT $1::bigint + $2
       ) found
       WHERE $3::uuid IS NULL OR d.id = $3 ORDER BY found.id DESC LIMIT $1 OFFSET $2
     )
     ${SELECT} JOIN page ON page.distributor_id = t.distributor_id AND page.id = t.id ORDER BY t.id DESC`,
    params,
  );
}

/** One transaction of any distributor; null when there is none. */
export async function findTransactionDetail(on: Query, id: string): Promise<TransactionDetail | null> {
  // As above: looked for among each distributor's own.
  const [row] = await on.query<TransactionDetail>(
    `WITH found AS MATERIALIZED (
       SELECT t.distributor_id, t.id FROM distributors d
       CROSS JOIN LATERAL (
         SELECT distributor_id, id FROM transactions WHERE distributor_id = d.id AND id = $1 LIMIT 1
       ) t
     )
     ${SELECT} JOIN found ON found.distributor_id = t.distributor_id AND found.id = t.id`,
    [id],
  );
  return row ?? null;
}
