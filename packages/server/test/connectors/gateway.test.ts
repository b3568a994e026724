import { decryptActivationCode, generateKeyPair } from '@opentopup/client/esim';
import { ACTIVATION_CODE, OperatorServer, startFaultProxy } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { connectUpstream, createGateway, type Gateway, UPSTREAM } from '../support/gateway.ts';
import { proveLedger } from '../support/ledger.ts';
import { ENGINES, type RunningServer } from '../support/server.ts';

const SALE = '/distributors/transactions';
const LINE = (ending: string): object => ({ msisdn: `0684587${ending}` });

describe.each(ENGINES)("a gateway in front of the operator's own API, on %s", (engine) => {
  let upstream: OperatorServer;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  let gateway: Gateway;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  let offers: Map<string, string>;
  /** The gateway's own offer of the upstream's offer of this name. */
  const offerOf = (name: string): string => {
    const there = upstream.offers.find((offer) => offer.name === name)?.id ?? '';
    return offers.get(there) ?? '';
  };
  const EURO_1 = 'Mobile France 1 EUR';

  beforeAll(async () => {
    upstream = await new OperatorServer().start();
    proxy = await startFaultProxy(upstream.origin);
    gateway = await createGateway(engine);
    server = await gateway.start();
    operator = gateway.operator(server);
    shop = await signInClient(server, gateway.world.demo);
    const access = { origin: proxy.url, client_id: upstream.clientId, client_secret: upstream.clientSecret };
    offers = await connectUpstream(gateway, server, access, { conclusive_after_s: 5 });
    for (const name of [EURO_1, 'Sold out', 'eSIM Europe']) {
      const stock = { units: 50, reference: 'first', justification: 'Test' };
      await operator.post(`/admin/v1/offers/${offerOf(name)}/grants`, stock);
    }
  });
  afterAll(async () => {
    await gateway?.world.remove();
    await proxy?.stop();
    await upstream?.stop();
  });

  it('has taken over its offers with one command, at what it charges, and finds nothing new the second time', async () => {
    expect(offers.size).toBe(upstream.offers.length);
    const { body } = await shop.get(`/distributors/offers/${offerOf(EURO_1)}`);
    expect(body).toMatchObject({ name: EURO_1, resell_value: upstream.offers[1]?.resell_value });
    const again = await operator.post(`/admin/v1/suppliers/${UPSTREAM}/imports`, {});
    expect(again.body.products).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: upstream.offers.length,
      errors: [],
    });
  });

  it('sells through it, gives the distributor its own user_id back, and sends its own reference', async () => {
    const order = { offer_id: offerOf(EURO_1), parameters: LINE('587'), user_id: 'till 4' };
    const { status, body } = await shop.post(SALE, order);
    expect([status, body.status, body.user_id]).toEqual([201, 'ok', 'till 4']);
    expect(upstream.sold(body.id)).toBe(1);
    const detail = (await operator.get(`/admin/v1/transactions/${body.id}`)).body;
    expect(upstream.transactions.map(({ id }) => id)).toContain(detail.supplier_reference);
  });

  it.each([
    ['a refusal of its supplier', EURO_1, '002', 'supplier_refused'],
    ['an empty bucket there', 'Sold out', '587', 'supplier_out_of_stock'],
  ])('tells %s as a refusal of its own supplier, and keeps its stock', async (_, name, ending, reason) => {
    const before = await shop.stock(offerOf(name));
    const { status, body } = await shop.sell(offerOf(name), LINE(ending));
    expect([status, body.reason]).toEqual([400, reason]);
    expect(body.description).toMatch(/^transaction failed \(bucket unchanged\)/);
    expect(await shop.stock(offerOf(name))).toBe(before);
  });

  it('finds a sale whose answer was lost, and sells it once', async () => {
    proxy.fail('POST', SALE, { kind: 'cut', passOn: true });
    const { body } = await shop.sell(offerOf(EURO_1), LINE('588'));
    expect(body.status).toBe('ok');
    expect(upstream.sold(body.id)).toBe(1);
  });

  it('holds the unit of an order that may yet arrive, and gives it back when it cannot any more', async () => {
    const before = await shop.stock(offerOf(EURO_1));
    proxy.fail('POST', SALE, { kind: 'cut', passOn: false });
    const { body } = await shop.sell(offerOf(EURO_1), LINE('589'));
    expect(body.status).toBe('pending');
    expect(await shop.stock(offerOf(EURO_1))).toBe(before - 1);
    const settled = async () => expect((await shop.get(`${SALE}/${body.id}`)).body.status).toBe('ko');
    await vi.waitFor(settled, { timeout: 60_000, interval: 200 });
    expect(await shop.stock(offerOf(EURO_1))).toBe(before);
    expect(upstream.sold(body.id)).toBe(0);
  });

  it('sells its eSIMs, whose activation code it can read and encrypts for its own distributor', async () => {
    const [ours, theirs] = await Promise.all([generateKeyPair(), generateKeyPair()]);
    upstream.key = ours.publicKey;
    const client_secret = upstream.clientSecret;
    const secrets = { client_secret, private_key: ours.privateKey };
    expect((await operator.patch(`/admin/v1/suppliers/${UPSTREAM}`, { secrets })).status).toBe(200);
    await shop.post('/distributors/keys', { key_type: 'rsa256', public_key_value: theirs.publicKey });
    const { status, body } = await shop.post(SALE, { offer_id: offerOf('eSIM Europe') });
    expect([status, body.status]).toEqual([201, 'ok']);
    expect(await decryptActivationCode(body.parameters.activation_code, theirs.privateKey)).toBe(ACTIVATION_CODE);
  });

  it('passes questions about SIMs on, once it is told which supplier is meant', async () => {
    const url = `/distributors/suppliers/${UPSTREAM}`;
    const sale = await shop.sell(offerOf(EURO_1), LINE('590'));
    expect((await shop.get(`${url}/simstatus?transaction=${sale.body.id}`)).body.reason).toBe('not_supported');
    const { settings } = (await operator.get(`/admin/v1/suppliers/${UPSTREAM}`)).body;
    const supplier_id = upstream.offers[0]?.product.supplier_id;
    await operator.patch(`/admin/v1/suppliers/${UPSTREAM}`, { settings: { ...settings, supplier_id } });
    const status = await shop.get(`${url}/simstatus?transaction=${sale.body.id}`);
    expect([status.status, status.body.status]).toEqual([200, 'available']);
    expect((await shop.get(`${url}/usagebalances?transaction=${sale.body.id}`)).body.buckets[0].name).toBe('Europe');
    const days = 'startDate=2026-01-01&endDate=2026-01-31&zoneLevel=region';
    expect((await shop.get(`${url}/globalbalances?${days}`)).body.zones).toEqual([]);
  });

  it('whose secret is wrong there is shown as down, with the cause; orders are refused, no unit is lost', async () => {
    const before = await shop.stock(offerOf(EURO_1));
    await operator.patch(`/admin/v1/suppliers/${UPSTREAM}`, { secrets: { client_secret: 'wrong' } });
    for (let i = 0; i < 3; i += 1) {
      const { status, body } = await shop.sell(offerOf(EURO_1), LINE(`60${i}`));
      expect([status, body.reason, body.retryable]).toEqual([400, 'supplier_unavailable', true]);
    }
    const down = async () => {
      const suppliers = (await shop.get('/distributors/suppliers')).body as { id: string; connector_status: string }[];
      expect(suppliers.find(({ id }) => id === UPSTREAM)).toMatchObject({
        connector_status: 'down',
        last_outage_date: expect.any(String),
      });
    };
    await vi.waitFor(down, { timeout: 60_000 });
    expect((await operator.get(`/admin/v1/suppliers/${UPSTREAM}`)).body.outage.cause).toMatch(/never sent/);
    expect(await shop.stock(offerOf(EURO_1))).toBe(before);

    await operator.patch(`/admin/v1/suppliers/${UPSTREAM}`, { secrets: { client_secret: upstream.clientSecret } });
    expect((await shop.sell(offerOf(EURO_1), LINE('610'))).body.status).toBe('ok');
    const up = async () => {
      const suppliers = (await shop.get('/distributors/suppliers')).body as { id: string; connector_status: string }[];
      expect(suppliers.find(({ id }) => id === UPSTREAM)?.connector_status).toBe('up');
    };
    await vi.waitFor(up, { timeout: 60_000 });
  });

  it('leaves both ledgers in agreement', async () => {
    await server.stop();
    const db = await gateway.world.openDb();
    const sums = await proveLedger(db, offerOf(EURO_1));
    await db.close();
    const there = upstream.offers.find(({ name }) => name === EURO_1)?.id;
    const sold = upstream.transactions.filter(({ offer_id, status }) => offer_id === there && status === 'ok');
    expect(sums).toMatchObject({ held: 0, sold: sold.length });
  });
});
