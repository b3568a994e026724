import { describe, expect, it } from 'vitest';
import type { TransferAnswer } from './answers.ts';
import { readSentTransfer, readTransfer } from './outcomes.ts';

const REFERENCE = '01890000-0000-7000-8000-000000000001';
const ORDER = { reference: REFERENCE, product: { sku_code: 'S1FR_10', amount: 10, currency: 'USD' } };
const price = (more: object = {}) => ({
  DistributorFee: 0.5,
  ReceiveValue: 9.2,
  ReceiveCurrencyIso: 'EUR',
  SendValue: 10,
  SendCurrencyIso: 'USD',
  ...more,
});
const record = (ProcessingState: string, more: object = {}) => ({
  TransferId: { TransferRef: '7', DistributorRef: REFERENCE },
  SkuCode: 'S1FR_10',
  Price: price(),
  CommissionApplied: 0.1,
  ProcessingState,
  AccountNumber: '33684587587',
  ...more,
});
const answer = (ResultCode: number, codes: [string, string?][] = [], TransferRecord?: object) =>
  ({
    ResultCode,
    ErrorCodes: codes.map(([Code, Context]) => ({ Code, ...(Context !== undefined && { Context }) })),
    ...(TransferRecord && { TransferRecord }),
  }) as TransferAnswer;
const read = (told: TransferAnswer, isAsked = false) => readTransfer(told, ORDER, isAsked);

/** What each code proves where a transfer is refused with it and leaves no record: nothing where there is no reason. */
const REFUSALS: [code: string, context: string, reason: string | null][] = [
  ['AccountNumberInvalid', 'AccountNumberFailedRegex', 'line_unknown'],
  ['AccountNumberInvalid', 'ProviderRefusedRequest', 'line_unknown'],
  ['RechargeNotAllowed', '', 'supplier_refused'],
  ['ProviderError', 'RechargeNotAllowed', 'supplier_refused'],
  ['InsufficientBalance', '', 'supplier_out_of_stock'],
  ['ProductUnavailable', '', 'supplier_unavailable'],
  ['ProviderError', 'ProductUnavailable', 'supplier_unavailable'],
  ['ProviderTemporarilyUnavailable', '', 'supplier_unavailable'],
  ['ProviderError', 'ProviderTemporarilyUnavailable', 'supplier_unavailable'],
  ['AuthenticationFailed', '', 'supplier_unavailable'],
  ['ParameterInvalid', 'SkuCode', 'supplier_refused'],
  ['ParameterMissing', 'SendValue', 'supplier_refused'],
  ['ParameterOutOfRange', 'SendValue', 'supplier_refused'],
  ['ParameterCombinationInvalid', '', 'supplier_refused'],
  ['TooManyParameters', '', 'supplier_refused'],
  ['RequestInvalid', '', 'supplier_refused'],
  ['ProviderError', '', null],
  ['ProviderRefusedRequest', '', null],
  ['TransientProviderError', 'ProviderTimedOut', null],
  ['ProviderTimedOut', '', null],
  ['RateLimited', '', null],
  ['DuplicateTransactionPrevented', '', null],
  ['OtherError', '', null],
  ['SomethingNew', '', null],
  ['constructor', '', null],
];

describe('a transfer at Ding', () => {
  it.each(REFUSALS)(
    'that is refused with %s (%s) proves %s, of what kind ever the refusal is',
    (code, context, reason) => {
      const expected = reason === null ? { outcome: 'unknown' } : { outcome: 'ko', reason };
      for (const result of [4, 5]) expect(read(answer(result, [[code, context]]))).toMatchObject(expected);
      expect(read(answer(3, [[code, context]]))).toMatchObject({ outcome: 'unknown' });
    },
  );

  it.each(REFUSALS)('of which a record says that it failed with %s (%s) was not delivered', (code, context, reason) => {
    const failed = read(answer(5, [[code, context]], record('Failed')));
    expect(failed).toMatchObject({ outcome: 'ko', reason: reason ?? 'supplier_refused' });
  });

  it.each([
    ['Complete', 1, 'ok'],
    ['Complete', 5, 'unknown'],
    ['Submitted', 1, 'unknown'],
    ['Processing', 1, 'unknown'],
    ['Cancelling', 1, 'unknown'],
    ['Failed', 1, 'ko'],
    ['Failed', 5, 'ko'],
    ['Cancelled', 1, 'ko'],
    ['Completed', 1, 'unknown'],
    ['constructor', 1, 'unknown'],
  ])('that is %s, with %i, is %s', (state, result, outcome) => {
    expect(read(answer(result, [], record(state)))).toMatchObject({ outcome });
  });

  it('that failed for a while is unknown when it is answered, and failed when it is asked for later', () => {
    const told = answer(3, [['TransientProviderError', 'ProviderTimedOut']], record('Failed'));
    expect(read(told)).toMatchObject({ outcome: 'unknown' });
    expect(read(told, true)).toMatchObject({ outcome: 'ko', reason: 'supplier_refused' });
  });

  it.each([
    ['of which it did the nearest', answer(2, [['NearestMatch']], record('Complete'))],
    ['of another value', answer(1, [], record('Complete', { Price: price({ SendValue: 9 }) }))],
    ['of something else', answer(1, [], record('Complete', { SkuCode: 'S1FR_ANY' }))],
    ['of somebody else', answer(1, [], record('Complete', { TransferId: { TransferRef: '7', DistributorRef: 'x' } }))],
    ['without an id', answer(1, [], record('Complete', { TransferId: null }))],
    ['without a record', answer(1)],
    ['that is refused without a reason', answer(5)],
  ])('%s is unknown', (_, told) => {
    expect(read(told)).toMatchObject({ outcome: 'unknown' });
    expect(read(told, true)).toMatchObject({ outcome: 'unknown' });
  });

  it('has cost its value and the fee; what a commission gives back is not known for certain', () => {
    expect(read(answer(1, [], record('Complete')))).toEqual({
      outcome: 'ok',
      supplier_reference: '7',
      cost: { amount: 10.5, currency: 'USD' },
    });
    expect(read(answer(1, [], record('Complete', { Price: null })))).toEqual({
      outcome: 'ok',
      supplier_reference: '7',
    });
  });

  it('brings its receipt, and its PIN', () => {
    const told = { ReceiptText: 'Dial *100#', ReceiptParams: { pin: '1234', serial: 'S1' } };
    const sold = read(answer(1, [], record('Complete', told)));
    expect(sold).toMatchObject({ receipt: { text: 'Dial *100#', pin: { code: '1234', serial: 'S1' } } });
  });

  it('is refused in its own words, without the number', () => {
    const told = read(
      answer(5, [
        ['ProviderError', 'ProductUnavailable'],
        ['OtherError', '33684587587'],
      ]),
    );
    expect(told).toMatchObject({ message: 'ProviderError (ProductUnavailable), OtherError (…)' });
  });

  it('is read whatever HTTP says, and unknown where it cannot be', () => {
    const headers = new Headers();
    const body = answer(5, [['InsufficientBalance']]);
    const refused = readSentTransfer({ sent: 'answered', status: 500, body, headers }, ORDER);
    expect(refused).toMatchObject({ outcome: 'ko', reason: 'supplier_out_of_stock' });
    for (const odd of [null, [], { ResultCode: '1' }, { ResultCode: 1 }]) {
      const sent = { sent: 'answered', status: 200, body: odd, headers } as const;
      expect(readSentTransfer(sent, ORDER)).toMatchObject({ outcome: 'unknown' });
    }
    expect(readSentTransfer({ sent: 'no_answer', why: 'it hung' }, ORDER)).toEqual({
      outcome: 'unknown',
      cause: 'it hung',
    });
    expect(readSentTransfer({ sent: 'never', why: 'no way' }, ORDER)).toMatchObject({ message: 'never sent: no way' });
  });
});
