import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const SALE = '/distributors/transactions';

/** Where the server is reached from outside: known before it listens itself. */
async function startEntrance() {
  let target = '';
  const passOn = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = 'POST', url = '' } = request;
    const headers = { 'content-type': 'application/json' };
    const { status } = await fetch(target + url, { method, headers, body: Buffer.concat(chunks) });
    response.writeHead(status).end();
  };
  const entrance = createServer((request, response) => {
    // The server may have gone.
    passOn(request, response).catch(() => request.socket.destroy());
  });
  entrance.listen(0, '127.0.0.1');
  await once(entrance, 'listening');
  return {
    url: `http://127.0.0.1:${(entrance.address() as AddressInfo).port}`,
    leadTo: (url: string) => {
      target = url;
    },
    close: () => entrance.close(),
  };
}

describe.each(ENGINES)('a server that sells through DT One, on %s', (engine) => {
  let played: SimulatedSupplier;
  let entrance: Awaited<ReturnType<typeof startEntrance>>;
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  let supplier: string;
  let offer: string;

  const made = async (path: string, body: object): Promise<string> => {
    const answer = await operator.post(`/admin/v1/${path}`, body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body.id as string;
  };
  const secrets = () => ({ key: played.credentials['KEY'], secret: played.credentials['SECRET'] });

  beforeAll(async () => {
    played = await SimulatedSupplier.start('dtone', 1_000);
    entrance = await startEntrance();
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY, PUBLIC_URL: entrance.url });
    entrance.leadTo(server.baseUrl);
    operator = callerWith(server, world.demo.admin_token);
    shop = await signInClient(server, world.demo);
    supplier = await made('suppliers', {
      name: 'DT One',
      country: 'FR',
      connector: 'dtone',
      settings: { base_url: played.baseUrl },
      secrets: secrets(),
    });
    const product_id = await made('products', {
      supplier_id: supplier,
      name: 'One France 2 EUR',
      type: 'topup',
      transaction_type: 'airtime topup',
      line_kind: 'msisdn',
      coverage_zone: ['FR'],
      line_country: 'FR',
      currency: 'EUR',
      bonus_value: 2,
      supplier_reference: '10002',
    });
    const [known] = (await shop.get('/distributors/offers?limit=1')).body;
    const { distributor_id } = known as { distributor_id: string };
    offer = await made('offers', { distributor_id, product_id, name: 'One France 2 EUR', resell_value: 2 });
    await operator.post(`/admin/v1/offers/${offer}/grants`, { units: 50, reference: 'first', justification: 'Test' });
  });
  afterAll(async () => {
    await world?.remove();
    entrance?.close();
    await played?.stop();
  });

  const sell = (ending: string) => shop.sell(offer, { msisdn: `0684587${ending}` });
  const statusOf = async (id: string): Promise<string> => (await shop.get(`${SALE}/${id}`)).body.status;
  const untilItIs = (id: string, status: string) =>
    vi.waitFor(async () => expect(await statusOf(id)).toBe(status), { timeout: 60_000, interval: 100 });
  const keptOf = async (reference: string) => {
    const [order, ...others] = (await played.orders()).filter((each) => each.reference === reference);
    expect(others).toEqual([]);
    return order;
  };
  const end = async (reference: string, ending: string) =>
    played.control('POST', `/orders/${(await keptOf(reference))?.id}`, { ending });
  const contradictions = (id: string): string[] =>
    server
      .output()
      .split('\n')
      .filter((line) => line.includes('contradicts') && line.includes(id));

  it('sells, and tells a refusal as one', async () => {
    const before = await shop.stock(offer);
    const sold = await sell('100');
    expect([sold.status, sold.body.status]).toEqual([201, 'ok']);
    expect(await keptOf(sold.body.id)).toMatchObject({ state: 'delivered', line: '+33684587100' });
    const refused = await sell('103');
    expect([refused.status, refused.body.reason]).toEqual([400, 'line_barred']);
    expect(await shop.stock(offer)).toBe(before - 1);
  });

  it('keeps what was said, and no PIN in it', async () => {
    const { body } = await sell('101');
    expect(body.status).toBe('ok');
    const id = (await keptOf(body.id))?.id ?? 0;
    const said = async () => JSON.stringify((await operator.get(`/admin/v1/transactions/${body.id}/exchanges`)).body);
    // The order, at least one look, and the callback.
    await vi.waitFor(async () => expect((await said()).match(/"kind":"callback"/g)).toHaveLength(1), {
      timeout: 60_000,
      interval: 100,
    });
    expect(await said()).toContain(`OP${id}`);
    expect(await said()).not.toMatch(new RegExp(`7${id}|S${id}`));
  });

  it('holds the unit of what is still under way, whatever an unsigned callback says, and settles it by asking', async () => {
    await played.control('POST', '/endings', { ending: 'SUBMITTED' });
    const { body } = await sell('100');
    expect(body.status).toBe('pending');
    const forged = { external_id: body.id, status: { message: 'COMPLETED', class: { message: 'COMPLETED' } } };
    const url = `${server.baseUrl}/suppliers/${supplier}/callbacks`;
    const told = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(forged),
    });
    expect(told.status).toBe(200);
    // Another callback after this one, which is true, so that the forged one has had its time.
    const sure = await sell('100');
    await vi.waitFor(async () => expect(await keptOf(sure.body.id)).toMatchObject({ state: 'delivered' }));
    expect(await statusOf(body.id)).toBe('pending');
    await end(body.id, 'COMPLETED');
    await untilItIs(body.id, 'ok');
  });

  it('counts what is called back late and three times once', async () => {
    await played.control('PATCH', '/settings', { callback_times: 3, callback_delay_ms: 300 });
    const before = await shop.stock(offer);
    const { body } = await sell('100');
    await untilItIs(body.id, 'ok');
    const calls = async () =>
      (await operator.get(`/admin/v1/transactions/${body.id}/exchanges`)).body.filter(
        ({ kind }: { kind: string }) => kind === 'callback',
      );
    await vi.waitFor(async () => expect(await calls()).toHaveLength(3), { timeout: 60_000, interval: 100 });
    expect(await shop.stock(offer)).toBe(before - 1);
    await played.control('PATCH', '/settings', { callback_times: 1, callback_delay_ms: 0 });
  });

  it('raises an alert where what was delivered is reversed later, and asks a person to reverse the sale', async () => {
    // About what has ended DT One is asked once a minute at most: a callback of the delivery that comes after it would be that.
    await played.control('PATCH', '/settings', { callback_times: 0 });
    const { body } = await sell('100');
    expect(body.status).toBe('ok');
    await played.control('PATCH', '/settings', { callback_times: 1 });
    await end(body.id, 'REVERSED');
    await vi.waitFor(() => expect(contradictions(body.id)).toHaveLength(1), { timeout: 60_000 });
    expect(await statusOf(body.id)).toBe('ok');
    const { body: open } = await operator.get('/admin/v1/reversal-requests?status=open');
    expect(open).toContainEqual(expect.objectContaining({ transaction_id: body.id, origin: 'supplier' }));
  });

  it('alerts at once of an answer that its description does not say, keeps it, and finds out later', async () => {
    const fault = { method: 'POST', path: '/async/transactions', kind: 'answer', status: 201, done: true };
    await played.control('POST', '/faults', { ...fault, body: JSON.stringify({ id: 'seven' }) });
    // An order that has not ended is asked about within the sale: it does not end.
    await played.control('POST', '/endings', { ending: 'SUBMITTED' });
    const { body } = await sell('100');
    expect(body.status).toBe('pending');
    const alerts = server.output().split('\n');
    const of = (line: string): boolean => line.includes('what its description does not say') && line.includes(body.id);
    expect(alerts.filter(of)).toHaveLength(1);
    const kept = async () => JSON.stringify((await operator.get(`/admin/v1/transactions/${body.id}/exchanges`)).body);
    await vi.waitFor(async () => expect(await kept()).toContain('seven'), { timeout: 60_000, interval: 100 });
    await end(body.id, 'COMPLETED');
    await untilItIs(body.id, 'ok');
  });

  it('tells that DT One is out of money, and sells again when there is some', async () => {
    const { balance } = await played.control('GET', '/settings');
    await played.control('PATCH', '/settings', { balance: 0 });
    expect((await sell('100')).body.reason).toBe('supplier_out_of_stock');
    await played.control('PATCH', '/settings', { balance });
    expect((await sell('100')).body.status).toBe('ok');
  });

  it('under a wrong key shows DT One as down, in its words; nothing is ordered, no unit is lost', async () => {
    const [before, orders] = [await shop.stock(offer), (await played.orders()).length];
    await operator.patch(`/admin/v1/suppliers/${supplier}`, { secrets: { ...secrets(), secret: 'wrong' } });
    for (let i = 0; i < 3; i += 1) {
      const { status, body } = await sell('100');
      expect([status, body.reason, body.retryable]).toEqual([400, 'supplier_unavailable', true]);
    }
    const cause = async () => (await operator.get(`/admin/v1/suppliers/${supplier}`)).body.outage?.cause;
    const words = 'it does not accept our key: Unauthorized';
    await vi.waitFor(async () => expect(await cause()).toBe(words), { timeout: 60_000 });
    expect([await shop.stock(offer), (await played.orders()).length]).toEqual([before, orders]);
    await operator.patch(`/admin/v1/suppliers/${supplier}`, { secrets: secrets() });
    expect((await sell('100')).body.status).toBe('ok');
  });

  it('tells what it adds to recharges for now, and until when', async () => {
    const { body } = await operator.get(`/admin/v1/suppliers/${supplier}/promotions`);
    const told = {
      title: expect.stringContaining('Double'),
      begin_date: expect.any(String),
      end_date: expect.any(String),
    };
    expect(body[0]).toMatchObject(told);
  });

  it('takes over its catalogue, and finds nothing new the second time', async () => {
    const path = `/admin/v1/suppliers/${supplier}/imports`;
    const first = (await operator.post(path, {})).body.products;
    expect(first).toMatchObject({ created: first.rows - 1, errors: [] });
    expect(first.rows).toBeGreaterThan(100);
    const again = (await operator.post(path, {})).body.products;
    expect(again).toMatchObject({ created: 0, changed: 0, unchanged: first.rows, errors: [] });
  });

  it('leaves both books in agreement', async () => {
    await server.stop();
    const db = await world.openDb();
    const sums = await proveLedger(db, offer);
    await db.close();
    expect(sums).toMatchObject({ held: 0, sold: await played.delivered() });
  });
});
