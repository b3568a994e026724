import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';
import type { NumberFault } from './line-fault.ts';
import { listedMobile } from './listed-mobile.ts';
import {
  hasBlock,
  MOBILE_TYPES,
  mobileRanges,
  type NumberingPlan,
  planOf,
  territoriesOf,
  typeIn,
} from './numbering-plan.ts';
import { plainSpelling } from './plain-spelling.ts';

export type ReadNumber =
  /** E.164, and the national digits that suppliers read (of France and Spain, the last 9). */
  | { ok: true; e164: string; national: string }
  | {
      ok: false;
      fault: NumberFault;
      /** Of which countries or territories it may be instead (ISO 3166-1 alpha-2), where that is known. */
      countries: readonly string[];
      /** How many digits it lacks at least; 0 where it is not too short. */
      missing: number;
    };

type Fault = Extract<ReadNumber, { ok: false }>;

/** Longer than any number, with whatever stands between its digits. */
const LONGEST = 64;
const URI = /^tel:/i;
/** The characters that people write between digits. */
const BETWEEN = /[ ().\-/]/g;
const DIGITS = /^\+?\d+$/;

/** Territories with calling codes of their own that share one numbering plan, in which each number has one place. */
const SHARED_PLANS: readonly (readonly CountryCode[])[] = [['FR', 'GP', 'BL', 'MF', 'GF', 'MQ', 'PM', 'RE', 'YT']];

const fault = (of: NumberFault, countries: readonly string[] = [], missing = 0): Fault => ({
  ok: false,
  fault: of,
  countries,
  missing,
});

/**
 * Reads a mobile number of one country, however it is written: `+33 6 84 58 75 87`, `0684587587` and `684587587` are
 * one. Ranges that are listed nowhere pass, because operators open new ones before the lists know them; numbers known
 * not to be mobile, of other countries or of impossible length do not.
 * @param country ISO 3166-1 alpha-2, of the supplier
 */
export function readNumber(written: string, country: string): ReadNumber {
  if (written.length > LONGEST) return fault('too_long');
  if (!isCountry(country)) return fault('not_a_number');
  const national = listedMobile(written, country);
  return national === null ? readClosely(written, country) : { ok: true, e164: written, national };
}

/** Does the same for a number that may be written in any way. */
export function readClosely(written: string, country: CountryCode): ReadNumber {
  const digits = digitsOf(written);
  if (digits === null) return fault('not_a_number');
  const plan = planOf(country);
  const all = spellings(digits, plan.callingCode()).map((each) => readSpelling(each, country, plan));
  // A way to read it by which it is listed is better than one by which it may be.
  const best = all.find(({ isListed }) => isListed) ?? all.find(({ read }) => read.ok) ?? all[0];
  return best?.read ?? fault('not_a_number');
}

/**
 * Lists the numbers in E.164 that a text may mean in a country, whether or not they can be recharged; one with a
 * calling code means the same in all, and means it without its plus, which a query string makes a blank.
 */
export function numbersMeant(written: string, country: string): string[] {
  const digits = digitsOf(written);
  if (digits === null || !isCountry(country)) return [];
  const meant = spellings(digits, planOf(country).callingCode()).map((each) => parsed(each, country)?.number);
  return meant.filter((number) => number !== undefined);
}

/** Finds the digits of what is written like a number, and the plus before them; null where it is not. */
export function digitsOf(written: string): string | null {
  const digits = plainSpelling(written).replace(URI, '').replaceAll(BETWEEN, '');
  return DIGITS.test(digits) ? digits : null;
}

const isCountry = (country: string): country is CountryCode => isSupportedCountry(country as CountryCode, metadata);

/**
 * Lists what digits may mean: an international number may have lost its plus, or have been dialled by 00 as in most
 * countries.
 */
function spellings(digits: string, callingCode: string): string[] {
  const international = digits.replace(/^00/, '');
  return digits.startsWith('+') || !international.startsWith(callingCode) ? [digits] : [digits, `+${international}`];
}

const parsed = (digits: string, defaultCountry: CountryCode): PhoneNumber | undefined =>
  parsePhoneNumberFromString(digits, { defaultCountry, extract: false }, metadata);

interface Spelling {
  read: ReadNumber;
  isListed: boolean;
}

function readSpelling(digits: string, country: CountryCode, plan: NumberingPlan): Spelling {
  const number = parsed(digits, country);
  const type = number?.countryCallingCode === plan.callingCode() ? typeIn(country, number.nationalNumber) : undefined;
  if (number && MOBILE_TYPES.has(type)) {
    return { read: { ok: true, e164: number.number, national: number.nationalNumber }, isListed: true };
  }
  const read = type === undefined ? readUnlisted(number, digits, country, plan) : fault('not_mobile', [country]);
  return { read, isListed: false };
}

/** Reads a number that is in none of its country's ranges. */
function readUnlisted(
  number: PhoneNumber | undefined,
  digits: string,
  country: CountryCode,
  plan: NumberingPlan,
): ReadNumber {
  if (!number) return faultOfUnread(digits, plan);
  const { countryCallingCode, nationalNumber: national } = number;
  if (countryCallingCode !== plan.callingCode()) return fault('other_country', ownersOf(national, countryCallingCode));
  const wrong = faultOfLength(national, plan);
  if (wrong) return wrong;
  const owners = ownersOf(national, countryCallingCode, country);
  const isClaimed = owners.length > 0 && !owners.includes(country);
  if (isClaimed || !mayBegin(national, plan)) return fault('other_country', owners);
  return { ok: true, e164: number.number, national };
}

/** Tells what is wrong with digits in which the library sees no number: mostly there are too few. */
function faultOfUnread(digits: string, plan: NumberingPlan): Fault {
  const start = `+${plan.callingCode()}`;
  const isElsewhere = digits.startsWith('+') && !digits.startsWith(start) && !start.startsWith(digits);
  return (isElsewhere ? null : faultOfLength(digits, plan)) ?? fault('not_a_number');
}

/** Returns true where a country that has a calling code for itself in part may have a number that begins so. */
function mayBegin(national: string, plan: NumberingPlan): boolean {
  const leading = plan.leadingDigits();
  return !leading || new RegExp(`^(?:${leading})`).test(national);
}

/** Tells what is wrong with the length of a number that is in no range. */
function faultOfLength(digits: string, plan: NumberingPlan): Fault | null {
  const national = significant(digits, plan);
  const lengths = mobileRanges(plan)?.possibleLengths() ?? plan.possibleLengths();
  if (national === digits && lengths.includes(national.length)) return null;
  const longer = lengths.filter((length) => length > national.length);
  return longer.length > 0 ? fault('too_short', [], Math.min(...longer) - national.length) : fault('too_long');
}

/** Returns the digits that count, of a number that may not be complete. */
function significant(digits: string, plan: NumberingPlan): string {
  const prefix = digits.startsWith('+') ? `+${plan.callingCode()}` : plan.nationalPrefix();
  return prefix && digits.startsWith(prefix) ? digits.slice(prefix.length) : digits;
}

/**
 * Lists the territories in whose ranges a number lies, among those that share its calling code or its country's plan;
 * where it lies in none, those that have others beginning with the same three digits.
 */
function ownersOf(national: string, callingCode: string, country?: CountryCode): readonly CountryCode[] {
  const planned = SHARED_PLANS.find((plan) => country && plan.includes(country)) ?? [];
  const sharing = [...new Set([...territoriesOf(callingCode), ...planned])];
  if (sharing.length === 1) return country ? [] : sharing;
  const listing = sharing.filter((each) => typeIn(each, national) !== undefined);
  return listing.length > 0 ? listing : sharing.filter((each) => hasBlock(each, national));
}
