import type { TransactionKey } from './transaction-key.ts';

/** An attempt to deliver an order: the first is 1. */
export interface AttemptKey extends TransactionKey {
  number: number;
}

/** Gives the reference under which a supplier knows an attempt: no two have the same, and none has it twice. */
export const attemptReference = ({ transaction_id, number }: Pick<AttemptKey, 'transaction_id' | 'number'>): string =>
  number === 1 ? transaction_id : `${transaction_id}-${number}`;

const REFERENCE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-([2-9]|[1-9][0-9]))?$/i;

/** Reads such a reference; null where it is none of ours. */
export function readAttemptReference(reference: string): Pick<AttemptKey, 'transaction_id' | 'number'> | null {
  const [, transaction_id, number = '1'] = REFERENCE.exec(reference) ?? [];
  return transaction_id === undefined ? null : { transaction_id: transaction_id.toLowerCase(), number: Number(number) };
}
