import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DtoneAsker, faultsOf } from './asked.ts';
import { DESCRIBED, DESCRIBED_STATUSES, ERROR_STATUSES, TRANSACTION_READ } from './description.ts';

const SPEED = 500;
let supplier: SimulatedSupplier;
let asker: DtoneAsker;
beforeAll(async () => {
  supplier = await SimulatedSupplier.start('dtone', SPEED);
  asker = new DtoneAsker(supplier);
});
afterAll(() => supplier?.stop());

/** Of a fixed value, of a range, and a PIN, all of France. */
const [FIXED, RANGED, PIN] = [10_002, 10_009, 10_010];
let orders = 0;
const newReference = (): string => `order-${++orders}`;
const numbered = (ending: string) => ({ credit_party_identifier: { mobile_number: `+33684587${ending}` } });
const order = (more: object = {}) => ({
  external_id: newReference(),
  product_id: FIXED,
  auto_confirm: true,
  ...numbered('100'),
  ...more,
});

const buy = (more?: object, path = '/async/transactions') => asker.ask('POST', path, order(more));
const read = async (id: number) => (await asker.ask('GET', `/transactions/${id}`)).body;
const end = (id: number, ending: string) => supplier.control('POST', `/orders/${id}`, { ending });
const ended = (id: number, message: string) =>
  vi.waitFor(
    async () => {
      const { status } = await read(id);
      expect(status.message).toBe(message);
      return status;
    },
    { timeout: 60_000, interval: 20 },
  );
const balance = async () => {
  const { available, holding } = (await asker.ask('GET', '/balances')).body[0];
  return { available, holding };
};
const code = (asked: { body: any }): number => asked.body.errors[0].code;

describe('a transaction', () => {
  it('is confirmed at once, found by its reference, and completed', async () => {
    const { body } = await buy({ external_id: 'mine' });
    expect(body).toMatchObject({ external_id: 'mine', status: { class: { message: 'CONFIRMED' } }, pin: null });
    await ended(body.id, 'COMPLETED');
    const found = (await asker.ask('GET', '/transactions?external_id=mine')).body;
    expect(found).toMatchObject([{ id: body.id, operator_reference: expect.stringMatching(/\w/) }]);
    expect(found).toHaveLength(1);
  });

  it('is taken once: a repeat is refused, whatever became of the first', async () => {
    const { body } = await buy({ external_id: 'once', ...numbered('102') });
    expect(code(await buy({ external_id: 'once' }))).toBe(1007001);
    await ended(body.id, 'DECLINED-INVALID-CREDIT-PARTY');
    expect(code(await buy({ external_id: 'once' }))).toBe(1007001);
    expect((await supplier.orders()).filter(({ reference }) => reference === 'once')).toHaveLength(1);
  });

  it.each([
    ['100', 'COMPLETED', false],
    ['101', 'COMPLETED', true],
    ['102', 'DECLINED-INVALID-CREDIT-PARTY', false],
    ['103', 'DECLINED-BARRED-CREDIT-PARTY', false],
    ['104', 'DECLINED-OPERATOR-CURRENTLY-UNAVAILABLE', false],
    ['105', 'DECLINED-DUPLICATED-TRANSACTION', false],
    ['106', 'DECLINED', false],
    ['107', 'DECLINED-EXCEPTION', false],
    ['200', 'COMPLETED', false],
    ['203', 'DECLINED-BARRED-CREDIT-PARTY', false],
    ['587', 'COMPLETED', false],
  ])('for a number with %s ends as %s; with a PIN: %s', async (ending, status, hasPin) => {
    const { body } = await buy(numbered(ending));
    await ended(body.id, status);
    expect((await read(body.id)).pin !== null).toBe(hasPin);
  });

  it.each([
    ['100', 3_000],
    ['200', 20_000],
    ['300', 300_000],
  ])('for a number with %s takes the %i ms of the sandbox, as often faster as was asked for', async (ending, ms) => {
    const { body } = await buy(numbered(ending));
    await ended(body.id, 'COMPLETED');
    const kept = (await supplier.orders()).find(({ id }) => id === body.id);
    const took_ms = Date.parse(kept?.delivered_at ?? '') - Date.parse(body.creation_date);
    expect(took_ms).toBeGreaterThanOrEqual(ms / SPEED - 1);
  });

  it('made in the synchronous way is answered when it has ended', async () => {
    const { body } = await buy(numbered('103'), '/sync/transactions');
    expect(body.status.message).toBe('DECLINED-BARRED-CREDIT-PARTY');
    await supplier.control('POST', '/endings', { ending: 'SUBMITTED' });
    const open = (await buy({}, '/sync/transactions')).body;
    expect(open.status.message).toBe('SUBMITTED');
  });

  it.each(['async', 'sync'])('waits to be confirmed, in the %s way', async (way) => {
    const { body } = await buy({ auto_confirm: false });
    expect(body.status.message).toBe('CREATED');
    expect((await asker.ask('POST', `/${way}/transactions/${body.id}/confirm`)).status).toBe(202);
    expect(code(await asker.ask('POST', `/${way}/transactions/${body.id}/confirm`))).toBe(1007002);
    await ended(body.id, 'COMPLETED');
    expect(code(await asker.ask('POST', `/transactions/${body.id}/cancel`))).toBe(1007007);
  });

  it('that nobody has confirmed may be cancelled, and not confirmed after that', async () => {
    const before = await balance();
    const { body } = await buy({ auto_confirm: false });
    expect((await balance()).available).toBeLessThan(before.available);
    expect((await asker.ask('POST', `/transactions/${body.id}/cancel`)).body.status.message).toBe('CANCELLED');
    expect(code(await asker.ask('POST', `/transactions/${body.id}/cancel`))).toBe(1007005);
    expect(code(await asker.ask('POST', `/async/transactions/${body.id}/confirm`))).toBe(1007004);
    expect(await balance()).toEqual(before);
  });

  it('of a range takes either amount, inside it and in its currency', async () => {
    const value = (amount: number, unit = 'EUR') => ({ unit_type: 'CURRENCY', unit, amount });
    const ranged = (mode: string, more: object) => buy({ product_id: RANGED, calculation_mode: mode, ...more });
    const byDestination = await ranged('DESTINATION_AMOUNT', { destination: value(7) });
    expect(byDestination.body).toMatchObject({
      requested_values: { destination: { amount: 7 } },
      prices: { wholesale: { amount: 6.51, unit: 'EUR' } },
    });
    expect((await ranged('SOURCE_AMOUNT', { source: value(7) })).status).toBe(201);
    expect(code(await ranged('DESTINATION_AMOUNT', { destination: value(1_000) }))).toBe(1003002);
    expect(code(await ranged('DESTINATION_AMOUNT', { destination: value(7, 'USD') }))).toBe(1003003);
    expect(code(await buy({ product_id: RANGED }))).toBe(1000400);
  });

  it('of a PIN needs nobody, and brings one', async () => {
    const { body } = await buy({ product_id: PIN, credit_party_identifier: undefined });
    await ended(body.id, 'COMPLETED');
    expect((await read(body.id)).pin.code).toMatch(/\d/);
  });

  it.each([
    [{ product_id: 1 }, 1003001],
    [{ credit_party_identifier: { mobile_number: '0684587100' } }, 1005003],
    [{ external_id: 'x'.repeat(41) }, 1000400],
    [{ external_id: ' ' }, 1000400],
    [{ product_id: '10002' }, 1000400],
    [{ credit_party_identifier: null }, 1000400],
    [{ callback_url: 'nowhere' }, 1000400],
  ])('with %j is refused with %i', async (more, expected) => {
    expect(code(await buy(more))).toBe(expected);
  });

  it('that is not there is not found', async () => {
    expect(code(await asker.ask('GET', '/transactions/1'))).toBe(1008004);
    expect(code(await asker.ask('GET', '/transactions?external_id=never'))).toBe(1008004);
    const span = (from: number, to: number): string =>
      `/transactions?from_date=${new Date(from).toISOString()}&to_date=${new Date(to).toISOString()}`;
    const now = Date.now();
    expect((await asker.ask('GET', span(now - 86_400_000, now))).body).not.toEqual([]);
    expect((await asker.ask('GET', span(now - 96_400_000, now - 86_400_000))).body).toEqual([]);
    for (const wrong of [span(now - 86_400_001, now), span(now, now - 1), '/transactions?from_date=today']) {
      expect(code(await asker.ask('GET', wrong))).toBe(1000400);
    }
  });

  it.each(Object.values(DESCRIBED_STATUSES).flat())('may come to %s at will, and only where it can', async (status) => {
    const isLast = ['REVERSED', 'CREATED'].includes(status);
    if (!isLast) await supplier.control('POST', '/endings', { ending: status });
    const { body } = await buy();
    if (isLast) await ended(body.id, 'COMPLETED');
    if (status === 'CREATED') return expect(end(body.id, status)).rejects.toThrow('400');
    if (isLast) await end(body.id, status);
    const told = await ended(body.id, status);
    const [kind = ''] = Object.entries(DESCRIBED_STATUSES).find(([, names]) => names.includes(status)) ?? [];
    expect(told.class.message).toBe(kind);
  });
});

describe('the balance', () => {
  it('goes from available to held when an order is made, and is paid, given back, or given back later', async () => {
    const before = await balance();
    await supplier.control('POST', '/endings', { ending: 'SUBMITTED', times: 2 });
    const [paid, returned] = [(await buy()).body.id, (await buy()).body.id];
    const price = 1.86;
    const after = (moved: number, held: number) => ({
      available: Number((before.available - moved).toFixed(2)),
      holding: Number((before.holding + held).toFixed(2)),
    });
    expect(await balance()).toEqual(after(2 * price, 2 * price));
    await end(paid, 'COMPLETED');
    await end(returned, 'DECLINED');
    expect(await balance()).toEqual(after(price, 0));
    await end(paid, 'REVERSED');
    expect(await balance()).toEqual(before);
    await expect(end(paid, 'REVERSED')).rejects.toThrow('400');
  });

  it('that is too small refuses an order, which leaves no trace', async () => {
    const { balance: left } = await supplier.control('GET', '/settings');
    await supplier.control('PATCH', '/settings', { balance: 1 });
    const refused = order();
    expect(code(await asker.ask('POST', '/async/transactions', refused))).toBe(1006001);
    await supplier.control('PATCH', '/settings', { balance: left });
    expect((await asker.ask('POST', '/async/transactions', refused)).status).toBe(201);
  });
});

describe('a list', () => {
  it('comes in pages that say how many there are', async () => {
    const first = await asker.ask('GET', '/products?per_page=100');
    expect(first.body).toHaveLength(100);
    const pages = Number(first.headers.get('x-total-pages'));
    const ids = new Set<number>();
    for (let page = 1; page <= pages; page++) {
      const { body, headers } = await asker.ask('GET', `/products?per_page=100&page=${page}`);
      for (const { id } of body) ids.add(id);
      expect(headers.get('x-next-page')).toBe(page < pages ? `${page + 1}` : null);
      expect(headers.get('x-prev-page')).toBe(page > 1 ? `${page - 1}` : null);
    }
    expect(ids.size).toBe(Number(first.headers.get('x-total')));
    expect(code(await asker.ask('GET', '/products?per_page=101'))).toBe(1000400);
  });

  it('of products is of one country, operator or type where that is asked for', async () => {
    const french = (await asker.ask('GET', '/products?country_iso_code=FRA&per_page=100')).body;
    expect(new Set(french.map(({ operator }: any) => operator.country.iso_code))).toEqual(new Set(['FRA']));
    const pins = (await asker.ask('GET', '/products?type=FIXED_VALUE_PIN_PURCHASE')).body;
    expect(pins.map(({ id }: any) => id)).toContain(PIN);
    expect(pins.every(({ pin }: any) => pin !== undefined)).toBe(true);
    expect((await asker.ask('GET', `/products/${PIN}`)).body).toEqual(pins.find(({ id }: any) => id === PIN));
    expect(code(await asker.ask('GET', '/products/1'))).toBe(1003001);
  });

  it('tells of operators and promotions', async () => {
    const [operator] = (await asker.ask('GET', '/operators?country_iso_code=SEN')).body;
    expect((await asker.ask('GET', `/operators/${operator.id}`)).body).toEqual(operator);
    expect(code(await asker.ask('GET', '/operators/1'))).toBe(1005006);
    const [promotion] = (await asker.ask('GET', `/promotions?operator_id=${operator.id}`)).body;
    expect((await asker.ask('GET', `/promotions/${promotion.id}`)).body).toEqual(promotion);
    expect(code(await asker.ask('GET', '/promotions/1'))).toBe(1003201);
  });
});

describe('a number', () => {
  it('is said to be of one operator of its country, of which the others are told too', async () => {
    const ask = async (mobile_number: string) =>
      (await asker.ask('POST', '/lookup/mobile-number', { mobile_number })).body.map(
        ({ name, identified }: any) => `${name}: ${identified}`,
      );
    expect(await ask('+33684587100')).toEqual(['Simulated One France: true', 'Simulated Two France: false']);
    expect(await ask('+33784587100')).toEqual(['Simulated One France: false', 'Simulated Two France: true']);
    expect(await ask('+99912345678')).toEqual([]);
    expect(code(await asker.ask('POST', '/lookup/mobile-number', { mobile_number: '06' }))).toBe(1000400);
  });
});

describe('a callback', () => {
  it('tells the whole transaction when it has ended and when it is reversed, in words that are described', async () => {
    const told: any[] = [];
    const server = createServer((request, response) => {
      text(request).then((body) => {
        told.push(JSON.parse(body));
        response.end();
      }, response.destroy.bind(response));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const callback_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { body } = await buy({ callback_url });
    await ended(body.id, 'COMPLETED');
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 60_000 });
    await end(body.id, 'REVERSED');
    await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 60_000 });
    expect(told.map(({ status }) => status.message)).toEqual(['COMPLETED', 'REVERSED']);
    for (const each of told) expect(faultsOf(TRANSACTION_READ, each)).toEqual([]);
    server.close();
  });
});

// The last one: it looks back at what the others have asked.
describe('every answer', () => {
  it('is refused in the words of the vendor to who is not known, asks too much, or asks at a bad moment', async () => {
    expect(code(await asker.ask('GET', '/balances', undefined, 'Basic bm9ib2R5'))).toBe(1000401);
    for (const status of [429, 503]) {
      await supplier.control('POST', '/faults', { path: '/balances', kind: 'refuse', status });
      expect((await asker.ask('GET', '/balances')).status).toBe(status);
    }
  });

  it('tells how many more may be asked this second, where there is a limit', async () => {
    await supplier.control('PATCH', '/settings', { requests_per_second: 1_000 });
    const { headers } = await asker.ask('GET', '/balances');
    await supplier.control('PATCH', '/settings', { requests_per_second: 0 });
    expect(headers.get('x-ratelimit-limit')).toBe('1000');
    expect(Number(headers.get('x-ratelimit-remaining'))).toBeLessThan(1_000);
  });

  it('that is described was given, good and bad, as it is described', () => {
    for (const route of Object.keys(DESCRIBED)) expect(asker.answered).toContain(route);
    const never = ['1000404', '1009001'];
    const errors = Object.keys(ERROR_STATUSES).filter((each) => !never.includes(each));
    for (const each of errors) expect(asker.answered).toContain(each);
  });

  it('that is not as it is described would be told of', async () => {
    const { body } = await asker.ask('GET', '/balances');
    const { schema } = DESCRIBED['GET /balances'] as { schema: object };
    expect(faultsOf(schema as Record<string, unknown>, [{ ...body[0], available: '12' }])).not.toEqual([]);
    expect(faultsOf(schema as Record<string, unknown>, [{ ...body[0], more: 1 }])).not.toEqual([]);
  });
});
