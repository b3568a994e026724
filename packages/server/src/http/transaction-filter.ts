import type { TransactionFilters } from '@opentopup/contract';
import { nearestOfPeriod } from '../domain/instants.ts';
import { findLines } from '../flows/find-lines.ts';
import type { Query } from '../store/db.ts';
import type { TransactionFilter } from '../store/queries/transaction-conditions.ts';
import { anySpan } from './parameters.ts';

/** The filters of the transaction list, for the store. `0001-01-01` and `9999-12-31` are what many programs write for ever. */
export async function transactionFilterOf(db: Query, query: TransactionFilters): Promise<TransactionFilter> {
  const { startDate, endDate, line, ...rest } = query;
  return {
    ...rest,
    ...(startDate !== undefined && { from: nearestOfPeriod(anySpan(startDate, 'startDate').from) }),
    ...(endDate !== undefined && { before: nearestOfPeriod(anySpan(endDate, 'endDate').before) }),
    ...(line !== undefined && { lines: await findLines(db, line) }),
  };
}
