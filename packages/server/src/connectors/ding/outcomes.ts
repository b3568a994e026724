import type { SupplierReason } from '@opentopup/contract';
import { Value } from 'typebox/value';
import type { Cost, Outcome, SupplierReceipt } from '../connector.ts';
import type { Sent } from '../http-transport.ts';
import { noAnswer, oddAnswer } from '../odd-answer.ts';
import { type DingAnswer, TransferAnswer, type TransferRecord } from './answers.ts';
import { DING_CODES, DING_RESULTS, TRANSFER_STATES } from './meanings.ts';
import type { DingProduct } from './settings.ts';

/** Runs of digits may be somebody's number. */
const LONG_NUMBER = /\d{6,}/g;

/** What was ordered, and as what. */
export interface DingOrder {
  reference: string;
  product: DingProduct;
}

const unknown = (cause: string): Outcome => ({ outcome: 'unknown', cause });

const refused = (reason: SupplierReason, message: string): Outcome => ({
  outcome: 'ko',
  reason,
  message: message.replaceAll(LONG_NUMBER, '…'),
});

/** Gives what its codes say, in its own words: all of them. */
const wordsOf = ({ ErrorCodes }: DingAnswer): string =>
  ErrorCodes.map(({ Code, Context }) => (Context ? `${Code} (${Context})` : Code)).join(', ');

/** Tells what its codes mean: the first of them of which that is certain. A code's context tells more where it does not. */
function reasonOf({ ErrorCodes }: DingAnswer): SupplierReason | null {
  const meanings = ErrorCodes.map(({ Code, Context }) => DING_CODES.get(Code) ?? DING_CODES.get(Context ?? '') ?? null);
  return meanings.find((meaning) => meaning !== null) ?? null;
}

/** Tells whether a record is of what was ordered: it may have sent something near to it. */
function isAsOrdered(record: TransferRecord, { reference, product }: DingOrder): boolean {
  const { TransferId, SkuCode, Price } = record;
  return (
    (TransferId?.DistributorRef ?? reference) === reference &&
    SkuCode === product.sku_code &&
    (Price?.SendValue ?? product.amount) === product.amount
  );
}

/** Adds up what it charges: to more digits than any currency has, so that only the noise of the sum is gone. */
export const dingCharge = ({ SendValue, DistributorFee }: { SendValue: number; DistributorFee: number }): number =>
  Number((SendValue + DistributorFee).toFixed(6));

/**
 * Tells what a transfer has cost. What it gives back as a commission it tells as a number without saying of what, so
 * that is left out: it may have cost less than this, and not more.
 */
function costOf({ Price }: TransferRecord): { cost?: Cost } {
  if (!Price) return {};
  return { cost: { amount: dingCharge(Price), currency: Price.SendCurrencyIso } };
}

function receiptOf({ ReceiptText, ReceiptParams }: TransferRecord): { receipt?: SupplierReceipt } {
  const { pin, serial } = ReceiptParams ?? {};
  const receipt = {
    ...(ReceiptText && { text: ReceiptText }),
    ...(pin && { pin: { code: pin, ...(serial && { serial }) } }),
  };
  return Object.keys(receipt).length > 0 ? { receipt } : {};
}

/**
 * Reads what became of a transfer. @param isAsked later: what it calls transient when it answers a transfer has an end
 * by then, and its record tells which
 */
export function readTransfer(answer: TransferAnswer, ordered: DingOrder, isAsked: boolean): Outcome {
  const { ResultCode, TransferRecord: record } = answer;
  if (ResultCode === DING_RESULTS.nearestMatch) return oddAnswer('it has done something else than it was asked for');
  if (!record) {
    const isRefusal = ResultCode === DING_RESULTS.invalid || ResultCode === DING_RESULTS.refused;
    const reason = isRefusal ? reasonOf(answer) : null;
    if (reason) return refused(reason, wordsOf(answer));
    const isKnown = ResultCode !== DING_RESULTS.done && answer.ErrorCodes.some(({ Code }) => DING_CODES.has(Code));
    return (isKnown ? unknown : oddAnswer)(`it was answered ${ResultCode} ${wordsOf(answer)}`);
  }
  if (!isAsOrdered(record, ordered)) return oddAnswer('it tells of another transfer than was ordered');
  switch (TRANSFER_STATES.get(record.ProcessingState)) {
    case 'ok': {
      const reference = record.TransferId?.TransferRef;
      if (ResultCode !== DING_RESULTS.done || reference === undefined) {
        return oddAnswer(`it tells of a success, and ${ResultCode} ${wordsOf(answer)}`);
      }
      return { outcome: 'ok', supplier_reference: reference, ...costOf(record), ...receiptOf(record) };
    }
    case 'ko':
      if (ResultCode === DING_RESULTS.transient && !isAsked) return unknown(`it was answered ${wordsOf(answer)}`);
      return refused(reasonOf(answer) ?? 'supplier_refused', wordsOf(answer) || 'the transfer has failed');
    case 'unknown':
      return { outcome: 'unknown', cause: 'it is still under way', is_accepted: true };
    default:
      return oddAnswer(`it tells of a state that it should not have: ${record.ProcessingState}`);
  }
}

/** Reads what was answered to a transfer. Its HTTP status tells nothing. */
export function readSentTransfer(sent: Sent, ordered: DingOrder): Outcome {
  if (sent.sent === 'never') return refused('supplier_unavailable', `never sent: ${sent.why}`);
  if (sent.sent === 'no_answer') return noAnswer(sent);
  return Value.Check(TransferAnswer, sent.body)
    ? readTransfer(sent.body, ordered, false)
    : oddAnswer(`its answer of ${sent.status} makes no sense`);
}
