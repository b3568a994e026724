import { type CountryCode, type NumberingPlan as KnownPlan, Metadata, PhoneNumber } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** The library's knowledge of a country's numbers, with what its types leave out. */
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

const plans = new Map<CountryCode, NumberingPlan>();

export function planOf(country: CountryCode): NumberingPlan {
  const known = plans.get(country);
  if (known) return known;
  const all = new Metadata(metadata);
  all.selectNumberingPlan(country);
  const plan = all.numberingPlan as unknown as NumberingPlan;
  plans.set(country, plan);
  return plan;
}

/** Lists the territories that share a calling code, the main one first. */
export const territoriesOf = (callingCode: string): readonly CountryCode[] =>
  metadata.country_calling_codes[callingCode] ?? [];

const expressions = new Map<string, RegExp>();

/** Builds the expression that a text matches as a whole; each is built once, because that takes long. */
function wholly(pattern: string): RegExp {
  const expression = expressions.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  expressions.set(pattern, expression);
  return expression;
}

/**
 * Tells what kind of line a national number is where it is one of that country; undefined where its range is not listed
 * there.
 */
export function typeIn(country: CountryCode, national: string): ReturnType<PhoneNumber['getType']> {
  const plan = planOf(country);
  // Asking the library costs ten times as much, and most of those that share a calling code can have no such number.
  if (!wholly(plan.nationalNumberPattern()).test(national)) return undefined;
  const number = new PhoneNumber(`+${plan.callingCode()}${national}`, metadata);
  number.country = country;
  return number.getType();
}

/** The types of numbers that can be recharged; undefined where the type is not known. */
export const MOBILE_TYPES: ReadonlySet<string | undefined> = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

/**
 * Finds the listed ranges of numbers that may be mobile. Where mobile and fixed lines are not told apart, they are
 * those of both.
 */
export function mobileRanges(plan: NumberingPlan): Ranges | undefined {
  const mobile = plan.type('MOBILE');
  return mobile?.pattern() ? mobile : plan.type('FIXED_LINE');
}

const BLOCK = 3;
const FOLLOWING = Array.from({ length: 10 ** BLOCK }, (_, i) => String(i).padStart(BLOCK, '0'));
const blocks = new Map<string, boolean>();

/**
 * Returns true where a country lists mobile numbers that begin with the same three digits as this one, and are as long.
 */
export function hasBlock(country: CountryCode, national: string): boolean {
  const start = national.slice(0, BLOCK);
  const name = `${country} ${start} ${national.length}`;
  const known = blocks.get(name);
  if (known !== undefined) return known;
  const mobile = wholly(mobileRanges(planOf(country))?.pattern() ?? '(?!)');
  const zeros = '0'.repeat(Math.max(0, national.length - 2 * BLOCK));
  const isListed = FOLLOWING.some((next) => mobile.test((start + next + zeros).slice(0, national.length)));
  blocks.set(name, isListed);
  return isListed;
}
