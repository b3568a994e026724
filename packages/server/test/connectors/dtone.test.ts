import { randomUUID } from 'node:crypto';
import { type FaultProxy, SimulatedSupplier, startFaultProxy } from '@opentopup/client/testing';
import type { SupplierReason } from '@opentopup/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome, Recharge, SupplierAccess } from '../../src/connectors/connector.ts';
import { dtone } from '../../src/connectors/dtone/dtone.ts';
import { MEANINGS } from '../../src/connectors/dtone/meanings.ts';
import type { RecordedCall } from '../../src/connectors/recorded-call.ts';
import { playedConformance } from '../support/conformance.ts';

// The simulator answers as DT One does, in a process of its own: see docs/guide/supplier-simulators.md.
// So fast that whatever an order comes to has happened once it is answered.
const AT_ONCE = 1_000_000;
const connector = dtone([10, 20, 50, 100, 200]);
const ORDERS = '/async/transactions';
const FIXED = '10002';
const RANGED = '10009';
const PIN = '10010';
let played: SimulatedSupplier;
let supplier: SupplierAccess;
let proxy: FaultProxy;
beforeAll(async () => {
  played = await SimulatedSupplier.start('dtone', AT_ONCE);
  proxy = await startFaultProxy(played.origin);
  const { KEY: key = '', SECRET: secret = '' } = played.credentials;
  supplier = { id: randomUUID(), settings: { base_url: played.baseUrl }, secrets: { key, secret } };
});
afterAll(async () => {
  await proxy?.stop();
  await played?.stop();
});
afterEach(async () => {
  await played.control('DELETE', '/faults');
  await played.control('DELETE', '/endings');
});

/** The same, over a network that may fail. */
const throughProxy = (): SupplierAccess => ({ ...supplier, settings: { base_url: `${proxy.url}/v1` } });

/** An order, and what was said for it. */
function order(more: Partial<Recharge> & { ending?: string } = {}): Recharge & { said: RecordedCall[] } {
  const { ending = '100', ...rest } = more;
  const said: RecordedCall[] = [];
  return {
    reference: randomUUID(),
    line: { kind: 'msisdn', e164: `+33684587${ending}`, national: `684587${ending}` },
    product: { id: randomUUID(), supplier_reference: FIXED, settings: {} },
    supplier,
    record: (call) => said.push(call),
    said,
    ...rest,
  };
}

const soon = (): AbortSignal => AbortSignal.timeout(60_000);
const recharge = (of: Recharge): Promise<Outcome> => connector.recharge(of, soon());
const lookup = (of: Recharge) => connector.lookup?.(of, soon());
const kept = async ({ reference }: Recharge) => (await played.orders()).filter((each) => each.reference === reference);
const product = (supplier_reference: string | null, settings = {}) => ({
  id: randomUUID(),
  supplier_reference,
  settings,
});
const ends = (ending: string) => played.control('POST', '/endings', { ending });
const answers = (path: string, status: number, body: unknown, done = false) =>
  played.control('POST', '/faults', { path, kind: 'answer', status, done, body: JSON.stringify(body) });
const error = (...codes: number[]) => ({ errors: codes.map((code) => ({ code, message: `Words of ${code}` })) });

// Looks at nothing within the call: what its answer proves is asked for.
playedConformance('/async/transactions', ['{"id":7}', '[{"id":"7"}]'], 'refuse', () => ({
  connector: dtone([]),
  vendor: played,
  proxy,
  supplier: throughProxy(),
  order: () => order({ supplier: throughProxy() }),
  endings: { open: 'SUBMITTED', refused: 'DECLINED' },
  callback: (external_id) => ({ headers: {}, body: Buffer.from(JSON.stringify({ external_id })) }),
}));

/** What each status proves, where it proves that nothing was delivered. */
const REFUSALS: Record<string, SupplierReason> = {
  CANCELLED: 'supplier_refused',
  REJECTED: 'supplier_refused',
  'REJECTED-INVALID-CREDIT-PARTY': 'line_unknown',
  'REJECTED-BARRED-CREDIT-PARTY': 'line_barred',
  'REJECTED-INELIGIBLE-CREDIT-PARTY': 'supplier_refused',
  'REJECTED-INVALID-DEBIT-PARTY': 'supplier_refused',
  'REJECTED-BARRED-DEBIT-PARTY': 'supplier_refused',
  'REJECTED-LIMITATIONS-ON-CREDIT-PARTY-AMOUNT': 'limit_exceeded',
  'REJECTED-LIMITATIONS-ON-CREDIT-PARTY-QUANTITY': 'limit_exceeded',
  'REJECTED-OPERATOR-CURRENTLY-UNAVAILABLE': 'supplier_unavailable',
  'REJECTED-INSUFFICIENT-BALANCE': 'supplier_out_of_stock',
  DECLINED: 'supplier_refused',
  'DECLINED-INVALID-CREDIT-PARTY': 'line_unknown',
  'DECLINED-BARRED-CREDIT-PARTY': 'line_barred',
  'DECLINED-INELIGIBLE-CREDIT-PARTY': 'supplier_refused',
  'DECLINED-INVALID-DEBIT-PARTY': 'supplier_refused',
  'DECLINED-BARRED-DEBIT-PARTY': 'supplier_refused',
  'DECLINED-LIMITATIONS-ON-OPERATOR-AMOUNT': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CREDIT-PARTY-AMOUNT': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CUSTOMER-AMOUNT': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-OPERATOR-QUANTITY': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CREDIT-PARTY-QUANTITY': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CUSTOMER-QUANTITY': 'limit_exceeded',
  'DECLINED-DUPLICATED-TRANSACTION': 'recently_recharged',
  'DECLINED-OPERATOR-CURRENTLY-UNAVAILABLE': 'supplier_unavailable',
  'DECLINED-EXCEPTION': 'supplier_unavailable',
};
/** What each error proves that proves something, and its status. */
const ERRORS: Record<string, [number, SupplierReason]> = {
  1000400: [400, 'supplier_refused'],
  1000401: [401, 'supplier_unavailable'],
  1000404: [404, 'supplier_unavailable'],
  1000429: [429, 'supplier_unavailable'],
  1003001: [404, 'supplier_refused'],
  1003002: [400, 'supplier_refused'],
  1003003: [400, 'supplier_refused'],
  1005003: [400, 'line_unknown'],
  1005503: [400, 'supplier_refused'],
  1006001: [400, 'supplier_out_of_stock'],
  1006003: [400, 'supplier_refused'],
  1006009: [404, 'supplier_unavailable'],
  1006503: [400, 'supplier_refused'],
  1007500: [400, 'supplier_refused'],
};
const OPEN = ['CREATED', 'CONFIRMED', 'SUBMITTED', '1007001', '1009001', '1009503'];

describe('DT One: what it says', () => {
  it.each(Object.entries(REFUSALS))('%s is a refusal: %s', async (ending, reason) => {
    await ends(ending);
    const refused = order();
    const outcome = await recharge(refused);
    expect(outcome).toEqual({ outcome: 'ko', reason, message: ending });
    expect(await lookup(refused)).toEqual(outcome);
    expect(await kept(refused)).toMatchObject([{ state: 'refused' }]);
  });

  it.each(Object.entries(ERRORS))('error %s proves that nothing was made: %j', async (code, [status, reason]) => {
    await answers(ORDERS, status, error(Number(code)));
    const refused = order();
    const isStale = ['1003001', '1003002', '1003003'].includes(code);
    expect(await recharge(refused)).toEqual({
      outcome: 'ko',
      reason,
      message: expect.stringContaining('Words of'),
      ...(isStale && { is_catalogue_stale: true }),
    });
    expect(await lookup(refused)).toEqual({ outcome: 'not_found' });
    expect(refused.said).toHaveLength(2);
  });

  it('is in the table to the last word, and each word of the table is looked at here', () => {
    const looked = [...Object.keys(REFUSALS), ...Object.keys(ERRORS), ...OPEN, 'COMPLETED', 'REVERSED'];
    expect(Object.keys(MEANINGS).toSorted()).toEqual(looked.toSorted());
  });

  it.each(['CONFIRMED', 'SUBMITTED'])('%s is no success: it has the order and is still at it', async (ending) => {
    await ends(ending);
    const open = order();
    expect(await recharge(open)).toMatchObject({ outcome: 'unknown', is_accepted: true });
    await played.control('POST', `/orders/${(await kept(open))[0]?.id}`, { ending: 'COMPLETED' });
    expect(await lookup(open)).toMatchObject({ outcome: 'ok' });
  });

  it('REVERSED after it was delivered is a refusal, and the line was recharged all the same', async () => {
    const reversed = order();
    expect(await recharge(reversed)).toMatchObject({ outcome: 'ok' });
    await played.control('POST', `/orders/${(await kept(reversed))[0]?.id}`, { ending: 'REVERSED' });
    expect(await lookup(reversed)).toEqual({ outcome: 'ko', reason: 'supplier_refused', message: 'REVERSED' });
  });

  const transaction = (message: string, kind: string, external_id: string) => ({
    id: 1,
    external_id,
    status: { id: 1, message, class: { id: 1, message: kind } },
  });
  it.each<readonly [string, (reference: string) => unknown, string]>([
    ['a class that nobody knows', (own) => [transaction('PARKED', 'PARKED', own)], 'unknown'],
    ['a status of another class', (own) => [transaction('DECLINED', 'COMPLETED', own)], 'unknown'],
    [
      'two of one reference of which none is delivered',
      (own) => [0, 1].map(() => transaction('DECLINED', 'DECLINED', own)),
      'unknown',
    ],
    ['another transaction', () => [transaction('COMPLETED', 'COMPLETED', 'other')], 'unknown'],
    [
      'two of one reference of which one is delivered',
      (own) => [transaction('DECLINED', 'DECLINED', own), transaction('COMPLETED', 'COMPLETED', own)],
      'ok',
    ],
    ['a transaction without a status', (own) => [{ id: 1, external_id: own }], 'unknown'],
    ['no list', (own) => transaction('DECLINED', 'DECLINED', own), 'unknown'],
    ['an empty list', () => [], 'not_found'],
    ['a new status of a known class', (own) => [transaction('DECLINED-BY-MOON', 'DECLINED', own)], 'ko'],
  ])('%s when it is asked, whatever it says: %s', async (_, body, expected) => {
    const asked = order();
    await answers('/transactions', 200, body(asked.reference));
    expect((await lookup(asked))?.outcome).toBe(expected);
  });

  it.each([
    [200, error(1003001)],
    [500, error(1005003)],
    [400, error(1005003, 1009001)],
    [400, error(1234567)],
    [400, { errors: [] }],
    [403, 'no JSON of theirs'],
    [201, { id: 1 }],
  ])('%i with %j proves nothing of an order', async (status, body) => {
    await answers(ORDERS, status, body);
    expect(await recharge(order())).toMatchObject({ outcome: 'unknown' });
  });
});

describe('DT One: an order', () => {
  it('is sent once, confirmed, under our reference, to be called back; it tells what it has cost', async () => {
    const sold = order({ supplier: { ...supplier, callback_url: 'https://topup.example/callbacks' } });
    expect(await recharge(sold)).toEqual({
      outcome: 'ok',
      supplier_reference: expect.stringMatching(/^\d+$/),
      cost: { amount: 1.86, currency: 'EUR' },
    });
    const [sent, ...looks] = sold.said;
    expect(JSON.parse(sent?.request ?? '')).toEqual({
      external_id: sold.reference,
      product_id: 10_002,
      auto_confirm: true,
      credit_party_identifier: { mobile_number: '+33684587100' },
      callback_url: 'https://topup.example/callbacks',
    });
    expect(looks.map(({ method }) => method)).toEqual(looks.map(() => 'GET'));
    expect(await kept(sold)).toHaveLength(1);
  });

  it('of a range carries the amount that the line gets', async () => {
    const sold = order({ product: product(RANGED, { amount: 7, currency: 'EUR' }) });
    expect(await recharge(sold)).toMatchObject({ outcome: 'ok', cost: { amount: 6.51, currency: 'EUR' } });
    const outside = order({ product: product(RANGED, { amount: 700, currency: 'EUR' }) });
    expect(await recharge(outside)).toMatchObject({ outcome: 'ko', is_catalogue_stale: true });
  });

  it('of a PIN brings it, and how it is used', async () => {
    const sold = order({ product: product(PIN) });
    const { receipt } = (await recharge(sold)) as Extract<Outcome, { outcome: 'ok' }>;
    expect(receipt).toEqual({
      text: expect.stringContaining('*100#'),
      pin: { code: expect.stringMatching(/^\d{14}$/), serial: expect.stringMatching(/^S\d+$/) },
    });
  });

  it.each([
    ['no id of a product there', { product: product('ten') }],
    ['no id at all', { product: product(null) }],
    ['no line', { line: null }],
  ])('with %s is never sent', async (_, more) => {
    const refused = order(more);
    expect(await recharge(refused)).toMatchObject({
      outcome: 'ko',
      reason: 'supplier_unavailable',
      message: expect.stringMatching(/^never sent/),
    });
    expect(refused.said).toEqual([]);
  });

  it('under a wrong key makes nothing, and tells the words of DT One', async () => {
    const refused = order({ supplier: { ...supplier, secrets: { key: 'wrong', secret: 'wrong' } } });
    const message = 'it does not accept our key: Unauthorized';
    expect(await recharge(refused)).toEqual({ outcome: 'ko', reason: 'supplier_unavailable', message });
    expect(await kept(refused)).toEqual([]);
  });

  it('whose reference is taken is our own: it is looked up, and not sent again', async () => {
    const sold = order();
    const first = await recharge(sold);
    expect(first).toMatchObject({ outcome: 'ok' });
    const again = order({ reference: sold.reference });
    expect(await recharge(again)).toEqual(first);
    expect(again.said.map(({ method, status }) => `${method} ${status}`)).toEqual(['POST 400', 'GET 200']);
    expect(await kept(sold)).toHaveLength(1);
  });

  it.each([
    [{ kind: 'cut_after' }, 'ok'],
    [{ kind: 'cut_amid' }, 'ok'],
    [{ kind: 'refuse', status: 503, done: true }, 'ok'],
    [{ kind: 'answer', status: 502, body: '<html>', done: true }, 'ok'],
    [{ kind: 'answer', status: 500, body: JSON.stringify(error(1009001)), done: true }, 'ok'],
    [{ kind: 'refuse', status: 429 }, 'ko'],
  ] as const)('that meets %j is %s, sent once and delivered at most once', async (fault, outcome) => {
    await played.control('POST', '/faults', { method: 'POST', path: ORDERS, ...fault });
    const sold = order();
    expect((await recharge(sold)).outcome).toBe(outcome);
    expect(sold.said.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(await kept(sold)).toHaveLength(outcome === 'ok' ? 1 : 0);
  });

  it('that never arrived stays open: that it is not known there yet proves nothing', async () => {
    await played.control('POST', '/faults', { method: 'POST', path: ORDERS, kind: 'cut_before' });
    const lost = order();
    expect(await recharge(lost)).toMatchObject({ outcome: 'unknown' });
    expect(await lookup(lost)).toEqual({ outcome: 'not_found' });
    expect(connector.conclusiveAfter_s?.(supplier)).toBe(600);
  });

  it('is not given back for a look-up that failed', async () => {
    const sold = order();
    for (const [status, code] of [
      [401, 1000401],
      [404, 1000404],
      [429, 1000429],
    ] as const) {
      await answers('/transactions', status, error(code));
      expect((await lookup(sold))?.outcome).toBe('unknown');
    }
  });
});

describe('DT One: what it sends on its own', () => {
  const read = (text: string) => connector.readCallback?.({ headers: {}, body: Buffer.from(text) }, supplier);

  it('names a transaction, and is not believed', () => {
    const external_id = randomUUID();
    const body = { external_id, status: { message: 'COMPLETED', class: { message: 'COMPLETED' } } };
    expect(read(JSON.stringify(body))).toEqual({ reference: external_id, outcome: null });
  });

  it.each(['', 'null', '[]', '{}', '{"external_id":7}', '<html>'])('as %s is not its own', (text) => {
    expect(read(text)).toBeNull();
  });
});

describe('DT One: questions', () => {
  it('tells the money that can be spent, and what is set aside', async () => {
    await ends('SUBMITTED');
    await recharge(order());
    const { balance: available } = await played.control('GET', '/settings');
    expect(await connector.balance?.(supplier, soon())).toEqual({
      available: available / 100,
      held: expect.toSatisfy((held: number) => held >= 1.86),
      credit_limit: 0,
      currency: 'EUR',
    });
  });

  it('tells what it lends beside that, and orders are taken below zero so far', async () => {
    const { balance } = await played.control('GET', '/settings');
    await played.control('PATCH', '/settings', { balance: 0, credit_limit: 200 });
    expect(await recharge(order())).toMatchObject({ outcome: 'ok' });
    expect(await connector.balance?.(supplier, soon())).toMatchObject({ available: -1.86, credit_limit: 2 });
    expect(await recharge(order())).toMatchObject({ outcome: 'ko', reason: 'supplier_out_of_stock' });
    await played.control('PATCH', '/settings', { balance, credit_limit: 0 });
  });

  it('says why there is no balance', async () => {
    const settings = { base_url: played.baseUrl, currency: 'USD' };
    await expect(connector.balance?.({ ...supplier, settings }, soon())).rejects.toThrow('no balance in USD');
    const two = ['EUR', 'USD'].map((unit) => ({
      id: 1,
      unit,
      unit_type: 'CURRENCY',
      available: 1,
      holding: 0,
      credit_limit: 0,
    }));
    await answers('/balances', 200, two);
    await expect(connector.balance?.(supplier, soon())).rejects.toThrow('several balances');
  });

  it('tells the networks of a country, and which of them is certain', async () => {
    const line = { kind: 'msisdn', e164: '+33684587100', national: '684587100' } as const;
    expect(await connector.lookupNumber?.({ line, country: 'FR', supplier }, soon())).toEqual({
      outcome: 'answered',
      answer: {
        networks: [
          { id: '1001', name: 'Simulated One France', identified: true },
          { id: '1002', name: 'Simulated Two France', identified: false },
        ],
      },
    });
    await answers('/lookup/mobile-number', 400, error(1005003));
    const unknown = await connector.lookupNumber?.({ line, country: 'FR', supplier }, soon());
    expect(unknown).toEqual({ outcome: 'sim_unknown' });
  });
});

describe('DT One: its catalogue', () => {
  const readAll = async () => {
    const products = [];
    for await (const page of connector.listProducts?.(supplier, soon()) ?? []) products.push(...page);
    return products;
  };

  it('is read to its last page: what is paid, what the line gets, whose network it is', async () => {
    const products = await readAll();
    const all = await fetch(`${played.baseUrl}/products?per_page=1`, {
      headers: { authorization: `Basic ${btoa(Object.values(played.credentials).join(':'))}` },
    });
    expect(products).toHaveLength(Number(all.headers.get('x-total')));
    const of = (id: string) => products.find(({ supplier_reference }) => supplier_reference === id);
    expect(of(FIXED)).toMatchObject({
      name: 'Simulated One France 2 EUR',
      transaction_type: 'airtime topup',
      line_kind: 'msisdn',
      line_country: 'FR',
      network: { id: '1001', name: 'Simulated One France' },
      currency: 'EUR',
      bonus_value: 2,
      cost: 1.86,
    });
    expect(of(RANGED)).toMatchObject({ cost: 0.93, range: { min: 2, max: 100, currency: 'EUR' } });
    const senegal = products.find(({ line_country, range }) => line_country === 'SN' && !range);
    expect(senegal).toMatchObject({ currency: 'EUR', denomination: { amount: 655, currency: 'XOF' } });
  });

  it('that changes while it is read, or is not what it says, is not read at all', async () => {
    await answers('/products', 200, []);
    await expect(readAll()).rejects.toThrow('makes no sense');
    await played.control('POST', '/faults', { path: '/products', kind: 'cut_amid' });
    await expect(readAll()).rejects.toThrow('could not be asked');
  });

  it('is read on where it has had enough requests for a second', async () => {
    await played.control('POST', '/faults', { path: '/products', kind: 'refuse', status: 429 });
    expect((await readAll()).length).toBeGreaterThan(100);
  });

  it('tells promotions, whose they are and until when', async () => {
    const promotions = await connector.listPromotions?.(supplier, soon());
    expect(promotions?.[0]).toMatchObject({
      title: 'Double credit at Simulated One France',
      network: { id: '1001' },
      countries: ['FR'],
      ends_at: new Date('2036-01-01'),
    });
  });
});
