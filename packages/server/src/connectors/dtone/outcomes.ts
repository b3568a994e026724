import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Cost, Found, Outcome, SupplierReceipt } from '../connector.ts';
import type { Sent } from '../http-transport.ts';
import { noAnswer, oddAnswer } from '../odd-answer.ts';
import { outcomeOfSeveral } from '../several-orders.ts';
import { MEANINGS, NO_TRANSACTION, STALE_CODES } from './meanings.ts';

const Money = Type.Object({
  unit_type: Type.Literal('CURRENCY'),
  unit: Type.String({ pattern: '^[A-Z]{3}$' }),
  amount: Type.Number(),
  fee: Type.Number(),
});
const Pin = Type.Object({ code: Type.String({ minLength: 1 }), serial: Type.Union([Type.String(), Type.Null()]) });
const UsageInfo = Type.Array(Type.String());

/** What has to be there before anything is believed; what else it tells is looked at by itself. */
const DtoneTransaction = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  external_id: Type.String(),
  status: Type.Object({ message: Type.String(), class: Type.Object({ message: Type.String() }) }),
  product: Type.Optional(Type.Object({ type: Type.Optional(Type.String()), pin: Type.Optional(Type.Unknown()) })),
  pin: Type.Optional(Type.Unknown()),
  prices: Type.Optional(Type.Object({ wholesale: Type.Optional(Type.Unknown()) })),
});
type DtoneTransaction = Static<typeof DtoneTransaction>;
const Transactions = Type.Array(DtoneTransaction);
/** How it refuses. */
export const DtoneErrors = Type.Object({
  errors: Type.Array(Type.Object({ code: Type.Integer(), message: Type.String() }), { minItems: 1 }),
});

/** Runs of digits may be somebody's number. */
const LONG_NUMBER = /\d{6,}/g;
const wordsOf = (text: string): string => text.replaceAll(LONG_NUMBER, '…');

const unknown = (cause: string): Outcome => ({ outcome: 'unknown', cause: wordsOf(cause) });
const odd = (cause: string): Outcome => oddAnswer(wordsOf(cause));

function costOf({ prices }: DtoneTransaction): { cost?: Cost } {
  const wholesale = prices?.wholesale;
  if (!Value.Check(Money, wholesale)) return {};
  return { cost: { amount: sumOf(wholesale), currency: wholesale.unit } };
}

/** Adds a price and its fee, without what binary fractions add to it. */
export const sumOf = ({ amount, fee }: { amount: number; fee: number }): number => Number((amount + fee).toFixed(6));

function receiptOf({ pin, product }: DtoneTransaction): { receipt?: SupplierReceipt } {
  if (!Value.Check(Pin, pin)) return {};
  const { code, serial } = pin;
  const { usage_info: usage } = (product?.pin ?? {}) as { usage_info?: unknown };
  const text = Value.Check(UsageInfo, usage) && usage.length > 0 ? { text: usage.join(' ') } : {};
  return { receipt: { ...text, pin: { code, ...(serial !== null && { serial }) } } };
}

/** Tells what a transaction proves. */
function outcomeOfTransaction(transaction: DtoneTransaction, reference: string): Outcome {
  const { id, external_id, status, product } = transaction;
  const { message } = status;
  const kind = status.class.message;
  if (external_id !== reference) return odd('it answers with another transaction');
  if (message !== kind && !message.startsWith(`${kind}-`)) {
    return odd(`it says ${message}, and that this is of the class ${kind}`);
  }
  const meaning = MEANINGS[message] ?? MEANINGS[kind] ?? 'unknown';
  if (meaning === 'unknown') {
    const isKnown = Object.hasOwn(MEANINGS, kind);
    if (!isKnown) return odd(`nobody knows what its status ${message} means`);
    return { outcome: 'unknown', cause: `it is still at it: ${message}`, is_accepted: true };
  }
  if (meaning !== 'ok') return { outcome: 'ko', reason: meaning, message: wordsOf(message) };
  const receipt = receiptOf(transaction);
  if (product?.type?.endsWith('_PIN_PURCHASE') && !receipt.receipt) return odd('it was delivered without its PIN');
  return { outcome: 'ok', supplier_reference: String(id), ...receipt, ...costOf(transaction) };
}

/** Tells what errors prove: something only where each of them does. */
function outcomeOfErrors(status: number, { errors }: Static<typeof DtoneErrors>): Outcome {
  const words = errors.map(({ message }) => message).join('; ');
  const meanings = errors.map(({ code }) => MEANINGS[code] ?? 'unknown');
  const [reason] = meanings;
  const isClientError = status >= 400 && status < 500;
  if (!isClientError || !reason || reason === 'ok' || meanings.some((each) => each === 'unknown' || each === 'ok')) {
    const isKnown = errors.every(({ code }) => Object.hasOwn(MEANINGS, code));
    return (isKnown ? unknown : odd)(`it was answered ${status}: ${words}`);
  }
  const isStale = errors.some(({ code }) => STALE_CODES.has(code));
  const message = status === 401 ? `it does not accept our key: ${words}` : words;
  return {
    outcome: 'ko',
    reason: reason as Exclude<typeof reason, 'unknown' | 'ok'>,
    message: wordsOf(message),
    ...(isStale && { is_catalogue_stale: true }),
  };
}

/** Tells what an order came to, as far as its answer proves. */
export function outcomeOfDtoneOrder(sent: Sent, reference: string): Outcome {
  if (sent.sent === 'never') {
    return { outcome: 'ko', reason: 'supplier_unavailable', message: wordsOf(`never sent: ${sent.why}`) };
  }
  if (sent.sent === 'no_answer') return noAnswer(sent);
  const { status, body } = sent;
  if (status === 201 && Value.Check(DtoneTransaction, body)) return outcomeOfTransaction(body, reference);
  if (Value.Check(DtoneErrors, body)) return outcomeOfErrors(status, body);
  return odd(`its answer of ${status} makes no sense`);
}

/** Tells what became of an order that was looked up. What was not asked was not answered, and proves nothing. */
export function foundAtDtone(sent: Sent, reference: string): Found {
  if (sent.sent === 'never') return unknown(`it could not be asked: ${sent.why}`);
  if (sent.sent === 'no_answer') return noAnswer(sent);
  const { status, body } = sent;
  if (status === 404 && Value.Check(DtoneErrors, body) && body.errors.every(({ code }) => code === NO_TRANSACTION)) {
    return { outcome: 'not_found' };
  }
  if (status !== 200 || !Value.Check(Transactions, body)) {
    if (!Value.Check(DtoneErrors, body)) return odd(`its answer of ${status} makes no sense`);
    return unknown(
      `it could not be asked, and answered ${status}: ${body.errors.map(({ message }) => message).join('; ')}`,
    );
  }
  const [found, ...others] = body.map((each) => outcomeOfTransaction(each, reference));
  if (!found) return { outcome: 'not_found' };
  return others.length === 0 ? found : outcomeOfSeveral([found, ...others]);
}
