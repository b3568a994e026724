import type { ExchangeRateRow } from './currencies.query.ts';

/** Older rates say nothing of today. A source may rest over holidays; the rate of no currency stands still for so long. */
const OLDEST_RATE_MS = 7 * 24 * 3_600_000;

/** Rates by currency, as they are kept. */
export type KnownRates = Pick<ReadonlyMap<string, Pick<ExchangeRateRow, 'euros' | 'changed_at'>>, 'get'>;

/**
 * Returns an amount in another currency, by the rates that are known.
 * @returns null where one of the two is not known, or is too old
 */
export function inCurrency(amount: number, from: string, to: string, rates: KnownRates, now: Date): number | null {
  if (from === to) return amount;
  const eurosOf = (currency: string): number | null => {
    const rate = rates.get(currency);
    return rate && now.getTime() - rate.changed_at.getTime() <= OLDEST_RATE_MS ? rate.euros : null;
  };
  const [one, other] = [eurosOf(from), eurosOf(to)];
  return one === null || other === null ? null : (amount * one) / other;
}
