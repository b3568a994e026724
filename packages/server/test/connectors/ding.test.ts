import { randomUUID } from 'node:crypto';
import { type FaultProxy, SimulatedSupplier, startFaultProxy } from '@opentopup/client/testing';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Recharge, SupplierAccess, SupplierProduct } from '../../src/connectors/connector.ts';
import { ding } from '../../src/connectors/ding/ding.ts';
import { playedConformance } from '../support/conformance.ts';

/** So fast that whatever a transfer comes to has happened once it is answered. */
const AT_ONCE = 1_000_000;
const TEN = { sku_code: 'S1FR_10', amount: 10, currency: 'USD' };
const never = new AbortController().signal;

let vendor: SimulatedSupplier;
let proxy: FaultProxy;
const connector = ding();

beforeAll(async () => {
  vendor = await SimulatedSupplier.start('ding', AT_ONCE);
  proxy = await startFaultProxy(vendor.origin);
});
afterAll(async () => {
  await proxy?.stop();
  await vendor?.stop();
});

const supplier = (): SupplierAccess => ({
  id: 'ding',
  settings: { base_url: `${proxy.url}/api/V1` },
  secrets: { api_key: vendor.credentials['API_KEY'] ?? '' },
});
const order = (settings: object = TEN): Recharge => ({
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
const numberOf = (e164: string) => ({ kind: 'msisdn', e164, national: e164.slice(3) }) as const;

playedConformance(
  '/SendTransfer',
  ['{"ResultCode":1,"ErrorCodes":[]}', '{"ResultCode":"1","ErrorCodes":[]}'],
  'take',
  () => ({
    connector,
    vendor,
    proxy,
    supplier: supplier(),
    order,
    endings: { open: 'Submitted', refused: 'Failed' },
    callback: (DistributorRef) => ({
      headers: {},
      body: Buffer.from(
        JSON.stringify({ TransferRecord: { TransferId: { TransferRef: '7', DistributorRef } }, ResultCode: 1 }),
      ),
    }),
  }),
);

describe('a transfer at Ding', () => {
  it('has cost what went off the account, and is found as it was answered', async () => {
    const made = order({ sku_code: 'S1FR_DATA', amount: 12, currency: 'USD' });
    const sold = await connector.recharge(made, never);
    const [booked] = await ordersOf(made);
    expect(sold).toMatchObject({ outcome: 'ok', cost: { amount: (booked?.cost ?? 0) / 100, currency: 'USD' } });
    expect(await connector.lookup?.(made, never)).toEqual(sold);
  });

  it('brings the PIN of what is sold without a line, each time it is asked for', async () => {
    const pin = order({ sku_code: 'S1FR_PIN', amount: 10, currency: 'USD', has_line: false });
    const sold = await connector.recharge(pin, never);
    expect(sold).toMatchObject({ outcome: 'ok', receipt: { pin: { code: expect.stringMatching(/^\d{14}$/) } } });
    expect(await connector.lookup?.(pin, never)).toEqual(sold);
  });

  it('is never sent where the settings of the product do not say what', async () => {
    const made = order({});
    expect(await connector.recharge(made, never)).toMatchObject({ outcome: 'ko', reason: 'supplier_unavailable' });
    expect(await ordersOf(made)).toEqual([]);
  });

  it.each([
    ['+33000000001', 'unknown', 'not_found'],
    ['+33000000002', 'unknown', 'ko'],
    ['+33000000003', 'unknown', 'ko'],
    ['+33000000004', 'supplier_unavailable', 'ko'],
    ['+33000000005', 'line_unknown', 'ko'],
    ['+33000000006', 'supplier_unavailable', 'ko'],
    ['+33000000007', 'supplier_out_of_stock', 'not_found'],
    ['+33000000008', 'line_unknown', 'not_found'],
    ['+33000000009', 'supplier_refused', 'ko'],
  ])('to its test number %s is %s, and when asked later %s', async (e164, answered, found) => {
    const made = { ...order(), line: numberOf(e164) };
    const outcome = await connector.recharge(made, never);
    expect(outcome.outcome === 'ko' ? outcome.reason : outcome.outcome).toBe(answered);
    expect(await connector.lookup?.(made, never)).toMatchObject({ outcome: found });
  });

  it('of which it has done the nearest is unknown, also later: something else was delivered', async () => {
    await plan('NearestMatch');
    const made = order({ sku_code: 'S1FR_ANY', amount: 10, currency: 'USD' });
    expect(await connector.recharge(made, never)).toMatchObject({ outcome: 'unknown' });
    expect(await connector.lookup?.(made, never)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('Ding is asked', () => {
  it('what is left', async () => {
    await vendor.control('PATCH', '/settings', { balance: 123_456 });
    expect(await connector.balance?.(supplier(), never)).toMatchObject({ currency: 'USD' });
    await vendor.control('PATCH', '/settings', { balance: 100_000_000 });
    const wrong = { ...supplier(), secrets: { api_key: 'wrong' } };
    await expect(connector.balance?.(wrong, never)).rejects.toThrow('it was answered 401: AuthenticationFailed');
  });

  it('whose number it is: those whose numbers look like it, none, or there is no such number', async () => {
    const ask = (e164: string) =>
      connector.lookupNumber?.({ line: numberOf(e164), country: 'FR', supplier: supplier() }, never);
    const named = (id: string, name: string) => ({ id, name, identified: false });
    expect(await ask('+33684587587')).toEqual({
      outcome: 'answered',
      answer: { networks: [named('S1FR', 'Simulated One France')] },
    });
    expect(await ask('+59172690398')).toMatchObject({
      answer: { networks: [named('S1BO', 'Simulated One Bolivia'), named('S2BO', 'Simulated Two Bolivia')] },
    });
    expect(await ask('+591')).toEqual({ outcome: 'answered', answer: { networks: [] } });
    expect(await ask('+7')).toEqual({ outcome: 'sim_unknown' });
  });

  it('what it sells that needs nothing but a number, with the settings that its products need', async () => {
    const sold: SupplierProduct[] = [];
    for await (const page of connector.listProducts?.(supplier(), never) ?? []) sold.push(...page);
    const by = (reference: string) => sold.find(({ supplier_reference }) => supplier_reference === reference);
    expect(by('S1FR_10')).toMatchObject({
      name: 'Simulated One France 10 USD',
      cost: 10,
      line_country: 'FR',
      denomination: { amount: 9.2, currency: 'EUR' },
      settings: TEN,
    });
    expect(by('S1JM_ANY')).toMatchObject({ cost: 1, range: { min: 2, max: 60, currency: 'USD' } });
    expect(by('S1FR_DATA')).toMatchObject({ cost: 12.5, transaction_type: 'data topup' });
    expect(by('S1FR_PIN')?.settings).toMatchObject({ has_line: false });
    expect(by('PWNG_METER')).toBeUndefined();
    for (const { range, settings } of sold) {
      const chosen = range ? { amount: range.min, currency: range.currency } : {};
      expect(Value.Check(connector.productSettings ?? {}, { ...settings, ...chosen })).toBe(true);
    }
  });

  it('for a list of which a part fails gives none', async () => {
    proxy.fail('GET', '/GetProducts', { kind: 'answer', passOn: false, status: 500, body: '{}' });
    const readAll = async () => {
      for await (const page of connector.listProducts?.(supplier(), never) ?? []) expect(page).toBeDefined();
    };
    await expect(readAll()).rejects.toThrow('500');
  });

  it('what providers add for now', async () => {
    const [first] = (await connector.listPromotions?.(supplier(), never)) ?? [];
    expect(first).toMatchObject({ title: 'Double credit', begins_at: new Date('2026-01-01T00:00:00Z'), ends_at: null });
  });
});
