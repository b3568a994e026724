import { SimulatedSupplier, startFaultProxy } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made, PRODUCT } from '../support/shop.ts';

const SALE = '/distributors/transactions';
/** So fast that whatever an order comes to has happened once it is answered. */
const AT_ONCE = 1_000_000;
const WAIT = { timeout: 60_000, interval: 100 };
/** About what has ended a supplier is asked once a minute: where its first word was heard, the second waits. */
const WAIT_FOR_SECOND_WORD = { timeout: 100_000, interval: 100 };

/** What the operator has to say of a supplier that is played, and of its product of 10 EUR. */
interface Played {
  connector: string;
  /** Where orders go. */
  path: string;
  supplier: (url: string, vendor: SimulatedSupplier) => { settings: object; secrets: object };
  product: object;
  /** An ending that never comes, and then the two that may. */
  endings: { open: string; delivered: string; refused: string };
}

const PLAYED: Played[] = [
  {
    connector: 'reloadly',
    path: '/topups-async',
    supplier: (url, { credentials: { CLIENT_ID: client_id, CLIENT_SECRET, WEBHOOK_SECRET } }) => ({
      settings: { base_url: url, auth_url: url, client_id },
      secrets: { client_secret: CLIENT_SECRET, webhook_secret: WEBHOOK_SECRET },
    }),
    product: { settings: { operator_id: 101, country: 'FR', amount: 10, currency: 'EUR', is_local: true } },
    endings: { open: 'PROCESSING', delivered: 'SUCCESSFUL', refused: 'REFUNDED' },
  },
  {
    connector: 'ding',
    path: '/SendTransfer',
    supplier: (base_url, { credentials: { API_KEY } }) => ({ settings: { base_url }, secrets: { api_key: API_KEY } }),
    product: { settings: { sku_code: 'S1FR_10', amount: 10, currency: 'USD' } },
    endings: { open: 'Processing', delivered: 'Complete', refused: 'Failed' },
  },
];

describe.each(ENGINES)('a supplier of many countries, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;
  /** What each of them has delivered of an offer. */
  const books: { offer: string; delivered: number }[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY, SUPPLIER_DEADLINE_MS: '1000' });
    operator = callerWith(server, world.demo.admin_token);
  });
  afterAll(() => world.remove());

  describe.each(PLAYED)('$connector, played', ({ connector, path, supplier, product, endings }) => {
    let vendor: SimulatedSupplier;
    let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
    let shop: PathCaller;
    let offer: string;
    let id: string;
    let lines = 684_580_000;

    beforeAll(async () => {
      vendor = await SimulatedSupplier.start(connector, AT_ONCE);
      proxy = await startFaultProxy(vendor.origin);
      const make = async (where: string, body: object) => made(await operator.post(`/admin/v1${where}`, body));
      const url = proxy.url + new URL(vendor.baseUrl).pathname.replace(/\/$/, '');
      id = (await make('/suppliers', { name: connector, country: 'FR', connector, ...supplier(url, vendor) })).id;
      const product_id = (await make('/products', { ...PRODUCT, supplier_id: id, ...product })).id;
      const distributor_id = (await make('/distributors', { name: `Shop of ${connector}` })).id;
      const client = await make(`/distributors/${distributor_id}/credentials`, { name: 'Till' });
      offer = (await make('/offers', { distributor_id, product_id, name: 'Ten', resell_value: 12 })).id;
      await make(`/offers/${offer}/grants`, { units: 50, reference: 'first', justification: 'Test' });
      shop = await signInClient(server, client);
      await vendor.control('PATCH', '/settings', { callback_url: `${server.baseUrl}/suppliers/${id}/callbacks` });
    });
    afterAll(async () => {
      const delivered = (await vendor.orders()).filter(({ delivered_at }) => delivered_at !== null);
      books.push({ offer, delivered: new Set(delivered.map(({ reference }) => reference)).size });
      await proxy?.stop();
      await vendor?.stop();
    });

    const sell = async () => {
      lines += 1;
      return (await shop.sell(offer, { msisdn: `0${lines}` })).body;
    };
    const plan = (ending: string) => vendor.control('POST', '/endings', { ending });
    const ordered = async (reference: string) => (await vendor.orders()).filter((each) => each.reference === reference);
    const end = async (reference: string, ending: string) => {
      const [order] = await ordered(reference);
      await vendor.control('POST', `/orders/${order?.id}`, { ending });
    };
    const settled = (sale: string, status: string) =>
      vi.waitFor(async () => expect((await shop.get(`${SALE}/${sale}`)).body.status).toBe(status), WAIT);
    const alerts = (what: string, sale: string): string[] =>
      server
        .output()
        .split('\n')
        .filter((line) => line.includes(what) && line.includes(sale));

    it('sells, and keeps what the supplier calls it and what it has cost', async () => {
      const { id: sale, status } = await sell();
      expect(status).toBe('ok');
      const [order] = await ordered(sale);
      const { body } = await operator.get(`/admin/v1/transactions/${sale}`);
      expect(body).toMatchObject({ supplier_reference: String(order?.id), supplier_cost: (order?.cost ?? 0) / 100 });
    });

    it('tells what it adds to recharges for now', async () => {
      const { status, body } = await operator.get(`/admin/v1/suppliers/${id}/promotions`);
      expect([status, body.length > 0]).toEqual([200, true]);
      expect(body[0]).toMatchObject({ title: expect.stringMatching(/\w/), network: { name: expect.any(String) } });
    });

    it('settles a sale that was under way once, however late and often it is called back', async () => {
      await plan(endings.open);
      await vendor.control('PATCH', '/settings', { callback_times: 3, callback_delay_ms: 300 });
      const { id: sale, status } = await sell();
      expect(status).toBe('pending');
      await end(sale, endings.delivered);
      await settled(sale, 'ok');
      await vendor.control('PATCH', '/settings', { callback_times: 1, callback_delay_ms: 0 });
      expect(await ordered(sale)).toHaveLength(1);
    });

    it('gives the unit back of a sale that was under way and is refused in the end', async () => {
      const before = await shop.stock(offer);
      await plan(endings.open);
      const { id: sale } = await sell();
      expect(await shop.stock(offer)).toBe(before - 1);
      await end(sale, endings.refused);
      await settled(sale, 'ko');
      expect(await shop.stock(offer)).toBe(before);
    });

    it('raises an alert where what was delivered is taken back, and asks a person to reverse the sale', async () => {
      const { id: sale } = await sell();
      await end(sale, endings.refused);
      await vi.waitFor(() => expect(alerts('contradicts', sale)).toHaveLength(1), WAIT_FOR_SECOND_WORD);
      await settled(sale, 'ok');
      const { body: open } = await operator.get('/admin/v1/reversal-requests?status=open');
      expect(open).toContainEqual(expect.objectContaining({ transaction_id: sale, origin: 'supplier' }));
    });

    it('raises an alert where a sale was delivered twice because somebody between has sent it twice', async () => {
      await vendor.control('POST', '/faults', { path, kind: 'twice' });
      proxy.fail('POST', path, { kind: 'cut', passOn: true });
      const { id: sale, status } = await sell();
      expect(status).toBe('pending');
      await settled(sale, 'ok');
      await vi.waitFor(() => expect(alerts('more than once', sale)).toHaveLength(1), WAIT);
      expect(await ordered(sale)).toHaveLength(2);
    });

    it('answers what its description does not say: an alert at once, kept as it came, and found out later', async () => {
      const body = JSON.stringify({ ResultCode: 'done', transactionId: 'seven' });
      await vendor.control('POST', '/faults', { path, kind: 'answer', status: 200, done: true, body });
      const { id: sale, status } = await sell();
      expect(status).toBe('pending');
      expect(alerts('what its description does not say', sale)).toHaveLength(1);
      const kept = async () => JSON.stringify((await operator.get(`/admin/v1/transactions/${sale}/exchanges`)).body);
      await vi.waitFor(async () => expect(await kept()).toContain('seven'), WAIT);
      await settled(sale, 'ok');
      expect(await ordered(sale)).toHaveLength(1);
    });

    it('is shown as down with its own words where it does not know us, and nothing is sent', async () => {
      const orders = (await vendor.orders()).length;
      const wrong = Object.keys(supplier(proxy.url, vendor).secrets).map((name) => [name, 'wrong']);
      await operator.patch(`/admin/v1/suppliers/${id}`, { secrets: Object.fromEntries(wrong) });
      for (let i = 0; i < 3; i += 1) expect((await sell()).reason).toBe('supplier_unavailable');
      const isDown = async () => {
        const { outage } = (await operator.get(`/admin/v1/suppliers/${id}`)).body;
        expect(outage.cause).toMatch(/Access Denied|AuthenticationFailed/);
      };
      await vi.waitFor(isDown, WAIT);
      expect(await vendor.orders()).toHaveLength(orders);
    });
  });

  it('leaves its ledger and ours in agreement', async () => {
    // The embedded database belongs to one process.
    await server.stop();
    const db = await world.openDb();
    for (const { offer, delivered } of books) {
      expect(await proveLedger(db, offer)).toMatchObject({ held: 0, sold: delivered });
    }
    await db.close();
    expect(books).toHaveLength(PLAYED.length);
  });
});
