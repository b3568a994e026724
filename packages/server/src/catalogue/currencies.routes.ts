import { type Currency, WIRE_OPERATIONS, wireDate } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { serve } from '../http/serve.ts';
import { COUNTRIES, CURRENCIES } from '../values/countries.ts';
import { type ExchangeRateRow, findExchangeRates } from './currencies.query.ts';

/** Presents a currency as it goes on the wire. The euro is worth one euro, whatever is known of the others. */
function wireCurrency(currency: { iso_code: string; name: string }, rate: ExchangeRateRow | undefined): Currency {
  return {
    ...currency,
    ...(currency.iso_code === 'EUR' && { euro_exchange_rate: 1 }),
    ...(currency.iso_code === 'USD' && { us_dollar_exchange_rate: 1 }),
    ...(rate && {
      euro_exchange_rate: rate.euros,
      us_dollar_exchange_rate: rate.us_dollars,
      last_change: wireDate(rate.changed_at),
    }),
  };
}

/** Serves the countries and currencies that there are. */
export async function countryRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.getCountryList, async ({ query: { offset, limit } }) =>
    COUNTRIES.slice(offset, offset + limit),
  );

  serve(app, WIRE_OPERATIONS.getCurrencyList, async ({ query: { offset, limit } }) => {
    const rates = await findExchangeRates(db);
    const page = CURRENCIES.slice(offset, offset + limit);
    return page.map((currency) => wireCurrency(currency, rates.get(currency.iso_code)));
  });
}
