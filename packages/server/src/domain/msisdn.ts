import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { listedMobile } from './listed-mobile.ts';

export type NormalisedMsisdn = { ok: true; e164: string; national: string } | { ok: false };

const LONGEST = 32;
/** Digits, one leading plus, and what people write between digits. */
const WRITTEN_NUMBER = /^\+?[\d \u00a0\u202f().\-/]+$/;
/** Where the type is known, only these can be recharged. */
const MOBILE_TYPES = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

const refused: NormalisedMsisdn = { ok: false };

/**
 * A mobile number of one country, however it is written: `+33 6 84 58 75 87`, `0684587587` and `684587587` are one.
 * Ranges whose type is not known pass, because operators open new ones before the lists know them; numbers known not to
 * be mobile, of other countries or of impossible length do not.
 * @param country ISO 3166-1 alpha-2 of the supplier
 * @returns E.164, and the national digits that the supplier reads (the last 9 of France and Spain)
 */
export function normaliseMsisdn(raw: string, country: string): NormalisedMsisdn {
  const text = raw.trim();
  if (text.length > LONGEST || !WRITTEN_NUMBER.test(text) || !isSupportedCountry(country)) return refused;
  const callingCode = getCountryCallingCode(country);
  const listed = listedMobile(text, country, callingCode);
  if (listed) return { ok: true, e164: text, national: listed };
  return readMsisdn(text, country);
}

/** The same for what is written like a number, and of a country that is known. */
export function readMsisdn(text: string, country: CountryCode): NormalisedMsisdn {
  const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false });
  if (!number?.isPossible() || number.countryCallingCode !== getCountryCallingCode(country)) return refused;
  // Several countries may share a calling code; a range nobody knows yet belongs to none of them.
  if (number.country !== undefined && number.country !== country) return refused;
  const type = number.getType();
  if (type !== undefined && !MOBILE_TYPES.has(type)) return refused;
  const national = number.nationalNumber;
  return national.startsWith('0') ? refused : { ok: true, e164: number.number, national };
}
