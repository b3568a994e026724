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
