import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { makePair } from '../support/rsa.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';
import { made, PRODUCT, type Shop, setUpShop } from '../support/shop.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });
const PATIENCE = { timeout: 180_000, interval: 250 };
const ORDERS = 8;
/** How long after the units have come the server is killed, in milliseconds. */
const KILLS_MS = [100, 350, 700];
const pair = makePair();

describe.each(STORAGE_ENGINES)(
  'what was parked and is delivered otherwise than by one supplier to a line, on %s',
  {
    tags: 'long',
  },
  (engine) => {
    let world: DemoPlace;
    let server: RunningServer;
    let operator: PathCaller;
    let shop: Shop;
    let till: PathCaller;

    const start = async (): Promise<void> => {
      server = await world.start({ SEALING_KEY });
      operator = callerWith(server, world.demo.admin_token);
      if (shop) till = await signInClient(server, shop.client);
    };
    beforeAll(async () => {
      world = await createWorld(engine);
      await start();
      shop = await setUpShop(operator, 'Parked', 0);
      till = await signInClient(server, shop.client);
      made(await till.post('/distributors/keys', { key_type: 'rsa256', public_key_value: pair.publicPem }));
    });
    afterAll(() => world?.remove());

    const post = async (path: string, body: object): Promise<any> =>
      made(await operator.post(`/admin/v1${path}`, body));
    const park = async (offer_id: string, more: object = {}): Promise<string> => {
      const park_until = new Date(Date.now() + 3_600_000).toISOString();
      const { status, body } = await till.post('/distributors/transactions', {
        offer_id,
        ...more,
        on_empty: 'park',
        park_until,
      });
      expect([status, body.status]).toEqual([201, 'created']);
      return body.id;
    };
    const parkMany = async (offer_id: string, more: (nth: number) => object = () => ({})): Promise<string[]> => {
      const ids: string[] = [];
      for (let nth = 0; nth < ORDERS; nth += 1) ids.push(await park(offer_id, more(nth)));
      return ids;
    };
    const grant = (offer_id: string, units: number) =>
      post(`/offers/${offer_id}/grants`, { units, reference: randomUUID(), justification: 'Refill' });
    /** What has become of a parked order, once that is final. */
    const end = (id: string): Promise<any> =>
      vi.waitFor(async () => {
        const { body } = await till.get(`/distributors/transactions/${id}`);
        expect(['ok', 'ko']).toContain(body.status);
        return body;
      }, PATIENCE);
    const proved = async (offer_id: string) => {
      await server.stop();
      const db = await world.openDb();
      const sums = await proveLedger(db, offer_id);
      await db.close();
      await start();
      return sums;
    };

    it('is one eSIM for each order, whole, through a server that is killed while it sells them', async () => {
      const { product_id } = (await operator.get(`/admin/v1/offers/${world.offer('esim')}`)).body;
      const own = { distributor_id: shop.distributor_id, product_id };
      const { id: offer } = await post('/offers', { ...own, name: 'eSIM, sold out', resell_value: 9 });
      const orders: string[] = [];
      for (const kill_ms of KILLS_MS) {
        orders.push(...(await parkMany(offer)));
        await grant(offer, ORDERS);
        await sleep(kill_ms);
        await server.kill();
        await start();
      }
      const ends = [];
      for (const id of orders) ends.push(await end(id));
      expect(new Set(ends.map(({ status }) => status))).toEqual(new Set(['ok']));
      const codes = ends.map(({ parameters }) => pair.decrypt(parameters.activation_code));
      for (const code of codes) expect(code).toMatch(/^LPA:1\$/);
      expect(new Set(codes).size).toBe(orders.length);
      expect(new Set(ends.map(({ parameters }) => parameters.iccid)).size).toBe(orders.length);
      expect(await proved(offer)).toMatchObject({ available: 0, held: 0, ok: orders.length });
    });

    it('goes to the next supplier of its route as a new order would, once', async () => {
      const { id: supplier_id } = await post('/suppliers', { name: 'Second', country: 'FR', connector: 'simulator' });
      const { id: product_id } = await post('/products', { ...PRODUCT, name: 'Ten, elsewhere', supplier_id });
      const products = [{ product_id: shop.product_id }, { product_id }];
      const route = { strategy: 'order', products, sell_below_cost: true };
      expect((await operator.put(`/admin/v1/offers/${shop.offer_id}/route`, route)).status).toBe(200);
      const behave = (settings: object) => operator.patch(`/admin/v1/suppliers/${shop.supplier_id}`, { settings });
      await behave({ failure_rate: 1 });
      const lineOf = (nth: number): object => ({ parameters: { msisdn: `06845${70_100 + nth}` } });

      const routed = await parkMany(shop.offer_id, lineOf);
      await grant(shop.offer_id, ORDERS);
      const told = [];
      for (const id of routed) told.push(await end(id));
      for (const [nth, each] of told.entries()) {
        expect(each).toMatchObject({ status: 'ok', supplier_name: 'Second', parked_order_id: routed[nth] });
      }
      // Once the first is taken for down, it is not asked any more.
      expect(told.map(({ attempts }) => attempts)).toContain(2);
      expect(await proved(shop.offer_id)).toMatchObject({ available: 0, held: 0, ok: ORDERS, ko: 0 });

      const killed: string[] = [];
      for (const kill_ms of KILLS_MS) {
        killed.push(...(await parkMany(shop.offer_id, (nth) => lineOf(killed.length + nth + 100))));
        await grant(shop.offer_id, ORDERS);
        await sleep(kill_ms);
        await server.kill();
        await start();
      }
      const ends = [];
      for (const id of killed) ends.push(await end(id));
      // What a kill has cut off at the first supplier was not delivered there, and may end so.
      const sold = ends.filter(({ status }) => status === 'ok');
      expect(new Set(sold.map(({ supplier_name }) => supplier_name))).toEqual(new Set(['Second']));
      expect(new Set(ends.map(({ id }) => id)).size).toBe(killed.length);
      expect(await proved(shop.offer_id)).toMatchObject({
        available: killed.length - sold.length,
        held: 0,
        ok: ORDERS + sold.length,
      });
    });
  },
);
