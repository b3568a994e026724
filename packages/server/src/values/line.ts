import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** What names a line: its number, or the serial of its SIM. A product takes one of them. */
export type LineKind = 'msisdn' | 'simId';

/** A line to recharge, in normal form. */
export type Line = { kind: 'msisdn'; e164: string; national: string } | { kind: 'simId'; serial: string };

/** What is kept instead of a line once it is forgotten. */
export const FORGOTTEN = 'forgotten';

/** Gives the text of a line as it was kept; null where there is none, or none any more. */
export const keptLine = ({ line }: { line: string | null }): string | null => (line === FORGOTTEN ? null : line);

/** Reads the line that was kept as a text; null where there is none, or none any more. */
export function lineOf(kept: { line: string | null; kind: LineKind | null; country: string }): Line | null {
  const line = keptLine(kept);
  if (line === null || kept.kind === null) return null;
  if (kept.kind === 'simId') return { kind: 'simId', serial: line };
  const callingCode = isSupportedCountry(kept.country) ? getCountryCallingCode(kept.country) : '';
  return { kind: 'msisdn', e164: line, national: line.slice(callingCode.length + 1) };
}

/** Writes a line as the one text under which it is kept. */
export const lineText = (line: Line): string => (line.kind === 'msisdn' ? line.e164 : line.serial);

/** Writes the digits as the supplier reads them. */
export const lineDigits = (line: Line): string => (line.kind === 'msisdn' ? line.national : line.serial);

const DOT = '•';
const SHOWN_LAST = 2;
const SHOWN_LAST_OF_SERIAL = 4;

/**
 * Masks a number or SIM serial for the end customer whose it is, who only has to recognise it: `+33•••••••87`. It is what
 * `{msisdn_masked}` stands for in the sentences that distributors have written, so its form stays.
 */
export const maskedForCustomer = (line: string): string =>
  `${line.slice(0, 3)}${DOT.repeat(Math.max(0, line.length - 5))}${line.slice(-SHOWN_LAST)}`;

/**
 * Masks a number or SIM serial for staff who may not see it: `+33 6 •• •• •• 87`, of a serial the last four digits. It is
 * grouped as the number is, because they compare it with what a customer reads to them, and tells a mobile line by its
 * first digit.
 */
export function maskedForStaff(line: string): string {
  const number = line.startsWith('+') ? parsePhoneNumberFromString(line) : undefined;
  if (!number) return DOT.repeat(Math.max(0, line.length - SHOWN_LAST_OF_SERIAL)) + line.slice(-SHOWN_LAST_OF_SERIAL);
  const written = number.formatInternational();
  // The calling code and one digit tell which kind of line it is.
  const shown = `+${number.countryCallingCode}`.length + 2;
  return [...written]
    .map((each, i) => (/\d/.test(each) && i >= shown && i < written.length - SHOWN_LAST ? DOT : each))
    .join('');
}

const UUID = /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}(?![\da-f])/;
const DATE = /\d{4}-[01]\d-[0-3]\d(?:T[\d:.]+)?(?!\d)/;
/** Six digits or more, also in groups, of an address too; and fewer where the text is cut off amid them. */
const NUMBER = /\d(?:(?:[ .+-]|%20)?\d){5,}|\d(?:(?:[ .+-]|%20)?\d)*(?=…$)/;
const IN_TEXT = new RegExp(`(?<![\\da-f-])(?:${UUID.source}|${DATE.source})|(${NUMBER.source})`, 'gi');

/** Masks whatever may be somebody's number in a text but for its last two digits; ids and dates stay. */
export const maskedText = (text: string): string =>
  text.replaceAll(IN_TEXT, (whole, number?: string) =>
    number === undefined
      ? whole
      : [...number].map((each, i) => (/\d/.test(each) && i < number.length - SHOWN_LAST ? DOT : each)).join(''),
  );
