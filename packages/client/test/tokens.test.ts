import { inspect } from 'node:util';
import { type ResponseEvent, TravelB2B, type TravelB2BOptions } from '@opentopup/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FaultProxy, startFaultProxy } from './support/fault-proxy.ts';
import { OperatorServer } from './support/operator-server.ts';

let server: OperatorServer;
let proxy: FaultProxy;
beforeAll(async () => {
  server = await new OperatorServer().start();
  proxy = await startFaultProxy(server.origin);
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
});
beforeEach(() => {
  server.tokens.made = 0;
  server.tokens.limit = 50;
  server.tokens.life_s = 3600;
});

const newClient = (options: Partial<TravelB2BOptions> = {}): TravelB2B => {
  const { clientId, clientSecret } = server;
  return new TravelB2B({ baseUrl: `${proxy.url}/travel-b2b/v1`, clientId, clientSecret, ...options });
};
const order = () => ({ offer_id: server.offers[0]?.id ?? '', parameters: { msisdn: '0684587587' } });

describe('a token', () => {
  it('is asked for once, however many calls need it', async () => {
    const client = newClient();
    await Promise.all(Array.from({ length: 20 }, () => client.offers.page({ limit: 1 })));
    await client.suppliers.list();
    expect(server.tokens.made).toBe(1);
  });

  it('is renewed once for all when it has expired, and orders are sent again', async () => {
    const client = newClient();
    await client.suppliers.list();
    server.tokens.expire();
    const before = server.transactions.length;
    const results = await Promise.all(Array.from({ length: 10 }, () => client.topups.create(order())));
    expect(results.map(({ status }) => status)).toEqual(Array(10).fill('ok'));
    expect(server.transactions.length).toBe(before + 10);
    expect(server.tokens.made).toBe(2);
  });

  it('is waited for as long as the server asks, by all together', async () => {
    const wait: Record<string, string> = { 'Retry-After': '1' };
    proxy.fail('POST', '/oauth/v3/token', { kind: 'answer', passOn: false, status: 429, headers: wait });
    const client = newClient();
    const begin = performance.now();
    await Promise.all([client.suppliers.list(), client.offers.page(), client.topups.create(order())]);
    expect(performance.now() - begin).toBeGreaterThan(990);
    expect(server.tokens.made).toBe(1);
  });

  it('is not asked for again at once after one request too many, however often it is needed', async () => {
    server.tokens.limit = 0;
    const client = newClient({ retries: 0 });
    const refused = { status: 429, code: 53, nothingDone: true };
    await expect(client.suppliers.list()).rejects.toMatchObject(refused);
    const signal = AbortSignal.timeout(300);
    const calls = Array.from({ length: 10 }, () => client.suppliers.list({ signal }));
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'AbortedError' });
    expect(server.tokens.made).toBe(1);
  });

  it('is not given for a wrong secret: that is said at once, and nothing was sold', async () => {
    const client = newClient({ clientSecret: 'wrong' });
    const refused = { name: 'AuthenticationError', status: 401, code: 41, sale: 'cannot_have_happened' };
    await expect(client.topups.create(order())).rejects.toMatchObject(refused);
    expect(server.tokens.made).toBe(1);
  });

  it('that nobody gets leaves each order with what is known of it alone', async () => {
    proxy.fail('POST', '/oauth/v3/token', { kind: 'answer', passOn: false, status: 503 });
    const client = newClient({ retries: 0 });
    const orders = ['x/1', 'x/2', 'x/3'].map((reference) => ({ ...order(), reference }));
    const said = await Promise.all(
      orders.map((each, i) => client.topups.create(each, { isNew: i !== 1 }).catch((error: unknown) => error)),
    );
    const known = { 'x/1': 'cannot_have_happened', 'x/2': 'may_have_happened', 'x/3': 'cannot_have_happened' };
    expect(said).toMatchObject(Object.entries(known).map(([reference, sale]) => ({ reference, sale, status: 503 })));
    expect(server.tokens.made).toBe(0);
  });

  it('that the server has forgotten is renewed once', async () => {
    const client = newClient();
    await client.suppliers.list();
    const no = JSON.stringify({ code: 41, message: 'Unauthorized', description: 'invalid credentials' });
    const forgotten = { kind: 'answer', passOn: false, status: 401, body: no } as const;
    proxy.fail('GET', '/distributors/suppliers', forgotten);
    await expect(client.suppliers.list()).resolves.toHaveLength(1);
    expect(server.tokens.made).toBe(2);
    proxy.fail('GET', '/distributors/suppliers', forgotten, forgotten);
    await expect(client.suppliers.list()).rejects.toMatchObject({ name: 'AuthenticationError' });
    expect(server.tokens.made).toBe(3);
  });
});

describe('the life of a token', () => {
  // The clock by which tokens are kept; nothing waits by it.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is used but for its last minute', async () => {
    const client = newClient();
    await client.suppliers.list();
    vi.advanceTimersByTime(3_530_000);
    await client.suppliers.list();
    expect(server.tokens.made).toBe(1);
    vi.advanceTimersByTime(20_000);
    await Promise.all([client.suppliers.list(), client.offers.page()]);
    expect(server.tokens.made).toBe(2);
  });

  it('is used but for its last tenth where it is short', async () => {
    server.tokens.life_s = 10;
    const client = newClient();
    await client.suppliers.list();
    vi.advanceTimersByTime(9_100);
    await client.suppliers.list();
    expect(server.tokens.made).toBe(2);
  });

  it('is used to its end where no new one is to be had', async () => {
    const client = newClient({ retries: 0 });
    await client.suppliers.list();
    vi.advanceTimersByTime(3_550_000);
    proxy.fail('POST', '/oauth/v3/token', { kind: 'cut', passOn: false });
    await expect(client.suppliers.list()).resolves.toHaveLength(1);
    expect(server.tokens.made).toBe(1);
  });
});

describe('a pending sale', () => {
  it('is followed through outages', async () => {
    const client = newClient({ retries: 0 });
    const result = await client.topups.create({ ...order(), parameters: { msisdn: '0684587007' } });
    if (result.status !== 'pending') throw new Error(result.status);
    const { id } = result.transaction;
    proxy.fail('GET', id, { kind: 'cut', passOn: false }, { kind: 'answer', passOn: false, status: 502 });
    server.settle('ok');
    await expect(client.topups.waitFor(result.transaction)).resolves.toMatchObject({ status: 'ok' });
    const unknown = { id: '7413e966-c97c-11ed-b80c-fa163e78aa28' };
    const lost = { status: 404, sale: 'may_have_happened' };
    await expect(client.topups.waitFor(unknown)).rejects.toMatchObject(lost);
  });
});

describe('hooks', () => {
  it('see each request and its end, and may add headers', async () => {
    const requests: string[] = [];
    const responses: ResponseEvent[] = [];
    const client = newClient({
      onRequest: ({ operation, attempt }) => {
        requests.push(`${operation} ${attempt}`);
        return { 'X-Trace': 'abc' };
      },
      onResponse: (event) => responses.push(event),
    });
    proxy.fail('GET', '/distributors/suppliers', { kind: 'answer', passOn: false, status: 503 });
    await client.suppliers.list();
    expect(requests).toEqual(['createToken 0', 'getAvailableSupplierList 0', 'getAvailableSupplierList 1']);
    expect(responses).toMatchObject([{ status: 200 }, { status: 503 }, { status: 200, method: 'GET' }]);
    expect(server.headers['x-trace']).toBe('abc');
  });

  it('do not undo a sale by failing', async () => {
    const client = newClient({
      onResponse: () => {
        throw new Error('the log is full');
      },
    });
    await expect(client.topups.create(order())).resolves.toMatchObject({ status: 'ok' });
    const broken = newClient({
      onRequest: () => {
        throw new Error('no trace');
      },
    });
    const failed = { name: 'UsageError', sale: 'cannot_have_happened' };
    await expect(broken.topups.create(order())).rejects.toMatchObject(failed);
  });

  it('and errors, and the client itself, tell no secret and no number', async () => {
    const told: unknown[] = [];
    const client = newClient({
      retries: 0,
      onRequest: (event) => void told.push(event),
      onResponse: (event) => told.push(event),
    });
    const simId = '8991101200003204514';
    await client.topups.create(order());
    await client.suppliers.simStatus('7413e966-c97c-11ed-b80c-fa163e78aa28', { simId });
    const path = '/distributors/transactions';
    proxy.fail('POST', path, { kind: 'cut', passOn: false }, { kind: 'answer', passOn: false, status: 400 });
    for (const user_id of ['0684587587', '0684587587']) {
      told.push(await client.topups.create({ ...order(), user_id }).catch((error: unknown) => error));
    }
    const everything = inspect([client, told], { depth: 20, showHidden: true });
    expect(told.filter((each) => each instanceof Error)).toHaveLength(2);
    expect(everything).not.toContain(server.clientSecret);
    expect(everything).not.toContain('684587587');
    expect(everything).not.toContain(simId);
    expect(everything).not.toContain('Bearer');
  });
});
