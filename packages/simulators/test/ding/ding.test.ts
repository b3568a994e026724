import { randomUUID } from 'node:crypto';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DescribedVendor } from '../support/described-answers.ts';
import { DING_ANSWERS, DING_REFUSALS } from './description.ts';

let supplier: SimulatedSupplier;
let vendor: DescribedVendor;
beforeAll(async () => {
  supplier = await SimulatedSupplier.start('ding', 1_000);
  vendor = new DescribedVendor(supplier.baseUrl, DING_ANSWERS, DING_REFUSALS);
  vendor.headers = { api_key: supplier.credentials['API_KEY'] ?? '' };
});
afterAll(() => supplier?.stop());

const transfer = (more: object = {}) => ({
  SkuCode: 'S1FR_10',
  SendValue: 10,
  AccountNumber: '33684587587',
  DistributorRef: randomUUID(),
  ValidateOnly: false,
  ...more,
});
const send = (body: object) => vendor.call('POST', '/SendTransfer', body);
const listed = async (asked: object) =>
  (await vendor.call('POST', '/ListTransferRecords', { Take: 10, ...asked })).body.Items as any[];
const balance = async (): Promise<number> => (await vendor.call('GET', '/GetBalance')).body.Balance;

describe('Ding, played', () => {
  it('answers all that can be read as its description has it', async () => {
    const reads = [
      '/GetCountries',
      '/GetCurrencies',
      '/GetRegions?countryIsos=FR&countryIsos=BO',
      '/GetErrorCodeDescriptions',
      '/GetProviders?countryIsos=BO',
      '/GetProviders?accountNumber=1',
      '/GetProviderStatus?providerCodes=S1FR',
      '/GetProducts',
      '/GetProducts?providerCodes=S1FR&providerCodes=S1JM',
      '/GetProductDescriptions?languageCodes=en',
      '/GetPromotions',
      '/GetPromotionDescriptions?languageCodes=en',
      '/GetAccountLookup?accountNumber=33684587587',
      '/GetAccountLookup?accountNumber=7',
    ];
    for (const path of reads) expect([path, (await vendor.call('GET', path)).status]).toEqual([path, 200]);
    const several = await vendor.call('GET', '/GetAccountLookup?accountNumber=59172690398');
    expect(several.body.Items).toHaveLength(2);
    expect((await vendor.call('GET', '/GetAccountLookup?accountNumber=591')).body.ResultCode).toBe(2);
    const estimated = await vendor.call('POST', '/EstimatePrices', [
      { SkuCode: 'S1JM_ANY', SendValue: 2, BatchItemRef: 'a' },
      { SkuCode: 'none', SendValue: 2, BatchItemRef: 'b' },
    ]);
    expect(estimated.body.Items).toMatchObject([{ Price: { ReceiveValue: 312 } }, { ResultCode: 5 }]);
    expect((await vendor.call('POST', '/EstimatePrices', {})).status).toBe(400);
    expect((await vendor.call('POST', '/LookupBills', { SkuCode: 'PWNG_METER' })).body.Items).toEqual([]);
    expect((await vendor.call('POST', '/LookupBills', { SkuCode: 'none' })).body.ResultCode).toBe(4);
  });

  it('lets in who has its key, in the header that it wants', async () => {
    const own = vendor.headers;
    vendor.headers = { 'x-api-key': own['api_key'] ?? '' };
    expect(await vendor.call('GET', '/GetBalance')).toMatchObject({ status: 401, body: { ResultCode: 4 } });
    vendor.headers = own;
    expect((await vendor.call('GET', '/GetBalance')).status).toBe(200);
    expect((await vendor.call('GET', '/GetEverything')).status).toBe(400);
  });

  it('takes a transfer for what it costs, and lists it as it was answered', async () => {
    const before = await balance();
    const body = transfer({ SkuCode: 'S1FR_DATA', SendValue: 12 });
    const sent = await send(body);
    expect(sent.body).toMatchObject({ ResultCode: 1, TransferRecord: { ProcessingState: 'Complete' } });
    expect(before - (await balance())).toBeCloseTo(12.5, 5);
    expect(await listed({ DistributorRef: body.DistributorRef })).toEqual([sent.body]);
    expect(await listed({ TransferRef: 'none' })).toEqual([]);
    expect((await vendor.call('POST', '/ListTransferRecords', { Take: 0 })).body.ErrorCodes[0].Context).toBe('Take');
  });

  it('sells a PIN for the account of those without a line', async () => {
    const pin = { SkuCode: 'S1FR_PIN', AccountNumber: '0000000000' };
    const { TransferRecord } = (await send(transfer(pin))).body;
    expect(TransferRecord.ReceiptText).toContain(TransferRecord.ReceiptParams.pin);
  });

  it('pays a second transfer of one reference, as it was seen to do; and refuses it where it is told to', async () => {
    const body = transfer();
    await send(body);
    expect((await send(body)).body.ResultCode).toBe(1);
    expect(await listed({ DistributorRef: body.DistributorRef })).toHaveLength(2);
    await supplier.control('PATCH', '/settings', { prevents_duplicates: 1 });
    expect((await send(body)).body.ErrorCodes[0].Code).toBe('DuplicateTransactionPrevented');
    await supplier.control('PATCH', '/settings', { prevents_duplicates: 0 });
  });

  it('only tries what is to be validated', async () => {
    const orders = (await supplier.orders()).length;
    const { TransferRecord } = (await send(transfer({ ValidateOnly: true }))).body;
    expect(TransferRecord.TransferId).toBeUndefined();
    expect(await supplier.orders()).toHaveLength(orders);
  });

  it.each([
    ['0', 200, 1, undefined, undefined, true],
    ['1', 200, 3, 'RateLimited', '', false],
    ['2', 200, 3, 'TransientProviderError', 'ProviderTimedOut', true],
    ['3', 200, 3, 'TransientProviderError', 'ProviderRefusedRequest', true],
    ['4', 200, 5, 'ProviderError', 'ProductUnavailable', true],
    ['5', 200, 4, 'AccountNumberInvalid', 'ProviderRefusedRequest', true],
    ['6', 200, 5, 'ProviderError', 'ProviderTemporarilyUnavailable', true],
    ['7', 500, 5, 'InsufficientBalance', '', false],
    ['8', 200, 4, 'AccountNumberInvalid', 'AccountNumberFailedRegex', false],
    ['9', 200, 5, 'ProviderError', 'RechargeNotAllowed', true],
  ])('answers its test number %s: %i, %i %s %s', async (digit, status, ResultCode, Code, Context, hasRecord) => {
    const before = await balance();
    const sent = await send(transfer({ AccountNumber: `3300000000${digit}` }));
    expect(sent).toMatchObject({ status, body: { ResultCode, ErrorCodes: Code ? [{ Code, Context }] : [] } });
    expect(sent.body.TransferRecord !== undefined).toBe(hasRecord);
    expect(await balance()).toBe(before);
  });

  it.each([
    [{ ValidateOnly: undefined }, 'ParameterInvalid', 'ValidateOnly'],
    [{ DistributorRef: '' }, 'ParameterMissing', 'DistributorRef'],
    [{ SkuCode: 'none' }, 'ParameterInvalid', 'SkuCode'],
    [{ SendValue: 11 }, 'ParameterOutOfRange', 'SendValue'],
    [{ SendCurrencyIso: 'EUR' }, 'ParameterInvalid', 'SendCurrencyIso'],
    [{ AccountNumber: '+33684587587' }, 'AccountNumberInvalid', 'AccountNumberFailedRegex'],
  ])('refuses a transfer with %j: %s %s', async (more, Code, Context) => {
    expect((await send(transfer(more))).body).toMatchObject({ ResultCode: 4, ErrorCodes: [{ Code, Context }] });
  });

  it('ends transfers as it was planned, does something near to it, and takes back what it has done', async () => {
    await supplier.control('POST', '/endings', { ending: 'Processing' });
    const open = (await send(transfer())).body.TransferRecord;
    expect(open.ProcessingState).toBe('Processing');
    await supplier.control('POST', `/orders/${open.TransferId.TransferRef}`, { ending: 'Complete' });
    expect(await listed({ TransferRef: open.TransferId.TransferRef })).toMatchObject([{ ResultCode: 1 }]);
    await supplier.control('POST', '/endings', { ending: 'NearestMatch' });
    const near = await send(transfer({ SkuCode: 'S1FR_ANY' }));
    expect(near.body).toMatchObject({ ResultCode: 2, TransferRecord: { Price: { SendValue: 9 } } });
    await supplier.control('POST', `/orders/${open.TransferId.TransferRef}`, { ending: 'Failed' });
    const again = supplier.control('POST', `/orders/${open.TransferId.TransferRef}`, { ending: 'Complete' });
    await expect(again).rejects.toThrow('400');
  });

  it('cancels what is under way, and nothing else', async () => {
    const headers = vendor.headers;
    await supplier.control('POST', '/endings', { ending: 'Submitted' });
    const { TransferId } = (await send(transfer())).body.TransferRecord;
    const done = (await send(transfer())).body.TransferRecord.TransferId;
    const { body } = await vendor.call('POST', '/CancelTransfers', [
      { TransferId, BatchItemRef: 'a' },
      { TransferId: done, BatchItemRef: 'b' },
    ]);
    expect(body.Items).toMatchObject([{ ProcessingState: 'Cancelled' }, { ProcessingState: 'Complete' }]);
    expect((await vendor.call('POST', '/CancelTransfers', {})).status).toBe(400);
    vendor.headers = { ...headers, 'x-option': 'DeferTransfer' };
    await supplier.control('PATCH', '/settings', { speed: 1 });
    expect((await send(transfer())).body.TransferRecord.ProcessingState).toBe('Submitted');
    await supplier.control('PATCH', '/settings', { speed: 1_000 });
    vendor.headers = headers;
  });

  it('has given each answer that is described, and each was as it is described', () => {
    const described = Object.keys(DING_ANSWERS).map((route) => `${route} 200`);
    expect(described.filter((each) => !vendor.seen.has(each))).toEqual([]);
  });
});
