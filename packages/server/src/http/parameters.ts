import type { GlobalBalanceQuery, SimQuery, StockQuery, TransactionFilters } from '@opentopup/contract';
import { isOfPeriod, nearestOfPeriod } from '../domain/instants.ts';
import { monthsLater } from '../domain/months.ts';
import { findLines } from '../flows/find-lines.ts';
import type { SimAsked } from '../flows/read-sim.ts';
import type { StockAsked } from '../flows/read-stock.ts';
import type { Query } from '../store/db.ts';
import type { TransactionFilter } from '../store/queries/transaction-conditions.ts';
import { fail } from './refusal-error.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ](?:[01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SECOND_MS = 1_000;

/** A span of time; `before` is the first instant after it. */
interface Span {
  from: Date;
  before: Date;
}

/** JavaScript reads the 30th of February as one of March. */
function isDay(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** A day or an instant, of any year. */
function anySpan(text: string, field: string): Span {
  // In a query string a + is a space, also in front of a time zone.
  const value = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const isRead = (DAY.test(value) || INSTANT.test(value)) && isDay(value.slice(0, 10));
  const from = new Date(isRead ? value : Number.NaN);
  if (Number.isNaN(from.getTime())) {
    fail('invalid_query_parameter', { field, detail: 'a date or an RFC 3339 date-time is needed' });
  }
  return { from, before: new Date(from.getTime() + (DAY.test(value) ? DAY_MS : SECOND_MS)) };
}

/**
 * A day or an instant (RFC 3339), as the first instant of what is written and the first after it: a day is a whole day,
 * a second a whole second.
 * @param field its name, for the refusal
 */
export function span(text: string, field: string): Span {
  const asked = anySpan(text, field);
  if (!isOfPeriod(asked.from) || !isOfPeriod(asked.before)) {
    fail('invalid_query_parameter', { field, detail: 'a date from 1970-01-01 to 9999-12-30 is needed' });
  }
  return asked;
}

/** The instant in a query. Its schema lets leap seconds through, which JavaScript does not know. */
export function instantOf(text: string, field: string): Date {
  return span(text, field).from;
}

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

/** The SIM in a query: a transaction or a serial, one of them. */
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

/** The days in a query, as the first instant and the first one after them. */
export function balanceSpanOf({ startDate, endDate }: GlobalBalanceQuery): { from: Date; before: Date } {
  const { from } = span(startDate, 'startDate');
  const end = span(endDate, 'endDate');
  if (end.from < from) fail('invalid_query_parameter', { field: 'endDate', detail: 'it is before startDate' });
  if (end.from >= monthsLater(from, MOST_MONTHS)) {
    fail('invalid_query_parameter', { field: 'endDate', detail: 'less than six months after startDate is needed' });
  }
  return { from, before: end.before };
}

const USUAL_DAYS = 30;
/** Up to so many days are shown by the hour unless told. */
const BY_THE_HOUR_DAYS = 7;
const MOST_HOURS_DAYS = 62;
const MOST_DAYS = 731;

/** What of a stock's history is asked for: whole steps. */
export function stockSpanOf(
  { from, to, step: told }: StockQuery,
  now: Date,
): Omit<StockAsked, 'offer_id' | 'distributor_id'> {
  const before = to === undefined ? now : span(to, 'to').before;
  const usual = new Date(before.getTime() - USUAL_DAYS * DAY_MS);
  const begin = from === undefined ? usual : span(from, 'from').from;
  const days = (before.getTime() - begin.getTime()) / DAY_MS;
  if (days <= 0) fail('invalid_query_parameter', { field: 'from', detail: 'it is not before to' });
  const step = told ?? (days <= BY_THE_HOUR_DAYS ? 'hour' : 'day');
  if (begin.getTime() < now.getTime() - MOST_DAYS * DAY_MS) {
    fail('invalid_query_parameter', { field: 'from', detail: 'it is more than two years ago' });
  }
  if (step === 'hour' && days > MOST_HOURS_DAYS) {
    fail('invalid_query_parameter', {
      field: 'step',
      detail: `by the hour, ${MOST_HOURS_DAYS} days are shown at most`,
    });
  }
  const step_ms = step === 'hour' ? HOUR_MS : DAY_MS;
  return { from: new Date(Math.floor(begin.getTime() / step_ms) * step_ms), before, step };
}
