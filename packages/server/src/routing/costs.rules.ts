import type { ExchangeRateRow } from '../catalogue/currencies.query.ts';
import type { LastBalance } from '../catalogue/suppliers/suppliers.query.ts';

/** Older rates say nothing of today. A source may rest over holidays; the rate of no currency stands still for so long. */
const OLDEST_RATE_MS = 7 * 24 * 3_600_000;

/** Rates by currency, as they are kept. */
export type KnownRates = ReadonlyMap<string, Pick<ExchangeRateRow, 'euros' | 'changed_at'>>;

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

/** Older balances say nothing of now: money is read every five minutes, and more may have been paid in since. */
const OLDEST_BALANCE_MS = 15 * 60_000;

/** What a supplier charges for one; null where that is not known. */
export interface Charge {
  cost: number | null;
  cost_currency: string | null;
}

/**
 * Tells whether a supplier is known to have less money of ours than it charges. A supplier whose balance is below zero
 * lends, and does not say how much.
 */
export function isShortOf(
  { cost, cost_currency }: Charge,
  balance: Pick<LastBalance, 'available' | 'currency' | 'read_at'> | undefined,
  rates: KnownRates,
  now: Date,
): boolean {
  if (cost === null || cost_currency === null || !balance || balance.available < 0) return false;
  if (now.getTime() - balance.read_at.getTime() > OLDEST_BALANCE_MS) return false;
  const needed = inCurrency(cost, cost_currency, balance.currency, rates, now);
  return needed !== null && needed > balance.available;
}
