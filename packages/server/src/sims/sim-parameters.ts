import type { GlobalBalanceQuery, SimQuery } from '@opentopup/contract';
import { span } from '../http/dates.ts';
import { fail } from '../http/refusal-error.ts';
import { monthsLater } from '../values/instants.ts';
import type { SimAsked } from './read-sim.ts';

/** Reads the SIM in a query: a transaction or a serial, one of them. */
export function simOf({ transaction, simId }: SimQuery): SimAsked['sim'] {
  if (simId === undefined) {
    return { transaction: transaction ?? fail('missing_query_parameter', { field: 'transaction or simId' }) };
  }
  if (transaction !== undefined) {
    fail('invalid_query_parameter', { field: 'simId', detail: 'either transaction or simId is needed, not both' });
  }
  return { serial: simId };
}

const MOST_MONTHS = 6;

/** Reads the days in a query, as the first instant and the first one after them. */
export function balanceSpanOf({ startDate, endDate }: GlobalBalanceQuery): { from: Date; before: Date } {
  const { from } = span(startDate, 'startDate');
  const end = span(endDate, 'endDate');
  if (end.from < from) fail('invalid_query_parameter', { field: 'endDate', detail: 'it is before startDate' });
  if (end.from >= monthsLater(from, MOST_MONTHS)) {
    fail('invalid_query_parameter', { field: 'endDate', detail: 'less than six months after startDate is needed' });
  }
  return { from, before: end.before };
}
