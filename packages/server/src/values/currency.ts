import { countries } from 'countries-list';
import { currencies } from 'countries-list/currencies';
import { code as iso4217 } from 'currency-codes';

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
