import { randomUUIDv7 } from 'node:crypto';
import { v7 } from 'uuid';

/** Gives a new UUIDv7 (RFC 9562): grows with time, also within one millisecond of this process. */
export const newId = (): string => v7();

/** The same for what each sale makes: in no order within a millisecond, and a tenth of the work. */
export const newQuickId = (): string => randomUUIDv7();

/** Gives the instant a UUIDv7 was made, to the millisecond. */
export function dateOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** Gives the smallest UUIDv7 of an instant: everything made then or later is at or above it. */
export function firstIdAt(date: Date): string {
  const hex = Math.max(0, date.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}

/** The same in SQL, of an instant in SQL. */
export const firstIdIn = (at: string): string =>
  `(lpad(to_hex((extract(epoch FROM ${at}) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid`;
