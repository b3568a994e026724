import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

// What all vendors have in common, at the example of one.
let supplier: SimulatedSupplier;
beforeAll(async () => {
  supplier = await SimulatedSupplier.start('dtone', 100);
});
afterAll(() => supplier?.stop());
afterEach(async () => {
  await supplier.control('DELETE', '/faults');
  await supplier.control('DELETE', '/endings');
  await supplier.control('PATCH', '/settings', { requests_per_second: 0, callback_delay_ms: 0, callback_times: 1 });
});

const PATH = '/async/transactions';
let orders = 0;

async function order(callback_url?: string): Promise<Response> {
  const { KEY, SECRET } = supplier.credentials;
  orders += 1;
  return fetch(supplier.baseUrl + PATH, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${KEY}:${SECRET}`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      external_id: `order-${orders}`,
      product_id: 10_001,
      auto_confirm: true,
      credit_party_identifier: { mobile_number: '+33684587100' },
      ...(callback_url && { callback_url }),
    }),
  });
}

const outcome = (answer: Promise<Response>): Promise<number | 'no answer'> =>
  answer
    .then(async (response) => {
      await response.text();
      return response.status;
    })
    .catch(() => 'no answer');
const kept = async () => (await supplier.orders()).filter(({ reference }) => reference === `order-${orders}`);
const settled = (state: string) =>
  vi.waitFor(async () => expect(await kept()).toMatchObject([{ state }]), { timeout: 60_000, interval: 10 });

describe('a fault that was planned', () => {
  it.each([
    [{ kind: 'cut_before' }, 'no answer', 0],
    [{ kind: 'cut_after' }, 'no answer', 1],
    [{ kind: 'cut_amid' }, 'no answer', 1],
    [{ kind: 'twice' }, 400, 1],
    [{ kind: 'delay', ms: 20 }, 201, 1],
    [{ kind: 'slow', ms: 20 }, 201, 1],
    [{ kind: 'refuse', status: 429 }, 429, 0],
    [{ kind: 'refuse', status: 503, done: true }, 503, 1],
    [{ kind: 'answer', status: 200, body: '<html>' }, 200, 0],
    [{ kind: 'answer', status: 502, body: '', done: true }, 502, 1],
  ] as const)('%j: the client gets %s, and the supplier has %i orders', async (fault, told, count) => {
    await supplier.control('POST', '/faults', { method: 'POST', path: PATH, ...fault });
    expect(await outcome(order())).toBe(told);
    expect(await kept()).toHaveLength(count);
    expect(await outcome(order())).toBe(201);
  });

  it('is for as many requests as it was planned for, and for no others', async () => {
    await supplier.control('POST', '/faults', { path: PATH, kind: 'cut_before', times: 2 });
    expect((await fetch(`${supplier.baseUrl}/balances`)).status).toBe(401);
    expect(await outcome(order())).toBe('no answer');
    expect(await outcome(order())).toBe('no answer');
    expect(await outcome(order())).toBe(201);
  });

  it('is refused where it is none', async () => {
    await expect(supplier.control('POST', '/faults', { kind: 'earthquake' })).rejects.toThrow('400');
    await expect(supplier.control('PATCH', '/settings', { speed: 0 })).rejects.toThrow('speed cannot be 0');
  });
});

describe('the account', () => {
  it('holds the money of an order, and pays what is delivered', async () => {
    const { balance } = await supplier.control('GET', '/settings');
    await supplier.control('POST', '/endings', { ending: 'SUBMITTED' });
    await order();
    const [held] = await kept();
    expect(held).toMatchObject({ state: 'held', cost: 93 });
    const during = await supplier.control('GET', '/orders');
    expect(during.balance.available).toBe(balance - 93);
    expect(during.balance.holding).toBeGreaterThanOrEqual(93);
    await supplier.control('POST', `/orders/${held?.id}`, { ending: 'DECLINED' });
    expect((await supplier.control('GET', '/settings')).balance).toBe(balance);
    await order();
    await settled('delivered');
    expect((await supplier.control('GET', '/settings')).balance).toBe(balance - 93);
  });

  it('takes no more requests a second than it may', async () => {
    await supplier.control('PATCH', '/settings', { requests_per_second: 1 });
    const told = await Promise.all(Array.from({ length: 20 }, () => outcome(order())));
    expect(told).toContain(429);
    expect(told).toContain(201);
  });
});

describe('a callback', () => {
  it('comes as late and as often as was asked for', async () => {
    const got: number[] = [];
    const server = createServer((_request, response) => {
      got.push(Date.now());
      response.end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    await supplier.control('PATCH', '/settings', { callback_delay_ms: 200, callback_times: 2 });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    await order(url);
    await settled('delivered');
    const [delivered] = await kept();
    await vi.waitFor(() => expect(got).toHaveLength(2), { timeout: 60_000, interval: 10 });
    expect(got[0]).toBeGreaterThanOrEqual(Date.parse(delivered?.delivered_at ?? '') + 190);
    server.close();
  });
});
