import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

const DOT = '•';
const SHOWN_LAST = 2;
const SHOWN_LAST_OF_SERIAL = 4;

/** A number as somebody sees it who need not know it: `+33 6 •• •• •• 87`; of a SIM's serial, the last four digits. */
export function maskedLine(line: string): string {
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

/** A text in which whatever may be somebody's number is masked but for its last two digits; ids and dates stay. */
export const maskedText = (text: string): string =>
  text.replaceAll(IN_TEXT, (whole, number?: string) =>
    number === undefined
      ? whole
      : [...number].map((each, i) => (/\d/.test(each) && i < number.length - SHOWN_LAST ? DOT : each)).join(''),
  );
