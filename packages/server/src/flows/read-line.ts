import { readNumber } from '@opentopup/contract/lines/read-number';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import type { Line, LineKind } from '../domain/line.ts';

/**
 * The line in an order's parameters.
 * @param country ISO 3166-1 alpha-2 of the supplier
 * @returns refused when it is missing, of the other kind, not text, or not well-formed
 */
export function readLine(
  kind: LineKind,
  country: string,
  parameters: Record<string, unknown>,
): { ok: true; line: Line } | { ok: false } {
  const written = parameters[kind];
  const other = parameters[kind === 'msisdn' ? 'simId' : 'msisdn'];
  if (typeof written !== 'string' || (other !== undefined && other !== null)) return { ok: false };
  if (kind === 'msisdn') {
    const number = readNumber(written, country);
    return number.ok ? { ok: true, line: { kind, e164: number.e164, national: number.national } } : { ok: false };
  }
  const sim = readSerial(written);
  return sim.ok ? { ok: true, line: { kind, serial: sim.serial } } : { ok: false };
}
