import type { TransactionFilters } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import { anySpan } from '../../http/dates.ts';
import { nearestOfPeriod } from '../../values/instants.ts';
import { findLines } from './find-lines.ts';
import type { TransactionFilter } from './transaction-conditions.query.ts';

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
