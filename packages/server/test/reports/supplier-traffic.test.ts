import type { SupplierCallEntry } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';
import { made, PRODUCT, type Shop, setUpShop } from '../support/shop.ts';

describe.each(STORAGE_ENGINES)('what goes through a supplier, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;
  let shop: Shop;
  let second: { supplier_id: string; product_id: string };

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    operator = callerWith(server, world.demo.admin_token);
    shop = await setUpShop(operator, 'Routed', 100);
    const supplier = { name: 'Second', country: 'FR', connector: 'simulator' };
    const { id: supplier_id } = made(await operator.post('/admin/v1/suppliers', supplier));
    const product = { ...PRODUCT, name: 'Ten, elsewhere', supplier_id };
    const { id: product_id } = made(await operator.post('/admin/v1/products', product));
    second = { supplier_id, product_id };
    const till = await signInClient(server, shop.client);
    // The first goes to the own product, before there is a route.
    await till.sell(shop.offer_id, { msisdn: '0684587100' });
    const products = [{ product_id }, { product_id: shop.product_id }];
    await operator.put(`/admin/v1/offers/${shop.offer_id}/route`, {
      strategy: 'order',
      products,
      sell_below_cost: true,
    });
    for (const ending of ['101', '102', '103']) await till.sell(shop.offer_id, { msisdn: `0684587${ending}` });
    await till.post('/distributors/transactions', { offer_id: shop.offer_id, parameters: { msisdn: '0684587002' } });
    await till.post('/distributors/transactions', { offer_id: shop.offer_id, parameters: { msisdn: '0684587009' } });
  });
  afterAll(() => world.remove());

  const routesOf = async (id: string): Promise<any[]> => (await operator.get(`/admin/v1/suppliers/${id}/routes`)).body;

  it('is told by offer: at which place, and how much of the last day', async () => {
    const route = { offer_id: shop.offer_id, distributor_name: 'Routed', strategy: 'order', places: 2, sold: 4 };
    expect(await routesOf(second.supplier_id)).toMatchObject([{ ...route, place: 1, delivered: 3 }]);
    const own = await routesOf(shop.supplier_id);
    expect(own.find(({ offer_id }) => offer_id === shop.offer_id)).toMatchObject({ ...route, place: 2, delivered: 1 });
    expect((await operator.get(`/admin/v1/suppliers/${shop.offer_id}/routes`)).body.reason).toBe('not_found');
  });

  it('is told call by call, with how each ended and nothing of what was said', async () => {
    const calls = async (outcome = ''): Promise<SupplierCallEntry[]> =>
      (await operator.get(`/admin/v1/suppliers/${second.supplier_id}/calls${outcome && `?outcome=${outcome}`}`)).body;
    await expect.poll(async () => (await calls()).length, { timeout: 20_000 }).toBeGreaterThan(1);
    const [silent] = (await calls('no_answer')).filter(({ kind }) => kind === 'recharge');
    expect(silent).toMatchObject({ transaction_status: 'pending', distributor_name: 'Routed' });
    const barred = (await calls()).find(({ transaction_status }) => transaction_status === 'ko');
    expect(barred).toMatchObject({ kind: 'recharge', reason: 'line_barred', offer_name: expect.any(String) });
    expect(JSON.stringify(await calls())).not.toContain('684587');
    expect((await calls('answered')).every(({ status = 500 }) => status < 400)).toBe(true);
  });
});
