import type { Country } from '@opentopup/contract';
import { countries, getCountryDataList, getEmojiFlag, type TCountryCode } from 'countries-list';
import { currencies } from 'countries-list/currencies';
import { code as iso4217 } from 'currency-codes';
import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';

const names: Partial<Record<string, { name: string }>> = countries;

/** Returns a country by its ISO 3166-1 alpha-2 code. One that is not known keeps its code for a name. */
export function countryOf(iso_code: string): Country {
  return {
    iso_code,
    name: names[iso_code]?.name ?? iso_code,
    phone_prefix: isSupportedCountry(iso_code) ? Number(getCountryCallingCode(iso_code)) : 0,
    flag: getEmojiFlag(iso_code as TCountryCode),
  };
}

/** Every country, by code. */
export const COUNTRIES: readonly Country[] = Object.keys(countries).toSorted().map(countryOf);

interface Currency {
  iso_code: string;
  name: string;
}

/** Codes of ISO 4217 that countries have only to count with (its "funds codes"): nobody can pay in them. */
const UNITS_OF_ACCOUNT: ReadonlySet<string> = new Set(['BOV', 'CHE', 'CHW', 'CLF', 'USN', 'UYI']);

const inUse = new Set(Object.values(countries).flatMap(({ currency }) => currency));

/** Every currency that people pay in somewhere, by code. Precious metals, funds and codes for tests are none. */
export const CURRENCIES: readonly Currency[] = [...inUse]
  .filter((iso_code) => !UNITS_OF_ACCOUNT.has(iso_code))
  .toSorted()
  // The names are those of ISO 4217; for a currency younger than that list, the one by which it is known.
  .map((iso_code) => ({ iso_code, name: (iso4217(iso_code)?.currency ?? currencies[iso_code].name).trim() }));

const byThreeLetters = new Map(getCountryDataList().map(({ iso2, iso3 }) => [iso3, iso2 as string]));

/** Gives the two letters of a country that is told by three; null where it is none. */
export const twoLetters = (iso3: string): string | null => byThreeLetters.get(iso3) ?? null;
