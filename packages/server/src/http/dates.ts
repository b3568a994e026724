import { isOfPeriod } from '../values/instants.ts';
import { fail } from './refusal-error.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ](?:[01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const SECOND_MS = 1_000;

/** A span of time; `before` is the first instant after it. */
interface Span {
  from: Date;
  before: Date;
}

/** Returns true for a day that exists: JavaScript reads the 30th of February as one of March. */
function isDay(day: string): boolean {
  const date = new Date(day);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Reads an instant (RFC 3339) of a body; null where it is none. */
export function instantOf(text: string): Date | null {
  const instant = new Date(INSTANT.test(text) && isDay(text.slice(0, 10)) ? text : Number.NaN);
  return Number.isNaN(instant.getTime()) || !isOfPeriod(instant) ? null : instant;
}

/** Reads a day or an instant, of any year. */
export function anySpan(text: string, field: string): Span {
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
 * Reads a day or an instant (RFC 3339), as the first instant of what is written and the first after it: a day is a
 * whole day, a second a whole second.
 * @param field its name, for the refusal
 */
export function span(text: string, field: string): Span {
  const asked = anySpan(text, field);
  if (!isOfPeriod(asked.from) || !isOfPeriod(asked.before)) {
    fail('invalid_query_parameter', { field, detail: 'a date from 1970-01-01 to 9999-12-30 is needed' });
  }
  return asked;
}

/** Reads the instant in a query. Its schema lets leap seconds through, which JavaScript does not know. */
export function instantIn(text: string, field: string): Date {
  return span(text, field).from;
}
