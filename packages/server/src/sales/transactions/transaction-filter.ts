import type { TransactionFilters } from '@opentopup/contract';
import { numbersMeant } from '@opentopup/contract/lines/read-number';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import { readSupplierCountries } from '../../catalogue/suppliers/suppliers.query.ts';
import type { Query } from '../../database/database.ts';
import { anySpan } from '../../http/dates.ts';
import { hasRoutes } from '../../routing/routes.query.ts';
import { nearestOfPeriod } from '../../values/instants.ts';
import type { TransactionFilter } from './transaction-conditions.query.ts';

/**
 * Gives the texts under which a line may be kept that somebody names, in whatever spelling: a number without its country's
 * code may be one of each country that there is a supplier in, and digits alone may be a serial.
 */
async function findLines(db: Query, written: string): Promise<string[]> {
  const serial = readSerial(written, 'off');
  const countries = await readSupplierCountries(db);
  const numbers = countries.flatMap((country) => numbersMeant(written, country));
  return [...new Set([...numbers, ...(serial.ok ? [serial.serial] : [])])];
}

/** Reads the filters of the transaction list, for the store. `0001-01-01` and `9999-12-31` are what many programs write for ever. */
export async function transactionFilterOf(db: Query, query: TransactionFilters): Promise<TransactionFilter> {
  const { startDate, endDate, line, supplier, ...rest } = query;
  // Only then may another product than the offer's own have delivered it; without, it is found faster.
  const isRouted = supplier !== undefined && (await hasRoutes(db));
  return {
    ...rest,
    ...(supplier !== undefined && (isRouted ? { deliveredBy: supplier } : { supplier })),
    ...(startDate !== undefined && { from: nearestOfPeriod(anySpan(startDate, 'startDate').from) }),
    ...(endDate !== undefined && { before: nearestOfPeriod(anySpan(endDate, 'endDate').before) }),
    ...(line !== undefined && { lines: await findLines(db, line) }),
  };
}
