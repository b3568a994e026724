import { plainSpelling } from '@opentopup/contract/lines/plain-spelling';
import { type ReadNumber, readNumber } from '@opentopup/contract/lines/read-number';
import { AsYouType, isSupportedCountry } from 'libphonenumber-js/max';

/** A number as it is typed: how it is written in its country, as far as it goes, and what the server would read. */
export interface TypedNumber {
  shown: string;
  read: ReadNumber;
}

/** @param country of which the number has to be: what is typed without a calling code is taken for one of it */
export function typedNumber(raw: string, country: string): TypedNumber {
  const digits = plainSpelling(raw).replaceAll(/[^\d+]/g, '');
  const shown = new AsYouType(isSupportedCountry(country) ? country : undefined).input(digits);
  return { shown: shown || digits, read: readNumber(raw, country) };
}
