import type { Balances, Movement } from '@opentopup/contract';

/** What an entry of the ledger does to the balances of its bucket. `adjust` may be negative. */
export type BalanceChange = Pick<Movement, 'kind' | 'units'>;

/** What the operator books: units granted, or units added or taken away to mend a count. */
export interface NewBooking {
  kind: 'grant' | 'adjust';
  offer_id: string;
  /** Below zero only for an adjustment. */
  units: number;
  reference: string;
  justification: string;
}

/** A booking as it stands in the ledger, and its bucket now. */
export interface Booked extends NewBooking {
  distributor_id: string;
  at: Date;
  /** Units that went to sales that were owed one. */
  settled: number;
  /** Behind these. */
  bucket: Balances;
}

export const EMPTY: Balances = { granted: 0, available: 0, held: 0, sold: 0 };

/** Tells what a movement changes. */
function change({ kind, units }: BalanceChange): Balances {
  switch (kind) {
    case 'grant':
    case 'adjust':
      return { granted: units, available: units, held: 0, sold: 0 };
    case 'hold':
      return { granted: 0, available: -units, held: units, sold: 0 };
    case 'release':
      return { granted: 0, available: units, held: -units, sold: 0 };
    case 'sell':
      return { granted: 0, available: 0, held: -units, sold: units };
    case 'return':
      return { granted: 0, available: units, held: 0, sold: -units };
    case 'late_delivery':
      return { granted: 0, available: -units, held: 0, sold: units };
  }
}

/** Returns the balances after a movement; null where it is impossible: too few units, or none at all to move. */
export function applyMovement(balances: Balances, movement: BalanceChange): Balances | null {
  const { kind, units } = movement;
  if (!Number.isSafeInteger(units) || units === 0 || (units < 0 && kind !== 'adjust')) return null;
  const by = change(movement);
  const next = {
    granted: balances.granted + by.granted,
    available: balances.available + by.available,
    held: balances.held + by.held,
    sold: balances.sold + by.sold,
  };
  const possible = Object.values(next).every((balance) => Number.isSafeInteger(balance) && balance >= 0);
  return possible ? next : null;
}

/** Adds up a ledger; null where one of its movements is impossible. */
export function fromMovements(movements: readonly BalanceChange[]): Balances | null {
  return movements.reduce<Balances | null>((sum, movement) => sum && applyMovement(sum, movement), EMPTY);
}
