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
  opentopup?: Pick<
    TransactionCreation,
    'max_price' | 'allow_repeat' | 'check_network' | 'on_empty' | 'park_until' | 'notify'
  >;
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

/** Gives the transaction among these that an order with this reference has made. */
export function madeBy(reference: string, transactions: readonly Transaction[]): Transaction | undefined {
  return transactions
    .filter(({ user_id }) => user_id === reference)
    .toSorted((a, b) => NEWS.indexOf(a.status) - NEWS.indexOf(b.status))[0];
}

/**
 * How many digits from the end tell two numbers apart: what is before them differs by how a number is written, with a
 * calling code or a prefix. A reference that was used for another line is rare; a sale taken for another's would be made twice.
 */
const TELLING = 7;

const digitsOf = (line: string): string => line.replaceAll(/\D/g, '').replace(/^0+/, '');

/** Returns true where nothing tells two spellings of a line apart; in digits other than ours, nothing can. */
function isSameLine(one: string, other: string, most: number): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)];
  const count = Math.min(most, a.length, b.length);
  return count === 0 || a.slice(-count) === b.slice(-count);
}

/** Returns true where a transaction is of the same offer and line as an order. */
export function isSameOrder({ offer_id, parameters }: Transaction, body: TransactionCreation): boolean {
  if (offer_id !== body.offer_id) return false;
  // An answer may leave the line out.
  const { msisdn, simId } = parameters ?? {};
  const asked: { msisdn?: string; simId?: string } = body.parameters ?? {};
  if (msisdn !== undefined && asked.msisdn !== undefined) return isSameLine(msisdn, asked.msisdn, TELLING);
  if (simId !== undefined && asked.simId !== undefined) return isSameLine(simId, asked.simId, simId.length);
  return (msisdn ?? simId) === undefined || body.parameters === undefined;
}
