import { generateKeyPair } from '@opentopup/client/esim';
import { ACTIVATION_CODE, OperatorServer, startFaultProxy } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { templateConnector } from '../../src/connectors/_template/connector.ts';
import type { RecordedCall } from '../../src/connectors/recorded-call.ts';
import { signInAs } from '../support/browser.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { connectUpstream, createGateway, type Gateway, UPSTREAM } from '../support/gateway.ts';
import { ENGINES, type RunningServer } from '../support/server.ts';
import { startTemplateSupplier } from '../support/template-supplier.ts';

const SALE = '/distributors/transactions';
const ORDER = '/travel-b2b/v1/distributors/transactions';
/** Nobody listens there; a port that fetch itself refuses would prove nothing. */
const NOWHERE = 'http://127.0.0.1:19999';
const exchangesOf = (id: string): string => `/admin/v1/transactions/${id}/exchanges`;

describe.each(ENGINES)('what was said to a supplier, on %s', (engine) => {
  let upstream: OperatorServer;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  let gateway: Gateway;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  let offers: Map<string, string>;

  const offerOf = (name: string): string =>
    offers.get(upstream.offers.find((offer) => offer.name === name)?.id ?? '') ?? '';
  const sell = async (ending: string): Promise<string> => {
    const { body } = await shop.sell(offerOf('Mobile France 1 EUR'), { msisdn: `0684587${ending}` });
    return (body.id ?? body.transaction_id) as string;
  };
  /** Once so many calls are kept: they are some moments after the sale. */
  const said = (id: string, calls: number): Promise<any[]> =>
    vi.waitFor(
      async () => {
        const { body } = await operator.get(exchangesOf(id));
        expect(body.length).toBeGreaterThanOrEqual(calls);
        return body as any[];
      },
      { timeout: 60_000, interval: 100 },
    );
  const signInAll = async (): Promise<void> => {
    server = await gateway.start();
    operator = gateway.operator(server);
    shop = await signInClient(server, gateway.world.demo);
  };

  beforeAll(async () => {
    upstream = await new OperatorServer().start();
    proxy = await startFaultProxy(upstream.origin);
    gateway = await createGateway(engine);
    await signInAll();
    const access = { origin: proxy.url, client_id: upstream.clientId, client_secret: upstream.clientSecret };
    offers = await connectUpstream(gateway, server, access, { conclusive_after_s: 5 });
    for (const name of ['Mobile France 1 EUR', 'eSIM Europe']) {
      const stock = { units: 50, reference: 'first', justification: 'Test' };
      await operator.post(`/admin/v1/offers/${offerOf(name)}/grants`, stock);
    }
  });
  afterAll(async () => {
    await gateway?.world.remove();
    await proxy?.stop();
    await upstream?.stop();
  });

  it('is shown as it was, with when, how long and the status; tokens and secrets are not', async () => {
    const id = await sell('587');
    const call = (await said(id, 1)).at(-1);
    expect(call).toMatchObject({ kind: 'recharge', method: 'POST', url: proxy.url + ORDER, status: 201 });
    expect(Math.abs(Date.now() - Date.parse(call.date))).toBeLessThan(120_000);
    expect(call.duration_ms).toBeGreaterThanOrEqual(0);
    expect(JSON.parse(call.request_body)).toMatchObject({ user_id: id, parameters: { msisdn: '+33684587587' } });
    expect(JSON.parse(call.response_body)).toMatchObject({ user_id: id, status: 'ok' });
    const { body } = await operator.get(exchangesOf(id));
    expect(JSON.stringify(body)).not.toContain(upstream.clientSecret);
    expect(JSON.stringify(body)).not.toMatch(/"access_token\\?":\\?"[^[]/);
  });

  it('tells how a lost answer was found out: the order that got none, and each look after it', async () => {
    proxy.fail('POST', SALE, { kind: 'cut', passOn: false });
    const id = await sell('589');
    const order = (await said(id, 1)).find(({ method, url }) => method === 'POST' && url.endsWith(SALE));
    expect(order).toMatchObject({ kind: 'recharge', failure: expect.any(String) });
    expect(order).not.toHaveProperty('status');
    await vi.waitFor(async () => expect((await shop.get(`${SALE}/${id}`)).body.status).toBe('ko'), {
      timeout: 60_000,
      interval: 200,
    });
    const looks = async (): Promise<void> => {
      const { body } = await operator.get(exchangesOf(id));
      const last = (body as any[]).filter(({ kind }) => kind === 'lookup').at(-1);
      expect(last).toMatchObject({ method: 'GET', status: 200, response_body: '[]' });
      expect(body.map(({ date }: any) => date)).toEqual(body.map(({ date }: any) => date).toSorted());
    };
    await vi.waitFor(looks, { timeout: 60_000, interval: 200 });
  });

  it('tells what a supplier told on its own, and nothing of a simulated sale that went well at once', async () => {
    const offer = gateway.world.offer('msisdn');
    const plain = (await shop.sell(offer, { msisdn: '0684587587' })).body.id as string;
    const silent = (await shop.sell(offer, { msisdn: '0684587011' })).body.id as string;
    const calls = async (): Promise<void> => {
      const { body } = await operator.get(exchangesOf(silent));
      const callback = (body as any[]).find(({ kind }) => kind === 'callback');
      expect(callback).toMatchObject({ method: 'POST', status: 200, url: expect.stringMatching(/\/callbacks$/) });
      expect(JSON.parse(callback.request_body)).toMatchObject({
        reference: silent,
        outcome: { reason: 'line_barred' },
      });
      expect(body[0]).toMatchObject({ kind: 'recharge', failure: 'no answer (a callback follows)' });
    };
    await vi.waitFor(calls, { timeout: 60_000, interval: 200 });
    expect((await operator.get(exchangesOf(plain))).body).toEqual([]);
  });

  it('shows nothing that installs an eSIM, in the database neither', async () => {
    const [ours, theirs] = await Promise.all([generateKeyPair(), generateKeyPair()]);
    upstream.key = ours.publicKey;
    const secrets = { client_secret: upstream.clientSecret, private_key: ours.privateKey };
    await operator.patch(`/admin/v1/suppliers/${UPSTREAM}`, { secrets });
    await shop.post('/distributors/keys', { key_type: 'rsa256', public_key_value: theirs.publicKey });
    const { body } = await shop.post(SALE, { offer_id: offerOf('eSIM Europe') });
    expect(body.status).toBe('ok');
    const calls = await said(body.id as string, 2);
    const answers = calls.filter(({ response_body }) => response_body?.includes('activation_code'));
    expect(answers.length).toBeGreaterThanOrEqual(1);
    for (const { response_body } of answers) expect(response_body).toContain('"activation_code":"[…]"');
    expect(JSON.stringify(calls)).not.toContain(ACTIVATION_CODE);
  });

  it('shows its numbers to the administrator of the operator, masked to its support, and nothing to distributors', async () => {
    const id = await sell('588');
    await said(id, 1);
    const { operator: admin, support, distributor_admin: stranger } = gateway.world.demo.console;
    const [clear, masked, none] = await Promise.all(
      [admin, support, stranger].map(async (person) => (await signInAs(server, person)).get(exchangesOf(id))),
    );
    expect(JSON.stringify(clear?.body)).toContain('33684587588');
    expect(JSON.stringify(masked?.body)).not.toContain('84587588');
    expect(JSON.stringify(masked?.body)).toContain('•••••••88');
    expect(JSON.parse(masked?.body.at(-1).request_body).user_id).toBe(id);
    expect([none?.status, none?.body.reason]).toEqual([403, 'access_denied']);
    expect((await shop.get(exchangesOf(id))).status).toBe(401);
    const nobodys = '01890000-0000-7000-8000-000000000000';
    expect((await callerWith(server, operator.token).get(exchangesOf(nobodys))).status).toBe(404);
  });

  it('outlives the server, and is sealed in the database', async () => {
    const id = await sell('590');
    const before = await said(id, 1);
    await server.stop();
    const db = await gateway.world.openDb();
    const rows = await db.query('SELECT * FROM supplier_exchanges');
    await db.close();
    expect(rows.length).toBeGreaterThanOrEqual(before.length);
    expect(JSON.stringify(rows)).not.toContain('84587590');
    expect(JSON.stringify(rows)).not.toContain('secret');
    await signInAll();
    expect((await operator.get(exchangesOf(id))).body).toEqual(before);
  });
});

it('a connector over JSON has each of its requests recorded, without headers', async () => {
  const supplier = await startTemplateSupplier('key-of-the-template');
  const calls: RecordedCall[] = [];
  const recharge = {
    reference: '01890000-0000-7000-8000-000000000001',
    line: { kind: 'msisdn', e164: '+33684587587', national: '0684587587' },
    product: { id: '01890000-0000-7000-8000-000000000002', supplier_reference: 'FR-10', settings: {} },
    supplier: {
      id: '01890000-0000-7000-8000-000000000003',
      settings: { base_url: supplier.origin },
      secrets: { api_key: 'key-of-the-template' },
    },
    record: (call: RecordedCall) => calls.push(call),
  } as const;
  const { signal } = new AbortController();
  const connector = templateConnector();
  await connector.recharge(recharge, signal);
  await connector.lookup?.(recharge, signal);
  await supplier.stop();
  const nowhere = { ...recharge.supplier, settings: { base_url: NOWHERE } };
  await connector.lookup?.({ ...recharge, supplier: nowhere }, signal);
  const url = `${supplier.origin}/recharges`;
  const answer = `{"id":"r-${recharge.reference}","state":"done"}`;
  const order = `{"reference":"${recharge.reference}","line":"0684587587","product":"FR-10"}`;
  expect(calls).toMatchObject([
    { method: 'POST', url, request: order, status: 200, response: answer, failure: null },
    { method: 'GET', url: `${url}/${recharge.reference}`, request: null, status: 200, response: answer },
    { method: 'GET', status: null, response: null, failure: expect.stringMatching(/^never sent: .*ECONNREFUSED/) },
  ]);
  expect(JSON.stringify(calls)).not.toContain('key-of-the-template');
});
