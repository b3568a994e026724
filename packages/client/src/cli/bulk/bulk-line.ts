import { isSameOrder } from '../../order.ts';
import { resultOf, type TopupResult } from '../../result.ts';
import type { Transaction } from '../../wire.ts';

/** One line of a file: one top-up to be sold. */
export interface BulkOrder {
  /** Its number in the file, from 1. */
  line: number;
  offer_id: string;
  /** As it was typed; one of the two. */
  msisdn: string | null;
  sim_id: string | null;
  /** The distributor's own, or one that is made from the file and the line. */
  reference: string;
}

/**
 * The state of a line.
 * - `new`: it was never sent.
 * - `sending`: it may have been sold, or it may not.
 * - `pending`: it was sent, and nobody knows yet.
 */
export type LineState = 'new' | 'sending' | 'ok' | 'refused' | 'pending';

/** A line as it stands. */
export interface BulkLine extends BulkOrder {
  state: LineState;
  /** When it was sent for the last time, or its outcome became known, in milliseconds since 1970. */
  at_ms: number;
  transaction_id: string | null;
  reason: string | null;
}

/** The outcome of a line. */
export interface LineOutcome {
  state: 'ok' | 'refused' | 'pending';
  transaction_id: string | null;
  reason: string | null;
}

/** Gives the parameters of the order that sells a line. */
export const lineParameters = ({ msisdn, sim_id }: BulkOrder): { msisdn: string } | { simId: string } =>
  msisdn === null ? { simId: sim_id ?? '' } : { msisdn };

/** Reads the outcome of a line from a transaction that has its reference. */
export function foundOutcome(transaction: Transaction, order: BulkOrder): LineOutcome {
  const body = { offer_id: order.offer_id, parameters: lineParameters(order) };
  if (!isSameOrder(transaction, body)) {
    return { state: 'refused', transaction_id: transaction.id, reason: 'idempotency_conflict' };
  }
  return resultOutcome(resultOf(transaction));
}

/** Turns a result into an outcome, as the register keeps it. */
export function resultOutcome(result: TopupResult): LineOutcome {
  if (result.status !== 'refused') return { state: result.status, transaction_id: result.transaction.id, reason: null };
  return { state: 'refused', transaction_id: result.transactionId ?? null, reason: result.reason };
}
