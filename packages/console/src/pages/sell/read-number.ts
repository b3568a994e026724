import { AsYouType, type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** What is known of a number as it is typed. */
export interface ReadNumber {
  /** As it is written in its country, as far as it was typed. */
  shown: string;
  /** Whether it can be ordered, or why not (yet). */
  state: 'empty' | 'incomplete' | 'other_country' | 'not_mobile' | 'good';
  /** ISO 3166-1 alpha-2, once it can be told. */
  country?: string;
  isMobile?: boolean;
}

/** Where the type is known, only these can be recharged. */
const MOBILE_TYPES = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

/** What a paste or a scanner brings around a number: `tel:`, blanks of any kind, marks of direction. */
const clean = (raw: string): string => raw.replace(/^\s*tel:/i, '').replaceAll(/[^\d+]/g, '');

/** @param country of which the number has to be: what is typed without a calling code is taken for one of it */
export function readNumber(raw: string, country: string): ReadNumber {
  const text = clean(raw);
  if (text === '') return { shown: raw.startsWith('+') ? '+' : '', state: 'empty' };
  const home: CountryCode = isSupportedCountry(country) ? country : 'FR';
  const shown = new AsYouType(home).input(text);
  const number = parsePhoneNumberFromString(text, { defaultCountry: home, extract: false });
  if (!number?.isPossible()) return { shown, state: 'incomplete', ...(number?.country && { country: number.country }) };
  const type = number.getType();
  const isMobile = type === undefined || MOBILE_TYPES.has(type);
  const known = { shown, ...(number.country && { country: number.country }), isMobile };
  const isHome =
    number.country === undefined ? number.countryCallingCode === callingCodeOf(home) : number.country === home;
  if (!isHome) return { ...known, state: 'other_country' };
  return { ...known, state: isMobile ? 'good' : 'not_mobile' };
}

const callingCodeOf = (country: CountryCode): string | undefined => {
  const typed = new AsYouType(country);
  typed.input('0');
  return typed.getCallingCode();
};
