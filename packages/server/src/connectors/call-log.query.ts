import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import type { LoggedCall } from './call-log.store.ts';

export type LoggedCallRow = Omit<LoggedCall, 'distributor_id' | 'transaction_id' | 'supplier_id'>;

/** Reads a page of what was exchanged with suppliers for a transaction, oldest first. */
export function listCalls(on: Query, transactionId: string, { offset, limit }: Page): Promise<LoggedCallRow[]> {
  return on.query<LoggedCallRow>(
    `SELECT id, attempt, kind, at, duration_ms, method, status, failure, sealed FROM supplier_exchanges
     WHERE transaction_id = $1 ORDER BY at, id LIMIT $2 OFFSET $3`,
    [transactionId, limit, offset],
  );
}
