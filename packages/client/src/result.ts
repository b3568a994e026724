import type { LineFault, Reason } from '@opentopup/contract';
import { customerMessage, languageOfTag, lineMessage } from '@opentopup/contract/messages/customer-messages';
import { ruleOf } from '@opentopup/contract/reasons';
import type { AnswerError } from './errors.ts';
import { isReason } from './reason-of.ts';
import type { Transaction } from './wire.ts';

interface Told {
  /** The reference of the order: yours, or the one that was made for it. */
  reference?: string;
  /** What to tell the end customer, in the language of a locale such as `fr-FR`; in English where it is none of ours. */
  customerMessage: (locale?: string) => string;
}

/** The line is recharged, or the eSIM sold: one unit is taken. */
export interface Ok extends Told {
  status: 'ok';
  transaction: Transaction;
}

/** Nobody knows yet, or the order is parked (`created`). Do not order again: `waitFor` follows it to its end. */
export interface Pending extends Told {
  status: 'pending';
  transaction: Transaction;
}

/** Nothing was delivered, and the stock is as before. */
export interface Refused extends Told {
  status: 'refused';
  reason: Reason;
  /** True where the same order may succeed later. */
  retryable: boolean;
  /** What exactly is wrong, in the API's words; they may hold ids, and are not for customers. */
  description?: string;
  /** The transaction that came to nothing, where there is one. */
  transactionId?: string;
  /** What is wrong with the number or the serial of the SIM, where that is the reason. */
  lineFault?: LineFault;
}

/** What became of an order. */
export type TopupResult = Ok | Pending | Refused;

/** Gives the sentence of a reason or a status in the language of a locale. */
function sentences(outcome: Reason | 'ok' | 'pending' | 'parked'): Told['customerMessage'] {
  return (locale = '') => customerMessage(outcome, languageOfTag(locale));
}

const named = (reference: string | undefined): { reference?: string } => (reference === undefined ? {} : { reference });

export function refused(reason: Reason, reference?: string): Refused {
  const { retryable } = ruleOf(reason);
  return { status: 'refused', reason, retryable, ...named(reference), customerMessage: sentences(reason) };
}

/** Tells what a transaction stands for, wherever it was found. */
export function resultOf(transaction: Transaction, reference?: string): TopupResult {
  switch (transaction.status) {
    case 'ok':
      return { status: 'ok', transaction, ...named(reference), customerMessage: sentences('ok') };
    case 'created':
      return { status: 'pending', transaction, ...named(reference), customerMessage: sentences('parked') };
    case 'pending':
      return { status: 'pending', transaction, ...named(reference), customerMessage: sentences('pending') };
    case 'ko':
    case 'expired': {
      const reason = isReason(transaction.reason) ? transaction.reason : 'supplier_refused';
      return { ...refused(reason, reference), transactionId: transaction.id };
    }
  }
}

/** Gives the refusal that an error answer to an order is; null where it is something else. */
export function orderRefusal(
  { status, reason, description, transactionId, lineFault }: AnswerError,
  reference: string,
): Refused | null {
  if (!reason || (status !== 400 && status !== 422)) return null;
  return {
    ...refused(reason, reference),
    ...(description !== undefined && { description }),
    ...(transactionId !== undefined && { transactionId }),
    ...(lineFault && {
      lineFault,
      customerMessage: (locale = '') => lineMessage(lineFault, languageOfTag(locale)),
    }),
  };
}
