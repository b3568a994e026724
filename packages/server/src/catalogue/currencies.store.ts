import type { Query } from '../database/database.ts';

/** What one unit of `base` is worth in other currencies (ISO 4217), as a source of rates says. */
export interface Rates {
  base: string;
  rates: Readonly<Record<string, number>>;
}

/**
 * Keeps the rates that are new, with the moment. Those that are the same stay as they are, and so do those of currencies
 * that the source does not name.
 * @returns false when the source knows no rate of the euro or of the US dollar: then nothing can be kept
 */
export async function keepExchangeRates(on: Query, { base, rates }: Rates, at: Date): Promise<boolean> {
  const all = { ...rates, [base]: 1 };
  if (!('EUR' in all && 'USD' in all)) return false;
  await on.query(
    `WITH given AS (
       SELECT * FROM unnest($1::text[], $2::numeric[]) AS r(currency, rate)
     )
     INSERT INTO exchange_rates AS known (currency, per_euro, per_us_dollar, changed_at)
     SELECT g.currency, g.rate / euro.rate, g.rate / dollar.rate, $3
     FROM given g, given euro, given dollar
     WHERE euro.currency = 'EUR' AND dollar.currency = 'USD'
     -- Two processes that do this at once must not wait for each other in a circle.
     ORDER BY g.currency
     ON CONFLICT (currency) DO UPDATE
       SET per_euro = excluded.per_euro, per_us_dollar = excluded.per_us_dollar, changed_at = excluded.changed_at
       WHERE (known.per_euro, known.per_us_dollar) IS DISTINCT FROM (excluded.per_euro, excluded.per_us_dollar)`,
    [Object.keys(all), Object.values(all).map(String), at],
  );
  return true;
}
