import { plainSpelling } from '@opentopup/contract/lines/plain-spelling';
import { readNumber } from '@opentopup/contract/lines/read-number';
import { AsYouType } from 'libphonenumber-js/max';

/** What is known of a number that may not be whole yet. */
export interface KnownNumber {
  country: string | undefined;
  /** E.164, once it is whole. */
  whole: string | undefined;
}

/** Recognises a number while it is typed. @param countries of whose numbers something is offered */
export function recogniseNumber(text: string, countries: readonly string[]): KnownNumber {
  const read = countries.map((country) => ({ country, read: readNumber(text, country) }));
  const numbers = read.flatMap((each) => (each.read.ok ? [{ country: each.country, e164: each.read.e164 }] : []));
  // Without its calling code it may be one of several countries.
  const isClear = new Set(numbers.map(({ e164 }) => e164)).size === 1;
  if (isClear) return { country: numbers[0]?.country, whole: numbers[0]?.e164 };
  const typed = new AsYouType();
  typed.input(plainSpelling(text).replaceAll(/[^\d+]/g, ''));
  return { country: typed.getCountry(), whole: undefined };
}
