import type { Query } from '../database/database.ts';

/** What one unit of a currency is worth. */
export interface ExchangeRateRow {
  currency: string;
  euros: number;
  us_dollars: number;
  /** When one of the two last changed. */
  changed_at: Date;
}

/**
 * Finds the last known rates, by currency. They are computed as decimals; only the result is a floating-point number.
 */
export async function findExchangeRates(on: Query): Promise<Map<string, ExchangeRateRow>> {
  const rows = await on.query<ExchangeRateRow>(
    `SELECT currency, round(1 / per_euro, 12)::float8 AS euros, round(1 / per_us_dollar, 12)::float8 AS us_dollars, changed_at
     FROM exchange_rates`,
  );
  return new Map(rows.map((row) => [row.currency, row]));
}
