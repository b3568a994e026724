import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Writes a number as it is written in its country: everywhere the same. */
export const nationalNumber = (e164: string): string => parsePhoneNumberFromString(e164)?.formatNational() ?? e164;
