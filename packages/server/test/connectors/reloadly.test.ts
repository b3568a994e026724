import { randomUUID } from 'node:crypto';
import { type FaultProxy, SimulatedSupplier, startFaultProxy } from '@opentopup/client/testing';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recharge, SupplierAccess, SupplierProduct } from '../../src/connectors/connector.ts';
import { reloadly } from '../../src/connectors/reloadly/reloadly.ts';
import { playedConformance } from '../support/conformance.ts';

/** So fast that whatever an order comes to has happened once it is answered. */
const AT_ONCE = 1_000_000;
const LOCAL = { operator_id: 101, country: 'FR', amount: 10, currency: 'EUR', is_local: true };
const never = new AbortController().signal;

let vendor: SimulatedSupplier;
let proxy: FaultProxy;
const connector = reloadly();

beforeAll(async () => {
  vendor = await SimulatedSupplier.start('reloadly', AT_ONCE);
  proxy = await startFaultProxy(vendor.origin);
});
afterAll(async () => {
  await proxy?.stop();
  await vendor?.stop();
});

const supplier = (): SupplierAccess => {
  const { CLIENT_ID = '', CLIENT_SECRET = '' } = vendor.credentials;
  const settings = { base_url: proxy.url, auth_url: proxy.url, client_id: CLIENT_ID };
  return { id: 'reloadly', settings, secrets: { client_secret: CLIENT_SECRET } };
};
const order = (settings: object = LOCAL): Recharge => ({
  reference: randomUUID(),
  line: { kind: 'msisdn', e164: '+33684587587', national: '684587587' },
  product: { id: 'product', supplier_reference: null, settings: { ...settings } },
  supplier: supplier(),
});
const ordersOf = async ({ reference }: Recharge) => {
  const orders = await vendor.orders();
  return orders.filter((each) => each.reference === reference);
};
const plan = (ending: string, times = 1) => vendor.control('POST', '/endings', { ending, times });
const balance = () => connector.balance?.(supplier(), never);

playedConformance('/topups-async', ['{"transactionId":"7"}', '{"content":[{"transactionId":"7"}]}'], 'take', () => ({
  connector,
  vendor,
  proxy,
  supplier: supplier(),
  order,
  endings: { open: 'PROCESSING', refused: 'REFUNDED' },
  callback: (customIdentifier) => ({
    headers: {},
    body: Buffer.from(JSON.stringify({ type: 'airtime_transaction.status', data: { customIdentifier } })),
  }),
}));

describe('an order at Reloadly', () => {
  it('is made in the currency of the account or in that of the line, and has cost what went off the account', async () => {
    const local = await connector.recharge(order(), never);
    expect(local).toMatchObject({ outcome: 'ok', cost: { amount: 10.87, currency: 'USD' } });
    const dollars = await connector.recharge(order({ ...LOCAL, currency: 'USD', is_local: false }), never);
    expect(dollars).toMatchObject({ outcome: 'ok', cost: { amount: 9.56, currency: 'USD' } });
  });

  it('brings the PIN of what has one, each time it is asked for', async () => {
    const pin = order({ ...LOCAL, operator_id: 103, currency: 'USD', is_local: false });
    const sold = await connector.recharge(pin, never);
    expect(sold).toMatchObject({ outcome: 'ok', receipt: { pin: { code: expect.stringMatching(/^\d{14}$/) } } });
    expect(await connector.lookup?.(pin, never)).toEqual(sold);
  });

  it.each([{}, { ...LOCAL, amount: 0 }, { ...LOCAL, is_local: 'yes' }])(
    'is never sent where the settings of the product are %j',
    async (settings) => {
      const made = order(settings);
      expect(await connector.recharge(made, never)).toMatchObject({ outcome: 'ko', reason: 'supplier_unavailable' });
      expect(await ordersOf(made)).toEqual([]);
    },
  );

  it('that stands in its report late is found then, and before that nothing is certain', async () => {
    await vendor.control('PATCH', '/settings', { report_delay_ms: 600_000 });
    proxy.fail('POST', '/topups-async', { kind: 'cut', passOn: true });
    const late = order();
    await connector.recharge(late, never);
    expect(await connector.lookup?.(late, never)).toEqual({ outcome: 'not_found' });
    await vendor.control('PATCH', '/settings', { report_delay_ms: 0 });
    expect(await connector.lookup?.(late, never)).toMatchObject({ outcome: 'ok' });
  });

  it.each([
    ['REFUNDED', 'supplier_refused'],
    ['FAILED', 'supplier_refused'],
    ['FAILED OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE', 'supplier_unavailable'],
    ['PHONE_RECENTLY_RECHARGED', 'recently_recharged'],
    ['INSUFFICIENT_BALANCE', 'supplier_out_of_stock'],
    ['INVALID_RECIPIENT_PHONE', 'line_unknown'],
    ['MAX_DAILY_TRANSACTION_COUNT_REACHED', 'limit_exceeded'],
  ])('that ends %s was not delivered: %s', async (ending, reason) => {
    await plan(ending);
    expect(await connector.recharge(order(), never)).toMatchObject({ outcome: 'ko', reason });
  });

  it.each([
    'TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT',
    'CUSTOM_IDENTIFIER_ALREADY_USED',
    'PROVIDER_INTERNAL_ERROR',
  ])('that is refused with %s is unknown', async (ending) => {
    await plan(ending);
    expect(await connector.recharge(order(), never)).toMatchObject({ outcome: 'unknown' });
  });

  it('is not taken for one that is written otherwise', async () => {
    const made = order();
    await connector.recharge({ ...made, reference: made.reference.toUpperCase() }, never);
    expect(await connector.lookup?.(made, never)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('the token of Reloadly', () => {
  it('is made once for all who need it', async () => {
    const fresh = reloadly();
    // Whoever made one of its own would get one.
    proxy.fail('POST', '/oauth/token', {
      kind: 'answer',
      passOn: false,
      status: 401,
      body: '{"message":"Access Denied"}',
    });
    const orders = Array.from({ length: 5 }, () => fresh.recharge(order(), never));
    for (const outcome of await Promise.all(orders)) {
      expect(outcome).toMatchObject({
        outcome: 'ko',
        reason: 'supplier_unavailable',
        message: 'never sent: it gives us no token: Access Denied',
      });
    }
    expect(await fresh.recharge(order(), never)).toMatchObject({ outcome: 'ok' });
  });

  it('is made anew for a question where it is not accepted any more', async () => {
    await balance();
    await vendor.control('PATCH', '/settings', { token_life_s: 5_184_000 });
    expect(await balance()).toMatchObject({ currency: 'USD' });
  });

  it('is made anew after an order for which it was not accepted; that one is not sent again', async () => {
    await balance();
    await vendor.control('PATCH', '/settings', { token_life_s: 5_184_000 });
    const refused = order();
    expect(await connector.recharge(refused, never)).toMatchObject({ outcome: 'ko', reason: 'supplier_unavailable' });
    expect(await ordersOf(refused)).toEqual([]);
    expect(await connector.recharge(order(), never)).toMatchObject({ outcome: 'ok' });
  });

  it('is made anew before it ends', async () => {
    const life_s = 4;
    await vendor.control('PATCH', '/settings', { token_life_s: life_s });
    const fresh = reloadly();
    const until = performance.now() + life_s * 1_000;
    while (performance.now() < until) expect(await fresh.recharge(order(), never)).toMatchObject({ outcome: 'ok' });
    await vendor.control('PATCH', '/settings', { token_life_s: 5_184_000 });
  });

  it('is waited for no longer than anybody waits', async () => {
    proxy.fail('POST', '/oauth/token', { kind: 'slow', ms: 2_000 });
    const given = await reloadly().recharge(order(), AbortSignal.timeout(100));
    expect(given).toMatchObject({ outcome: 'ko', message: 'never sent: it was given up before' });
  });
});

describe('Reloadly is asked', () => {
  it('what is left', async () => {
    await vendor.control('PATCH', '/settings', { balance: 123_456 });
    expect(await balance()).toEqual({ available: 1_234.56, currency: 'USD' });
    await vendor.control('PATCH', '/settings', { balance: 100_000_000 });
  });

  it('whose number it is: a guess by its first digits, or nobody knows', async () => {
    const line = { kind: 'msisdn', e164: '+33684587587', national: '684587587' } as const;
    const ask = (country: string) => connector.lookupNumber?.({ line, country, supplier: supplier() }, never);
    expect(await ask('FR')).toEqual({
      outcome: 'answered',
      answer: { networks: [{ id: '101', name: 'Simulated One France', identified: false }] },
    });
    expect(await ask('XX')).toEqual({ outcome: 'answered', answer: { networks: [] } });
  });

  it('what it sells: plans one by one, the others as a range, each with the settings that its products need', async () => {
    const listed: SupplierProduct[] = [];
    for await (const page of connector.listProducts?.(supplier(), never) ?? []) listed.push(...page);
    const by = (reference: string) => listed.find(({ supplier_reference }) => supplier_reference === reference);
    expect(by('101')).toMatchObject({
      name: 'Simulated One France',
      transaction_type: 'airtime topup',
      line_country: 'FR',
      currency: 'USD',
      range: { min: 0.46, max: 92, currency: 'EUR' },
      settings: { operator_id: 101, country: 'FR', is_local: true },
    });
    expect(by('301')).toMatchObject({ cost: 0.96, range: { min: 0.5, max: 100, currency: 'USD' } });
    expect(by('401:0.17')).toMatchObject({
      name: 'Simulated One Egypt 5.1 EGP',
      cost: 0.1615,
      denomination: { amount: 5.1, currency: 'EGP' },
    });
    expect(by('602:1')?.transaction_type).toBe('data topup');
    expect(new Set(listed.map(({ supplier_reference }) => supplier_reference)).size).toBe(listed.length);
    for (const { range, settings } of listed) {
      const chosen = range ? { amount: range.min, currency: range.currency } : {};
      expect(Value.Check(connector.productSettings ?? {}, { ...settings, ...chosen })).toBe(true);
    }
  });

  it('for a list of which a page fails gives none', async () => {
    proxy.fail('GET', '/operators', { kind: 'answer', passOn: false, status: 500, body: '{}' });
    const read = async () => {
      for await (const page of connector.listProducts?.(supplier(), never) ?? []) expect(page).toBeDefined();
    };
    await expect(read()).rejects.toThrow('500');
  });

  it('what operators add for now', async () => {
    const promotions = await connector.listPromotions?.(supplier(), never);
    expect(promotions?.[0]).toEqual({
      id: '201',
      title: 'Bonus 2x',
      text: 'Twice the credit on recharges of 5 dollars or more.',
      begins_at: new Date('2026-01-01T00:00:00Z'),
      ends_at: new Date('2036-01-01T00:00:00Z'),
      network: { id: '201', name: '' },
      countries: [],
    });
  });
});
