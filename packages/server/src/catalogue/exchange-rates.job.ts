import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Query } from '../database/database.ts';
import type { Job } from '../jobs/runner.ts';
import { CURRENCIES } from '../values/countries.ts';
import { readAtMost } from '../values/read-at-most.ts';
import { keepExchangeRates } from './currencies.store.ts';

const EVERY_MS = 6 * 3_600_000;
/** How long the source may take for its whole answer, and how long that may be. */
const TIMEOUT_MS = 5_000;
const LARGEST_BYTES = 256 * 1024;

const Answer = Type.Object({
  base: Type.String(),
  rates: Type.Record(Type.String(), Type.Number({ minimum: 1e-9, maximum: 1e9 })),
});

/** Keeps the exchange rates up to date. While the source fails, those known last stay. */
export function exchangeRatesJob(db: Query, url: string, now: () => Date): Job {
  return {
    name: 'exchange-rates',
    every_ms: EVERY_MS,
    run: async (stopping) => {
      const { base, rates } = await fetchRates(url, AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]));
      const ours = CURRENCIES.flatMap(({ iso_code }) => {
        const rate = rates[iso_code];
        return rate === undefined ? [] : [[iso_code, rate]];
      });
      if (!(await keepExchangeRates(db, { base, rates: Object.fromEntries(ours) }, now()))) {
        throw new Error('the source of exchange rates does not know the euro and the US dollar');
      }
      return 'done';
    },
  };
}

/**
 * Fetches the answer of a source, as JSON: `{"base": "EUR", "rates": {"USD": 1.08}}`; whatever else it says is ignored.
 */
async function fetchRates(url: string, signal: AbortSignal): Promise<Static<typeof Answer>> {
  const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
  const text = (await readAtMost(response.body, LARGEST_BYTES)).toString('utf8');
  if (!response.ok) throw new Error(`the source of exchange rates answers ${response.status}`);
  return Value.Parse(Answer, JSON.parse(text));
}
