import type { TransactionFilters } from '@opentopup/contract';
import { numbersMeant } from '@opentopup/contract/lines/read-number';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import type { FastifyRequest } from 'fastify';
import { seesMasked } from '../../access/mask-lines.ts';
import type { AppOptions } from '../../app-options.ts';
import { readSupplierCountries } from '../../catalogue/suppliers/suppliers.query.ts';
import type { Query } from '../../database/database.ts';
import { anySpan } from '../../http/dates.ts';
import { fail } from '../../http/refusal-error.ts';
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

/** What no index finds is looked for among the transactions of so long: an index would cost each sale. */
const SEARCHED_MS = 31 * 24 * 3_600_000;

/** Reads the filters of the transaction list, for the store. `0001-01-01` and `9999-12-31` are what many programs write for ever. */
export async function transactionFilterOf(
  { db, ctx }: Pick<AppOptions, 'db' | 'ctx'>,
  query: TransactionFilters,
  request: FastifyRequest,
): Promise<TransactionFilter> {
  const { startDate, endDate, line, line_ending, supplier, ...rest } = query;
  // One digit after the other, the rest of a masked number could be found out.
  if (line_ending !== undefined && seesMasked(request)) fail('access_denied');
  // Only then may another product than the offer's own have delivered it; without, it is found faster.
  const isRouted = supplier !== undefined && (await hasRoutes(db));
  const filter: TransactionFilter = {
    ...rest,
    ...(supplier !== undefined && (isRouted ? { deliveredBy: supplier } : { supplier })),
    ...(startDate !== undefined && { from: nearestOfPeriod(anySpan(startDate, 'startDate').from) }),
    ...(endDate !== undefined && { before: nearestOfPeriod(anySpan(endDate, 'endDate').before) }),
    ...(line !== undefined && { lines: await findLines(db, line) }),
    ...(line_ending !== undefined && { lineEnding: line_ending }),
  };
  if (line_ending === undefined && query.voucher === undefined) return filter;
  const end_ms = Math.min(filter.before?.getTime() ?? Number.POSITIVE_INFINITY, ctx.now().getTime());
  return { ...filter, from: new Date(Math.max(filter.from?.getTime() ?? 0, end_ms - SEARCHED_MS)) };
}
