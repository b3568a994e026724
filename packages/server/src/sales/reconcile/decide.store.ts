import type { Query } from '../../database/database.ts';

export interface Decision {
  distributor_id: string;
  transaction_id: string;
  status: 'ok' | 'ko' | 'expired';
  justification: string;
  decided_by: string;
  at: Date;
}

/** Keeps what a person decided about a transaction, for good. */
export async function keepDecision(on: Query, d: Decision): Promise<void> {
  await on.query(
    `INSERT INTO decisions (distributor_id, transaction_id, status, justification, decided_by, at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [d.distributor_id, d.transaction_id, d.status, d.justification, d.decided_by, d.at],
  );
}
