import { isSameOrder } from '../../order.ts';
import { resultOf, type TopupResult } from '../../result.ts';
import type { Transaction } from '../../wire.ts';
import { type BulkOrder, type LineOutcome, lineParameters } from './line.ts';

/** What a transaction that has the reference of a line says of that line. */
export function foundOutcome(transaction: Transaction, order: BulkOrder): LineOutcome {
  const body = { offer_id: order.offer_id, parameters: lineParameters(order) };
  if (!isSameOrder(transaction, body)) {
    return { state: 'refused', transaction_id: transaction.id, reason: 'idempotency_conflict' };
  }
  return resultOutcome(resultOf(transaction));
}

/** A result, as the register keeps it. */
export function resultOutcome(result: TopupResult): LineOutcome {
  if (result.status !== 'refused') return { state: result.status, transaction_id: result.transaction.id, reason: null };
  return { state: 'refused', transaction_id: result.transactionId ?? null, reason: result.reason };
}
