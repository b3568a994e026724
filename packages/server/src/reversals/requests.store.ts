import type { Query } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** A request that a sale is reversed, and what was decided where something was. */
export interface NewReversalRequest extends TransactionKey {
  id: string;
  origin: 'operator' | 'distributor' | 'supplier';
  reason: string;
  justification: string;
  requested_by: string;
  at: Date;
  /** Who has approved it at once; null: nobody yet. */
  decided_by: string | null;
}

/** Keeps a request. */
export async function addReversalRequest(tx: Query, request: NewReversalRequest): Promise<void> {
  await tx.query(
    `INSERT INTO reversal_requests
       (id, distributor_id, transaction_id, origin, reason, justification, requested_by, at, status, decided_by, decided_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $9::text IS NULL THEN 'open' ELSE 'approved' END, $9,
             CASE WHEN $9::text IS NOT NULL THEN $8::timestamptz END)`,
    [
      request.id,
      request.distributor_id,
      request.transaction_id,
      request.origin,
      request.reason,
      request.justification,
      request.requested_by,
      request.at,
      request.decided_by,
    ],
  );
}

/** What is decided about a request that is open. */
export interface NewDecision {
  status: 'approved' | 'declined';
  decided_by: string;
  justification: string;
  at: Date;
}

/** Keeps what was decided about a request; the bucket of its sale has to be locked, so it is still open. */
export async function decideRequest(tx: Query, id: string, decision: NewDecision): Promise<void> {
  await tx.query(
    `UPDATE reversal_requests SET status = $2, decided_by = $3, decision_justification = $4, decided_at = $5
     WHERE id = $1 AND status = 'open'`,
    [id, decision.status, decision.decided_by, decision.justification, decision.at],
  );
}
