import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';

/** What names a line: its number, or the serial of its SIM. A product takes one of them. */
export type LineKind = 'msisdn' | 'simId';

/** A line to recharge, in normal form. */
export type Line = { kind: 'msisdn'; e164: string; national: string } | { kind: 'simId'; serial: string };

/** What is kept instead of a line once it is forgotten. */
export const FORGOTTEN = 'forgotten';

/** Reads the line that was kept as a text; null where there is none, or none any more. */
export function lineOf(kept: { line: string | null; kind: LineKind | null; country: string }): Line | null {
  if (kept.line === null || kept.line === FORGOTTEN || kept.kind === null) return null;
  if (kept.kind === 'simId') return { kind: 'simId', serial: kept.line };
  const callingCode = isSupportedCountry(kept.country) ? getCountryCallingCode(kept.country) : '';
  return { kind: 'msisdn', e164: kept.line, national: kept.line.slice(callingCode.length + 1) };
}

/** Writes a line as the one text under which it is kept. */
export const lineText = (line: Line): string => (line.kind === 'msisdn' ? line.e164 : line.serial);

/** Writes the digits as the supplier reads them. */
export const lineDigits = (line: Line): string => (line.kind === 'msisdn' ? line.national : line.serial);
