import { isUuid, type Page, Page as PageSchema, TransactionStatus } from '@opentopup/contract';
import type { TransactionFilter } from '../store/queries/transactions.ts';
import { fail } from './refusal-error.ts';

type RawQuery = Record<string, string | string[] | undefined>;

/** The `id` in the path. */
export function pathId(params: unknown): string {
  const { id } = params as { id?: string };
  return isUuid(id) ? id.toLowerCase() : fail('invalid_url_parameter', { field: 'id' });
}

function text(query: RawQuery, field: string): string | undefined {
  const value = query[field];
  if (Array.isArray(value)) fail('invalid_query_parameter', { field, detail: 'given more than once' });
  return value === '' ? undefined : value;
}

function integer(query: RawQuery, field: 'offset' | 'limit'): number {
  const { minimum, maximum, default: fallback } = PageSchema.properties[field] as unknown as Record<string, number>;
  const value = text(query, field);
  if (value === undefined) return fallback as number;
  const number = Number(value);
  if (!/^\d{1,10}$/.test(value) || number < (minimum as number) || number > (maximum as number)) {
    fail('invalid_query_parameter', { field, detail: `an integer from ${minimum} to ${maximum} is needed` });
  }
  return number;
}

/** `offset` and `limit`. */
export function pageOf(query: unknown): Page {
  const raw = query as RawQuery;
  return { offset: integer(raw, 'offset'), limit: integer(raw, 'limit') };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** The first instant of what is written, and the first instant after it: a day is a whole day, a second a whole second. */
function span(query: RawQuery, field: string): { from: Date; before: Date } | undefined {
  // In a query string a + is a space, also in front of a time zone.
  const value = text(query, field)?.replace(/ (?=\d{2}:\d{2}$)/, '+');
  if (value === undefined) return undefined;
  const from = new Date(DAY.test(value) || INSTANT.test(value) ? value : Number.NaN);
  const isReal = DAY.test(value) && !Number.isNaN(from.getTime()) ? from.toISOString().startsWith(value) : true;
  if (Number.isNaN(from.getTime()) || !isReal) {
    fail('invalid_query_parameter', { field, detail: 'a date or an RFC 3339 date-time is needed' });
  }
  return { from, before: new Date(from.getTime() + (DAY.test(value) ? DAY_MS : SECOND_MS)) };
}

function uuid(query: RawQuery, field: string): string | undefined {
  const value = text(query, field);
  if (value !== undefined && !isUuid(value)) fail('invalid_query_parameter', { field, detail: 'a UUID is needed' });
  return value;
}

/** The filters of the transaction list. */
export function transactionFilterOf(query: unknown): TransactionFilter {
  const raw = query as RawQuery;
  const status = text(raw, 'status');
  const statuses = (TransactionStatus as unknown as { enum: string[] }).enum;
  if (status !== undefined && !statuses.includes(status)) {
    fail('invalid_query_parameter', { field: 'status', detail: `one of ${statuses.join(', ')} is needed` });
  }
  const user = text(raw, 'user');
  if (user?.includes('\0')) fail('invalid_query_parameter', { field: 'user' });
  const filter = {
    from: span(raw, 'startDate')?.from,
    before: span(raw, 'endDate')?.before,
    status,
    offer: uuid(raw, 'offer'),
    supplier: uuid(raw, 'supplier'),
    user,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
