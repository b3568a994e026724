import { inCurrency, type KnownRates } from '../catalogue/exchange.rules.ts';
import type { Candidate } from '../catalogue/offers/route.query.ts';
import type { LastBalance } from '../catalogue/suppliers/suppliers.query.ts';

/** Older balances say nothing of now: money is read every five minutes, and more may have been paid in since. */
const OLDEST_BALANCE_MS = 15 * 60_000;

/**
 * Tells whether a supplier is known to have less money of ours than it charges, with what it lends: where that is in the
 * balance already it refuses, and another is tried. A supplier whose balance is below zero lends, whatever it says.
 */
export function isShortOf(
  { cost, cost_currency }: Pick<Candidate, 'cost' | 'cost_currency'>,
  balance: Omit<LastBalance, 'supplier_id'> | undefined,
  rates: KnownRates,
  now: Date,
): boolean {
  if (cost === null || cost_currency === null || !balance || balance.available < 0) return false;
  if (now.getTime() - balance.read_at.getTime() > OLDEST_BALANCE_MS) return false;
  const needed = inCurrency(cost, cost_currency, balance.currency, rates, now);
  return needed !== null && needed > balance.available + Math.max(0, balance.credit_limit);
}
