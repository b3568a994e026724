import { type CountryCode, type NumberingPlan as KnownPlan, Metadata, PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** What the library knows of a country's numbers; its types leave some of it out. */
export interface NumberingPlan extends KnownPlan {
  callingCode(): string;
  nationalNumberPattern(): string;
  /** What is dialled before a national number: 0 in France, 8 in Russia; undefined or empty where nothing is. */
  nationalPrefix(): string | undefined;
  nationalPrefixForParsing(): string | undefined;
  type(type: 'MOBILE' | 'FIXED_LINE'): Ranges | undefined;
}

/** The numbers of one type. */
interface Ranges {
  /** Empty where they are the same as those of fixed lines. */
  pattern(): string;
  possibleLengths(): number[];
}

/** @param of a country, or a calling code: then that of its main country */
export function planOf(of: CountryCode | { callingCode: string }): NumberingPlan {
  const all = new Metadata(metadata);
  const name = typeof of === 'string' ? of : (metadata.country_calling_codes[of.callingCode]?.[0] as CountryCode);
  all.selectNumberingPlan(name);
  return all.numberingPlan as unknown as NumberingPlan;
}

/** The territories that share a calling code, the main one first. */
export const territoriesOf = (callingCode: string): readonly CountryCode[] =>
  metadata.country_calling_codes[callingCode] ?? [];

/** What kind of line a number is where it is one of that country; undefined where its range is not listed there. */
export function typeIn(country: CountryCode, e164: string): ReturnType<PhoneNumber['getType']> {
  const number = new PhoneNumber(e164, metadata);
  number.country = country;
  return number.getType();
}

/** Where the type is known, only these can be recharged. */
export const MOBILE_TYPES: ReadonlySet<string | undefined> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

/** The listed numbers that may be mobile. Where mobile and fixed lines are not told apart, they are those of both. */
export function mobileRanges(plan: NumberingPlan): Ranges | undefined {
  const mobile = plan.type('MOBILE');
  return mobile?.pattern() ? mobile : plan.type('FIXED_LINE');
}
