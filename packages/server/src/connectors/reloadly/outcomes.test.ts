import { describe, expect, it } from 'vitest';
import { readTaken, readTopupStatus } from './outcomes.ts';

const REFERENCE = '01890000-0000-7000-8000-000000000001';
const answered = (status: number, body: unknown) =>
  ({ sent: 'answered', status, body, headers: new Headers() }) as const;
const refusedWith = (errorCode: string | null, status = 400) =>
  answered(status, { message: `It said ${errorCode} of 33684587587`, errorCode });
const order = (more: object = {}) => ({
  transactionId: 7,
  customIdentifier: REFERENCE,
  discount: 0.5,
  discountCurrencyCode: 'USD',
  requestedAmount: 10,
  requestedAmountCurrencyCode: 'USD',
  pinDetail: null,
  balanceInfo: { oldBalance: 1648.56, newBalance: 1635.36, currencyCode: 'USD' },
  ...more,
});
const stands = (status: string, more: object = {}) =>
  readTopupStatus(answered(200, { code: null, message: null, status, transaction: null, ...more }), REFERENCE);
const succeeded = (more: object) => stands('SUCCESSFUL', { transaction: order(more) });

/** What each code proves where an order is refused with it: nothing where there is no reason. */
const TOPUP_CODES: [code: string, reason: string | null][] = [
  ['INVALID_RECIPIENT_PHONE', 'line_unknown'],
  ['INVALID_PHONE_NUMBER', 'line_unknown'],
  ['OPERATOR_AND_RECIPIENT_PHONE_MISMATCH', 'line_unknown'],
  ['COULD_NOT_AUTO_DETECT_OPERATOR', 'line_unknown'],
  ['RECIPIENT_PHONE_INACTIVE', 'line_barred'],
  ['PHONE_BANNED_BY_OPERATOR', 'line_barred'],
  ['PHONE_RECENTLY_RECHARGED', 'recently_recharged'],
  ['RECIPIENT_HAS_PENDING_TRANSACTION', 'recently_recharged'],
  ['MAX_DAILY_TRANSACTION_AMOUNT_REACHED', 'limit_exceeded'],
  ['MAX_DAILY_TRANSACTION_COUNT_REACHED', 'limit_exceeded'],
  ['RECIPIENT_REACHED_MAX_TOPUP_NUMBER', 'limit_exceeded'],
  ['INSUFFICIENT_BALANCE', 'supplier_out_of_stock'],
  ['OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE', 'supplier_unavailable'],
  ['OPERATOR_NOT_IN_SERVICE', 'supplier_unavailable'],
  ['OPERATOR_NOT_FOUND', 'supplier_unavailable'],
  ['SERVICE_TO_OPERATOR_TEMPORARILY_UNAVAILABLE', 'supplier_unavailable'],
  ['TOKEN_EXPIRED', 'supplier_unavailable'],
  ['INVALID_TOKEN', 'supplier_unavailable'],
  ['MISSING_TOKEN', 'supplier_unavailable'],
  ['INVALID_CREDENTIALS', 'supplier_unavailable'],
  ['TRANSACTION_REFUSED_BY_OPERATOR', 'supplier_refused'],
  ['TRANSACTION_REJECTED_BY_OPERATOR', 'supplier_refused'],
  ['INVALID_AMOUNT', 'supplier_refused'],
  ['INVALID_AMOUNT_FOR_OPERATOR', 'supplier_refused'],
  ['INVALID_LOCAL_AMOUNT_FOR_OPERATOR', 'supplier_refused'],
  ['INVALID_AMOUNT_FOR_RECIPIENT_PHONE', 'supplier_refused'],
  ['LOCAL_AMOUNTS_NOT_SUPPORTED_BY_OPERATOR', 'supplier_refused'],
  ['INVALID_INPUT_PROVIDED', 'supplier_refused'],
  ['COUNTRY_NOT_SUPPORTED', 'supplier_refused'],
  ['INACTIVE_ACCOUNT', 'supplier_refused'],
  ['ACCOUNT_NOT_FOUND', 'supplier_refused'],
  ['CUSTOM_IDENTIFIER_ALREADY_USED', null],
  ['TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT', null],
  ['TOPUP_TRANSACTION_FAILED', null],
  ['PROVIDER_INTERNAL_ERROR', null],
  ['TRANSACTION_FAILED_ON_OPERATOR', null],
  ['REQUEST_FAILED_ON_PROVIDER', null],
  ['REQUEST_PROCESSING_FAILED', null],
  ['CONNECTION_TO_OPERATOR_FAILED', null],
  ['CONNECTION_TO_OPERATOR_TEMPORARILY_DOWN', null],
  ['UNMAPPED_PROVIDER_ERROR_CODE', null],
  ['SOMETHING_NEW', null],
  ['constructor', null],
];

describe('an order at Reloadly', () => {
  it.each(TOPUP_CODES)('that is refused with %s proves %s', (code, reason) => {
    const read = readTaken(refusedWith(code));
    const proven = { outcome: 'ko', reason, message: `It said ${code} of …` };
    expect(read).toMatchObject({ id: null, outcome: reason === null ? { outcome: 'unknown' } : proven });
  });

  it.each(TOPUP_CODES)('that has failed with %s was not delivered', (code, reason) => {
    const failed = stands('FAILED', { code, message: 'It failed' });
    expect(failed).toEqual({ outcome: 'ko', reason: reason ?? 'supplier_refused', message: 'It failed' });
  });

  it('is known by its id once it is taken', () => {
    expect(readTaken(answered(200, { transactionId: 7 }))).toEqual({ id: 7 });
  });

  it('was never sent, or not taken at all, where that is certain', () => {
    const never = readTaken({ sent: 'never', why: 'no way there' });
    expect(never).toMatchObject({ outcome: { reason: 'supplier_unavailable', message: 'never sent: no way there' } });
    const tooMany = readTaken(answered(429, { message: 'slow down' }));
    expect(tooMany).toMatchObject({ outcome: { outcome: 'ko', reason: 'supplier_unavailable' } });
  });

  it.each([
    ['no answer', { sent: 'no_answer', why: 'it was answered 503' } as const],
    ['a success that is none', answered(200, { status: 'SUCCESSFUL' })],
    ['another success', answered(201, { transactionId: 7 })],
    ['a refusal with a code by a server that fails', refusedWith('INSUFFICIENT_BALANCE', 500)],
    ['a refusal without a code', refusedWith(null)],
    ['a refusal in other words', answered(400, { errors: [{ code: 'INSUFFICIENT_BALANCE' }] })],
    ['nothing', answered(400, null)],
  ])('is unknown after %s', (_, sent) => {
    expect(readTaken(sent)).toMatchObject({ id: null, outcome: { outcome: 'unknown' } });
  });

  it.each([
    ['SUCCESSFUL', 'ok'],
    ['PROCESSING', 'unknown'],
    ['REFUNDED', 'ko'],
    ['FAILED', 'ko'],
    ['PENDING', 'unknown'],
    ['constructor', 'unknown'],
  ])('that is %s is %s, as its answers and as its description have it', (status, outcome) => {
    expect(stands(status, { transaction: order() })).toMatchObject({ outcome });
    expect(readTopupStatus(answered(200, { ...order(), status }), REFERENCE)).toMatchObject({ outcome });
  });

  it.each([
    ['it could not be asked', { sent: 'never', why: 'no way there' } as const],
    ['it does not find it', answered(404, { message: 'Not found', errorCode: 'TRANSACTION_NOT_FOUND' })],
    ['it answers something else', answered(200, { status: 7 })],
    ['it tells of another order', answered(200, { ...order({ customIdentifier: 'else' }), status: 'SUCCESSFUL' })],
    ['it tells of a success without the order', answered(200, { status: 'SUCCESSFUL', transaction: null })],
  ])('stays unknown while %s', (_, sent) => {
    expect(readTopupStatus(sent, REFERENCE)).toMatchObject({ outcome: 'unknown' });
  });

  it.each([
    ['what it says', { balanceInfo: { cost: 9.87654, currencyCode: 'USD' } }, 9.87654],
    ['what went off the account', {}, 13.2],
    [
      'what went off an account that was empty before or after',
      { balanceInfo: { oldBalance: 13.2, newBalance: 0, currencyCode: 'USD' } },
      13.2,
    ],
    ['what was ordered, less the discount', { balanceInfo: null }, 9.5],
    ['that and a fee', { balanceInfo: null, fee: 0.2 }, 9.7],
  ])('has cost %s', (_, more, amount) => {
    expect(succeeded(more)).toEqual({ outcome: 'ok', supplier_reference: '7', cost: { amount, currency: 'USD' } });
  });

  it('has cost what nobody knows where only an amount of another currency is told', () => {
    const told = { balanceInfo: null, requestedAmountCurrencyCode: 'XOF' };
    expect(succeeded(told)).toEqual({ outcome: 'ok', supplier_reference: '7' });
  });

  it('brings its PIN, and how it is used', () => {
    const pinDetail = {
      code: 773709732524155,
      serial: '810268',
      info1: 'Dial *611',
      info2: null,
      ivr: '',
      validity: '90 days',
    };
    expect(succeeded({ pinDetail })).toMatchObject({
      receipt: { pin: { code: '773709732524155', serial: '810268' }, text: 'Dial *611 · 90 days' },
    });
  });
});
