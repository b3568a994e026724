import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DescribedVendor } from '../support/described-answers.ts';
import { RELOADLY_ANSWERS, RELOADLY_REFUSALS } from './description.ts';

/** Fast enough to wait for, and slow enough to see an order under way. */
const SPEED = 100;
const FRANCE = 101;
const PIN = 103;
const EGYPT_PLANS = 401;

let supplier: SimulatedSupplier;
let vendor: DescribedVendor;
let numbers = 33_684_000_000;

const signIn = async (): Promise<void> => {
  const { CLIENT_ID, CLIENT_SECRET } = supplier.credentials;
  const asked = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, grant_type: 'client_credentials' };
  const { body } = await vendor.call('POST', '/oauth/token', { ...asked, audience: supplier.origin });
  vendor.headers = { authorization: `Bearer ${body.access_token}` };
};
beforeAll(async () => {
  supplier = await SimulatedSupplier.start('reloadly', SPEED);
  vendor = new DescribedVendor(supplier.origin, RELOADLY_ANSWERS, RELOADLY_REFUSALS);
  await signIn();
});
afterAll(() => supplier?.stop());

/** An order for a number of its own that ends so. */
const order = (ending = '000', more: object = {}) => {
  numbers += 1_000;
  const number = String(numbers + Number(ending));
  const recipientPhone = { countryCode: 'FR', number };
  return {
    operatorId: FRANCE,
    amount: 10,
    useLocalAmount: false,
    customIdentifier: randomUUID(),
    recipientPhone,
    ...more,
  };
};
const buy = (body: object) => vendor.call('POST', '/topups-async', body);
const statusOf = async (id: number) => (await vendor.call('GET', `/topups/${id}/status`)).body;
const ended = (id: number, status: string) =>
  vi.waitFor(async () => expect(await statusOf(id)).toMatchObject({ status }), { timeout: 60_000, interval: 10 });
const found = async (identifier: string) => {
  const { body } = await vendor.call('GET', `/topups/reports/transactions?customIdentifier=${identifier}`);
  return body.content as any[];
};
const balance = async (): Promise<number> => (await vendor.call('GET', '/accounts/balance')).body.balance;

describe('Reloadly, played', () => {
  it('answers all that can be read as its description has it', async () => {
    const reads = [
      '/countries',
      '/countries/ML',
      '/operators?suggestedAmountsMap=true&suggestedAmounts=true',
      '/operators?size=2&page=2',
      `/operators/${EGYPT_PLANS}`,
      '/operators/countries/FR?includePin=false',
      '/operators/auto-detect/phone/33684587587/countries/FR',
      '/operators/commissions',
      `/operators/${FRANCE}/commissions`,
      '/promotions',
      '/promotions/201',
      '/promotions/country-codes/PE',
      '/promotions/operators/201',
      '/topups/reports/transactions',
    ];
    for (const path of reads) expect([path, (await vendor.call('GET', path)).status]).toEqual([path, 200]);
    const rate = await vendor.call('POST', '/operators/fx-rate', { operatorId: 201, amount: 2 });
    expect(rate).toMatchObject({ status: 200, body: { fxRate: 1_200, currencyCode: 'XOF' } });
    expect((await vendor.call('POST', '/operators/fx-rate', { operatorId: 1, amount: 2 })).status).toBe(500);
    for (const path of ['/countries/XX', '/operators/1', '/promotions/1', '/topups/1/status']) {
      expect([path, (await vendor.call('GET', path)).status]).toEqual([path, 404]);
    }
    const stranger = await vendor.call('GET', '/operators/auto-detect/phone/33/countries/FR');
    expect(stranger.body.errorCode).toBe('COULD_NOT_AUTO_DETECT_OPERATOR');
  });

  it('lets in who has a token, for as long as that lives', async () => {
    const wrong = { client_id: 'x', client_secret: 'y', grant_type: 'client_credentials', audience: 'z' };
    expect((await vendor.call('POST', '/oauth/token', wrong)).body.errorCode).toBe('INVALID_CREDENTIALS');
    await supplier.control('PATCH', '/settings', { token_life_s: 5_184_000 });
    expect(await vendor.call('GET', '/accounts/balance')).toMatchObject({
      status: 401,
      body: { errorCode: 'TOKEN_EXPIRED' },
    });
    vendor.headers = {};
    expect((await vendor.call('GET', '/accounts/balance')).body.errorCode).toBe('INVALID_TOKEN');
    await signIn();
    expect((await vendor.call('GET', '/accounts/balance')).status).toBe(200);
  });

  it('takes an order, is at it for a while, and delivers it for what was told before', async () => {
    const before = await balance();
    const body = order();
    await supplier.control('POST', '/endings', { ending: 'PROCESSING' });
    const { transactionId } = (await buy(body)).body;
    expect(await statusOf(transactionId)).toMatchObject({ status: 'PROCESSING', transaction: null });
    await supplier.control('POST', `/orders/${transactionId}`, { ending: 'SUCCESSFUL' });
    const cost = 9.56;
    const { transaction } = await statusOf(transactionId);
    expect(transaction).toMatchObject({ customIdentifier: body.customIdentifier, deliveredAmount: 9.2 });
    const { oldBalance, newBalance } = transaction.balanceInfo;
    expect([oldBalance - newBalance, before - (await balance())].map((each) => each.toFixed(2))).toEqual([
      '9.56',
      '9.56',
    ]);
    expect(transaction.requestedAmount - transaction.discount).toBeCloseTo(cost, 5);
    expect(await found(body.customIdentifier.toUpperCase())).toMatchObject([{ transactionId, status: 'SUCCESSFUL' }]);
    const { body: reported } = await vendor.call('GET', `/topups/reports/transactions/${transactionId}`);
    expect(reported.transactionId).toBe(transactionId);
  });

  it('answers an order when it has ended where it is asked to, with a PIN where that is sold', async () => {
    expect((await vendor.call('POST', '/topups', order())).body).toMatchObject({
      status: 'SUCCESSFUL',
      pinDetail: null,
    });
    const pin = await vendor.call('POST', '/topups', order('000', { operatorId: PIN }));
    expect(pin.body.pinDetail.code).toMatch(/^\d{14}$/);
    expect((await vendor.call('POST', '/topups', order('906'))).body).toMatchObject({
      status: 'REFUNDED',
      transaction: null,
    });
  });

  it.each([
    ['901', 400, 'INVALID_RECIPIENT_PHONE'],
    ['902', 400, 'PHONE_BANNED_BY_OPERATOR'],
    ['903', 400, 'PHONE_RECENTLY_RECHARGED'],
    ['904', 400, 'TRANSACTION_REFUSED_BY_OPERATOR'],
    ['909', 400, 'TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT'],
  ])('refuses numbers that end in %s at once: %i %s', async (digits, status, errorCode) => {
    const body = order(digits);
    expect(await buy(body)).toMatchObject({ status, body: { errorCode, path: '/topups-async' } });
    expect(await vendor.call('POST', '/topups', body)).toMatchObject({ status, body: { errorCode } });
    expect(await found(body.customIdentifier)).toEqual([]);
  });

  it.each([
    [{ operatorId: 1 }, 503, 'OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE'],
    [{ amount: 0 }, 400, 'INVALID_INPUT_PROVIDED'],
    [{ amount: 101 }, 400, 'INVALID_AMOUNT_FOR_OPERATOR'],
    [{ amount: 101, useLocalAmount: true }, 400, 'INVALID_LOCAL_AMOUNT_FOR_OPERATOR'],
    [{ operatorId: PIN, amount: 5, useLocalAmount: true }, 400, 'LOCAL_AMOUNTS_NOT_SUPPORTED_BY_OPERATOR'],
    [{ customIdentifier: 'x'.repeat(151) }, 400, 'INVALID_INPUT_PROVIDED'],
    [{ recipientPhone: { countryCode: 'ML', number: '76123456' } }, 400, 'INVALID_RECIPIENT_PHONE'],
  ])('refuses an order with %j: %i %s', async (more, status, errorCode) => {
    expect(await buy(order('000', more))).toMatchObject({ status, body: { errorCode } });
  });

  it('refuses a phone that was recharged within two minutes, an identifier that was used, and more than there is', async () => {
    await supplier.control('PATCH', '/settings', { speed: 1 });
    const first = order();
    expect((await buy(first)).status).toBe(200);
    expect((await buy(first)).body.errorCode).toBe('CUSTOM_IDENTIFIER_ALREADY_USED');
    const again = { ...first, customIdentifier: randomUUID() };
    expect((await buy(again)).body.errorCode).toBe('PHONE_RECENTLY_RECHARGED');
    const left = Math.round((await balance()) * 100);
    await supplier.control('PATCH', '/settings', { speed: SPEED, balance: 100 });
    expect((await buy(order())).body.errorCode).toBe('INSUFFICIENT_BALANCE');
    await supplier.control('PATCH', '/settings', { balance: left });
  });

  it('takes two orders of one identifier that come at once, as the vendor was seen to do', async () => {
    const body = order();
    await supplier.control('POST', '/faults', { path: '/topups-async', kind: 'twice' });
    await buy(body);
    expect(await found(body.customIdentifier)).toHaveLength(2);
  });

  it.each([
    ['905', 'FAILED'],
    ['906', 'REFUNDED'],
  ])('gives the money back for numbers that end in %s: %s', async (digits, status) => {
    const before = await balance();
    const { transactionId } = (await buy(order(digits))).body;
    await ended(transactionId, status);
    expect(await balance()).toBe(before);
  });

  it('leaves an order under way for an hour, and gives its money back then', async () => {
    const { transactionId } = (await buy(order('907'))).body;
    const soon = (await buy(order())).body.transactionId;
    await ended(soon, 'SUCCESSFUL');
    expect(await statusOf(transactionId)).toMatchObject({ status: 'PROCESSING' });
    await supplier.control('POST', `/orders/${transactionId}`, { ending: 'REFUNDED' });
    await ended(transactionId, 'REFUNDED');
    await supplier.control('PATCH', '/settings', { speed: 36_000 });
    const hour = (await buy(order('907'))).body.transactionId;
    await ended(hour, 'REFUNDED');
    await supplier.control('PATCH', '/settings', { speed: SPEED });
  });

  it('ends orders as it was planned, and takes back what it has delivered', async () => {
    await supplier.control('POST', '/endings', { ending: 'INACTIVE_ACCOUNT' });
    expect((await buy(order())).body.errorCode).toBe('INACTIVE_ACCOUNT');
    await supplier.control('POST', '/endings', { ending: 'FAILED PROVIDER_INTERNAL_ERROR' });
    const failed = (await buy(order())).body.transactionId;
    await ended(failed, 'FAILED');
    expect((await statusOf(failed)).code).toBe('PROVIDER_INTERNAL_ERROR');
    const sold = (await buy(order())).body.transactionId;
    await ended(sold, 'SUCCESSFUL');
    await supplier.control('POST', `/orders/${sold}`, { ending: 'REFUNDED' });
    expect(await statusOf(sold)).toMatchObject({ status: 'REFUNDED' });
    await expect(supplier.control('POST', `/orders/${sold}`, { ending: 'SUCCESSFUL' })).rejects.toThrow('400');
    await expect(supplier.control('POST', `/orders/${sold}`, { ending: 'LOST' })).rejects.toThrow('400');
  });

  it('keeps an order out of its report for as long as it is told to', async () => {
    await supplier.control('PATCH', '/settings', { report_delay_ms: 600_000 });
    const body = order();
    const { transactionId } = (await buy(body)).body;
    await ended(transactionId, 'SUCCESSFUL');
    expect(await found(body.customIdentifier)).toEqual([]);
    await supplier.control('PATCH', '/settings', { report_delay_ms: 0 });
    expect(await found(body.customIdentifier)).toHaveLength(1);
  });

  it('signs what it tells of an order, and sends it to whom its dashboard names', async () => {
    const came: { headers: IncomingHttpHeaders; body: string }[] = [];
    const endpoint = createServer((request, response) => {
      void text(request).then((sent) => came.push({ headers: request.headers, body: sent }));
      response.writeHead(200).end();
    });
    endpoint.listen(0, '127.0.0.1');
    await once(endpoint, 'listening');
    const callback_url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;
    await supplier.control('PATCH', '/settings', { callback_url });
    const body = order();
    await buy(body);
    await vi.waitFor(() => expect(came).toHaveLength(1), { timeout: 60_000, interval: 10 });
    await supplier.control('PATCH', '/settings', { callback_url: null });
    endpoint.close();
    const [told] = came;
    const { customIdentifier } = body;
    const expected = { type: 'airtime_transaction.status', data: { customIdentifier, status: 'SUCCESSFUL' } };
    expect(JSON.parse(told?.body ?? '')).toMatchObject(expected);
    const signed = `${told?.body}:${String(told?.headers['x-reloadly-request-timestamp'])}`;
    const secret = supplier.credentials['WEBHOOK_SECRET'] ?? '';
    const signature = createHmac('sha256', secret).update(signed).digest('hex');
    expect(told?.headers['x-reloadly-signature']).toBe(signature);
  });

  it('refuses more requests than its limit allows, and paths that there are not', async () => {
    await supplier.control('PATCH', '/settings', { requests_per_second: 1 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => vendor.call('GET', '/accounts/balance')));
    expect(answers.map(({ status }) => status)).toContain(429);
    await supplier.control('PATCH', '/settings', { requests_per_second: 0 });
    expect((await vendor.call('GET', '/topups/reports')).status).toBe(404);
  });

  it('has given each answer that is described, and each was as it is described', () => {
    const described = Object.entries(RELOADLY_ANSWERS).flatMap(([route, byStatus]) =>
      Object.keys(byStatus).map((status) => `${route} ${status}`),
    );
    expect(described.filter((each) => !vendor.seen.has(each))).toEqual([]);
  });
});
