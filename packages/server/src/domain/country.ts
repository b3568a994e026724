import { getCountryCallingCode, isSupportedCountry } from 'libphonenumber-js/max';

export interface Country {
  iso_code: string;
  name: string;
  /** The calling code; 0 where a territory has none. */
  phone_prefix: number;
  flag: string;
}

const names = new Intl.DisplayNames('en', { type: 'region' });
const REGIONAL_INDICATOR_A = 0x1f1e6;

/** A country by its ISO 3166-1 alpha-2 code. */
export function countryOf(iso_code: string): Country {
  return {
    iso_code,
    name: names.of(iso_code) ?? iso_code,
    phone_prefix: isSupportedCountry(iso_code) ? Number(getCountryCallingCode(iso_code)) : 0,
    flag: [...iso_code]
      .map((letter) => String.fromCodePoint(REGIONAL_INDICATOR_A + letter.charCodeAt(0) - 65))
      .join(''),
  };
}
