import type { Country } from '@opentopup/contract';
import { countries, getEmojiFlag, type TCountryCode } from 'countries-list';
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
