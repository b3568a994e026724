import type { SupplierReason } from '@opentopup/contract';
import { Value } from 'typebox/value';
import type { Cost, Outcome, SupplierReceipt } from '../connector.ts';
import type { Sent } from '../http-transport.ts';
import { noAnswer, oddAnswer } from '../odd-answer.ts';
import { FlatStatus, type KeptTopup, type PinDetail, RefusedAnswer, TakenAnswer, WrappedStatus } from './answers.ts';
import { TOPUP_CODES, TOPUP_STATES } from './meanings.ts';

/** Runs of digits may be somebody's number. */
const LONG_NUMBER = /\d{6,}/g;
const TOO_MANY = 429;

const unknown = (cause: string): Outcome => ({ outcome: 'unknown', cause });

function refused(reason: SupplierReason, message: string): Outcome {
  return { outcome: 'ko', reason, message: message.replaceAll(LONG_NUMBER, '…') };
}

/** What an order came to: taken, under its own id, or what else is certain of it. */
type Taken = { id: number } | { id: null; outcome: Outcome };

/** Reads what was answered to an order. */
export function readTaken(sent: Sent): Taken {
  if (sent.sent === 'never') {
    return { id: null, outcome: refused('supplier_unavailable', `never sent: ${sent.why}`) };
  }
  if (sent.sent === 'no_answer') return { id: null, outcome: noAnswer(sent) };
  const { status, body } = sent;
  if (status === 200 && Value.Check(TakenAnswer, body)) return { id: body.transactionId };
  if (status === TOO_MANY) {
    return { id: null, outcome: refused('supplier_unavailable', 'it takes no more orders at the moment') };
  }
  if (status < 400 || status > 499 || !Value.Check(RefusedAnswer, body)) {
    return { id: null, outcome: oddAnswer(`its answer of ${status} makes no sense`) };
  }
  const { errorCode, message } = body;
  const reason = TOPUP_CODES.get(errorCode ?? '');
  if (reason) return { id: null, outcome: refused(reason, message) };
  const cause = `it was answered ${status} ${errorCode ?? 'without a code'}`;
  return { id: null, outcome: reason === null ? unknown(cause) : oddAnswer(cause) };
}

/** Tells what an order has cost: what went off the account, or what must have. */
export function reloadlyCost(topup: KeptTopup): { cost?: Cost } {
  const { balanceInfo, requestedAmount, requestedAmountCurrencyCode, discount, discountCurrencyCode, fee } = topup;
  const { oldBalance, newBalance, cost, currencyCode } = balanceInfo ?? {};
  const isTold = typeof oldBalance === 'number' && typeof newBalance === 'number';
  const moved = cost ?? (isTold ? oldBalance - newBalance : null);
  if (typeof moved === 'number' && currencyCode) return { cost: { amount: rounded(moved), currency: currencyCode } };
  // Of an order in the currency of the line its discount is in another one.
  if (typeof requestedAmount !== 'number' || !discountCurrencyCode) return {};
  if (discountCurrencyCode !== requestedAmountCurrencyCode) return {};
  const amount = rounded(requestedAmount - (discount ?? 0) + (fee ?? 0));
  return { cost: { amount, currency: discountCurrencyCode } };
}

/** It charges with so many decimals. */
const rounded = (amount: number): number => Math.round(amount * 1e5) / 1e5;

function receiptOf({ code, serial, info1, info2, info3, ivr, validity }: PinDetail): SupplierReceipt {
  const text = [info1, info2, info3, ivr, validity].filter((part) => part).join(' · ');
  const pin = { code: String(code), ...((serial ?? null) !== null && { serial: String(serial) }) };
  return { pin, ...(text !== '' && { text }) };
}

/** Reads how an order stands. */
export function readTopupStatus(sent: Sent, reference: string): Outcome {
  if (sent.sent === 'never') return unknown(`it could not be asked: ${sent.why}`);
  if (sent.sent === 'no_answer') return noAnswer(sent);
  const { status, body } = sent;
  const isFlat = Value.Check(FlatStatus, body);
  if (status !== 200 || !(isFlat || Value.Check(WrappedStatus, body))) {
    return oddAnswer(`its answer of ${status} makes no sense`);
  }
  const topup = isFlat ? body : (body.transaction ?? null);
  if (topup && (topup.customIdentifier ?? reference) !== reference) return oddAnswer('it tells of another order');
  switch (TOPUP_STATES.get(body.status)) {
    case 'ok': {
      if (!topup) return oddAnswer('it tells of a success without the order');
      const { transactionId, pinDetail } = topup;
      const supplier_reference = String(transactionId);
      return {
        outcome: 'ok',
        supplier_reference,
        ...reloadlyCost(topup),
        ...(pinDetail && { receipt: receiptOf(pinDetail) }),
      };
    }
    case 'ko': {
      const reason = TOPUP_CODES.get(body.code ?? '') ?? 'supplier_refused';
      return refused(reason, body.message ?? `the operator has not taken it (${body.status})`);
    }
    case 'unknown':
      return { outcome: 'unknown', cause: 'it is still under way', is_accepted: true };
    default:
      return oddAnswer(`it tells of a state that it should not have: ${body.status}`);
  }
}
