import type { TransactionCreation } from '@opentopup/contract';
import { UsageError } from './errors.ts';
import type { Transaction } from './wire.ts';

/** An order of an eSIM, which names no line. */
export interface EsimOrder {
  offer_id: string;
  /**
   * Your own name of this order, different for each: 1 to 255 visible ASCII characters without quotes. Keep it before
   * you order: with it, an order can be found and repeated safely. It goes as `Idempotency-Key` and as `user_id`. Left
   * out, one is made.
   */
  reference?: string;
  /** In place of the reference. Servers that keep no keys cannot find the order then. */
  user_id?: string;
  voucher_id?: string;
  /** What only OpenTopup knows; other servers pass over it, and do not hold you to it. */
  opentopup?: Pick<TransactionCreation, 'max_price' | 'allow_repeat'>;
}

/** An order of a top-up: of a number, or of a SIM by its serial. */
export interface TopupOrder extends EsimOrder {
  parameters: { msisdn: string } | { simId: string };
}

/** An order, ready to be sent. */
export interface Placed {
  reference: string;
  body: TransactionCreation;
  /** True where a transaction of this order can be told by its `user_id`. */
  isFindable: boolean;
}

/** What a reference may look like: a header carries it. */
export const REFERENCE = /^[\x21\x23-\x7e]{1,255}$/;

/** @throws UsageError for a reference that cannot be sent */
export function placed(order: EsimOrder | TopupOrder): Placed {
  const { reference = crypto.randomUUID(), user_id = reference, opentopup, ...body } = order;
  if (!REFERENCE.test(reference)) {
    throw new UsageError('a reference has 1 to 255 visible ASCII characters and no quotes');
  }
  return { reference, body: { ...body, user_id, ...opentopup }, isFindable: user_id === reference };
}

/** Best news first: of several transactions of one order, the one that has come furthest is its outcome. */
const NEWS: readonly Transaction['status'][] = ['ok', 'pending', 'created', 'ko', 'expired'];

/** The transaction among these that an order with this reference has made. */
export function madeBy(reference: string, transactions: readonly Transaction[]): Transaction | undefined {
  return transactions
    .filter(({ user_id }) => user_id === reference)
    .toSorted((a, b) => NEWS.indexOf(a.status) - NEWS.indexOf(b.status))[0];
}

/** Of numbers, the last nine digits are compared: a supplier reads no more, however the number is written. */
const lineOf = ({ msisdn, simId }: { msisdn?: string; simId?: string }): string =>
  msisdn === undefined ? (simId ?? '').replaceAll(/\W/g, '') : msisdn.replaceAll(/\D/g, '').slice(-9);

/** True where a transaction is of the same offer and line as an order. */
export function isSameOrder({ offer_id, parameters }: Transaction, body: TransactionCreation): boolean {
  if (offer_id !== body.offer_id) return false;
  // An answer may leave the line out.
  const line = lineOf(parameters ?? {});
  return !line || !body.parameters || line === lineOf(body.parameters);
}
