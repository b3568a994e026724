import { REDACTED, redact } from '../secrets/redact.rules.ts';
import { maskedText } from '../values/line.ts';

const EMAIL = /[^\s"@<>]+@([^\s"@<>]+)/g;
const LONGEST = 1_000;
/** An id has 36 characters. What is longer may be a key or a secret that somebody has sent where it does not belong. */
const LONGEST_TEXT = 40;

const withoutLong = (_: string, value: unknown): unknown =>
  typeof value === 'string' && value.length > LONGEST_TEXT ? REDACTED : value;

/** Writes a body for whoever looks for what was wrong with it: without numbers, addresses and secrets, and cut off. */
export function maskedBody(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || ArrayBuffer.isView(body)) return null;
  try {
    return maskedText(redact(JSON.stringify(body, withoutLong), [], LONGEST).replaceAll(EMAIL, '•••@$1'));
  } catch (error) {
    // Nested so deeply that nobody would read it.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** How a line was written. */
export interface LineShape {
  line_digits: number;
  line_begins: string;
}

/** Tells how the line of an order was written, by what nobody is known: its length and its beginning. */
export function lineShape(body: unknown): LineShape | null {
  const { parameters } = (body ?? {}) as { parameters?: { msisdn?: unknown; simId?: unknown } | null };
  const line = parameters?.msisdn ?? parameters?.simId;
  if (typeof line !== 'string') return null;
  const written = line.replaceAll(/[^\d+]/g, '');
  return {
    line_digits: written.replaceAll('+', '').length,
    line_begins: written.slice(0, written.startsWith('+') ? 4 : 2),
  };
}
