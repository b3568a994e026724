import type { Page } from '@opentopup/contract';
import type { Param, Query } from '../database/database.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';

/** A request that a sale is reversed, and how it stands. */
export interface ReversalRequestRow {
  id: string;
  distributor_id: string;
  distributor_name: string;
  transaction_id: string;
  offer_name: string;
  value_minor: number;
  currency: string;
  origin: 'operator' | 'distributor' | 'supplier';
  reason: string;
  justification: string;
  requested_by: string;
  at: Date;
  status: 'open' | 'approved' | 'declined';
  decided_by: string | null;
  decision_justification: string | null;
  decided_at: Date | null;
  /** What was handed over with the sale, and may be in use. */
  handed_over: 'pin' | 'esim' | null;
}

const SELECT = `
SELECT q.*, d.name AS distributor_name, v.name AS offer_name, v.resell_value_minor AS value_minor, p.currency,
       CASE WHEN EXISTS (SELECT FROM esims e
                         WHERE e.distributor_id = q.distributor_id AND e.transaction_id = q.transaction_id) THEN 'esim'
            WHEN EXISTS (SELECT FROM receipts h WHERE h.distributor_id = q.distributor_id
                           AND h.transaction_id = q.transaction_id AND h.has_pin) THEN 'pin' END AS handed_over
FROM reversal_requests q
JOIN distributors d ON d.id = q.distributor_id
JOIN transactions t ON t.distributor_id = q.distributor_id AND t.id = q.transaction_id
JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
JOIN products p ON p.id = o.product_id
JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version`;

export interface RequestFilter extends Page {
  status?: ReversalRequestRow['status'] | undefined;
  /** Null: of all. */
  distributor_id: string | null;
  /** Only from there; absent: from anywhere. */
  origin?: ReversalRequestRow['origin'];
}

/** Lists a page of requests, newest first. */
export function listRequests(on: Query, { offset, limit, status, distributor_id, origin }: RequestFilter) {
  const params: Param[] = [limit, offset, distributor_id, status ?? null, origin ?? null];
  return on.query<ReversalRequestRow>(
    `${SELECT} WHERE ($3::uuid IS NULL OR q.distributor_id = $3) AND ($4::text IS NULL OR q.status = $4)
       AND ($5::text IS NULL OR q.origin = $5) ORDER BY q.id DESC LIMIT $1 OFFSET $2`,
    params,
  );
}

/** Finds one request; null where there is none. */
export async function findRequest(on: Query, id: string): Promise<ReversalRequestRow | null> {
  const [row] = await on.query<ReversalRequestRow>(`${ON_EACH_SHARD}${SELECT} WHERE q.id = $1`, [id]);
  return row ?? null;
}
