import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made, PRODUCT, type Shop, setUpShop } from '../support/shop.ts';

const SALE = '/distributors/transactions';
const LINE = (ending: string): { msisdn: string } => ({ msisdn: `0684587${ending}` });

describe.each(ENGINES)('an offer that several suppliers may deliver, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;
  let shop: Shop;
  let till: PathCaller;
  /** A second supplier, and what it has for the offer. */
  let second: { supplier_id: string; product_id: string };

  const signIn = async (): Promise<void> => {
    operator = callerWith(server, world.demo.admin_token);
    if (shop) till = await signInClient(server, shop.client);
  };
  const post = async (path: string, body: object): Promise<any> => made(await operator.post(`/admin/v1${path}`, body));
  const get = async (path: string): Promise<any> => (await operator.get(`/admin/v1${path}`)).body;
  const setRoute = (body: object, offer = shop.offer_id) => operator.put(`/admin/v1/offers/${offer}/route`, body);
  const both = () => [{ product_id: shop.product_id }, { product_id: second.product_id }];
  const behave = async (supplier: string, settings: object): Promise<void> => {
    const { status } = await operator.patch(`/admin/v1/suppliers/${supplier}`, { settings });
    expect(status).toBe(200);
  };
  const attemptsOf = (id: string): Promise<any[]> => get(`/transactions/${id}/attempts`);

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    await signIn();
    shop = await setUpShop(operator, 'Routed', 1_000);
    await signIn();
    const { id: supplier_id } = await post('/suppliers', { name: 'Second', country: 'FR', connector: 'simulator' });
    const { id: product_id } = await post('/products', { ...PRODUCT, name: 'Ten, elsewhere', supplier_id });
    second = { supplier_id, product_id };
  });
  afterAll(() => world.remove());

  it('has no route until it is given one, and a product that delivers something else is refused at once', async () => {
    const path = `/admin/v1/offers/${shop.offer_id}/route`;
    expect(await operator.get(path)).toMatchObject({ status: 404, body: { reason: 'not_found' } });
    expect((await operator.delete(path)).status).toBe(404);
    const { supplier_id } = second;
    const misfits = [{ bonus_value: 20 }, { currency: 'USD' }, { line_kind: 'simId' }, { coverage_zone: ['ES'] }];
    for (const different of [...misfits, { transaction_type: 'data topup' }]) {
      const { id } = await post('/products', { ...PRODUCT, ...different, supplier_id });
      const products = [{ product_id: shop.product_id }, { product_id: id }];
      const { status, body } = await setRoute({ strategy: 'order', products });
      expect({ different, status, reason: body.reason }).toEqual({
        different,
        status: 400,
        reason: 'product_does_not_fit',
      });
    }
    const own = { product_id: shop.product_id };
    const nobody = { product_id: '01890000-0000-7000-8000-000000000000' };
    for (const products of [[{ product_id: second.product_id }], [own, own], [own, nobody]]) {
      expect((await setRoute({ strategy: 'order', products })).body.reason).toBe('invalid_body_field');
    }
  });

  it('is sold through the next one where the first could not, and tells so', async () => {
    const { body: route } = await setRoute({ strategy: 'order', products: both(), sell_below_cost: true });
    expect(route.products.map((each: any) => [each.product_id, each.obstacle])).toEqual([
      [shop.product_id, undefined],
      [second.product_id, undefined],
    ]);
    await behave(shop.supplier_id, { failure_rate: 1 });
    const order = { offer_id: shop.offer_id, parameters: LINE('587') };
    const key = { 'idempotency-key': `${engine}-failover` };
    const { status, body } = await till.post(SALE, order, key);
    const told = { status: 'ok', supplier_name: 'Second', product_name: 'Ten, elsewhere', attempts: 2 };
    expect([status, body]).toMatchObject([201, told]);
    // However it is read.
    expect(await till.post(SALE, order, key)).toMatchObject({ status: 201, body: { ...told, id: body.id } });
    expect((await till.get(`${SALE}/${body.id}`)).body).toMatchObject(told);
    expect((await till.get(`${SALE}?limit=1`)).body).toMatchObject([{ ...told, id: body.id }]);
    expect(await get(`/transactions/${body.id}`)).toMatchObject({ ...told, supplier_id: second.supplier_id });
    expect(await attemptsOf(body.id)).toMatchObject([
      { number: 1, status: 'ko', reason: 'supplier_unavailable', product_id: shop.product_id, reference: body.id },
      { number: 2, status: 'ok', supplier_id: second.supplier_id, reference: `${body.id}-2` },
    ]);
    const own = (await till.get(`/v1/transactions/${body.id}/attempts`)).body;
    expect(own).toMatchObject([
      { number: 1, status: 'ko' },
      { number: 2, status: 'ok', supplier_name: 'Second' },
    ]);
    expect(JSON.stringify(own)).not.toMatch(/supplier_id|supplier_message|supplier_cost|reference/);
    const csv = await till.get(`${SALE}?limit=1`, { accept: 'text/csv' });
    expect(String(csv.body)).toMatch(/,attempts,.*\r?\n.*Second.*,0,2,,,\r?\n/);
    const event = async (): Promise<any> =>
      ((await till.get('/v1/events?limit=1000')).body as any[]).find(({ data }) => data?.id === body.id);
    await vi.waitFor(async () => expect((await event())?.data).toMatchObject(told), { timeout: 60_000 });
  });

  it('is counted by the supplier that was left, and why', async () => {
    const { body } = await rawCallerWith(server, world.demo.admin_token).get('/metrics');
    const labels = `supplier_id="${shop.supplier_id}",reason="supplier_unavailable"`;
    expect(body).toContain(`opentopup_failovers_total{${labels}} 1\n`);
    expect(body).not.toContain(`opentopup_failovers_total{supplier_id="${second.supplier_id}"`);
  });

  it('is found by the supplier that has delivered it', async () => {
    const of = async (supplier: string): Promise<number> =>
      (await till.get(`${SALE}/count?supplier=${supplier}&status=ok`)).body.count;
    expect([await of(shop.supplier_id), await of(second.supplier_id)]).toEqual([0, 1]);
    const listed = (await till.get(`${SALE}?supplier=${second.supplier_id}`)).body as any[];
    expect(listed.map(({ supplier_name }) => supplier_name)).toEqual(['Second']);
    const suppliers = (await till.get('/distributors/suppliers')).body as any[];
    expect(suppliers.map(({ name }) => name)).toContain('Second');
    const overview = (await till.get('/v1/overview')).body;
    expect(overview.totals).toMatchObject({ orders: 1, ok: 1, value: [{ amount: 7.92 }] });
    expect(overview.suppliers).toMatchObject([
      { supplier_name: 'Second', orders: 1, ok: 1, value: [{ amount: 7.92 }] },
      { supplier_name: 'Orange France', orders: 0, ok: 0, value: [] },
    ]);
  });

  it('is not tried elsewhere for what is about the line', async () => {
    await behave(shop.supplier_id, {});
    const { status, body } = await till.sell(shop.offer_id, LINE('001'));
    expect([status, body.reason]).toEqual([400, 'line_unknown']);
    expect(await attemptsOf(body.transaction_id)).toHaveLength(1);
  });

  it('is not tried elsewhere as long as nobody knows what became of it', async () => {
    await behave(shop.supplier_id, { silence_rate: 1 });
    const { status, body } = await till.sell(shop.offer_id, LINE('588'));
    expect([status, body.status, body.supplier_name]).toEqual([201, 'pending', 'Orange France']);
    await vi.waitFor(async () => expect((await till.get(`${SALE}/${body.id}`)).body.status).not.toBe('pending'), {
      timeout: 60_000,
      interval: 200,
    });
    expect(await attemptsOf(body.id)).toHaveLength(1);
  });

  it('is refused in the name of the last one, where none could', async () => {
    await behave(shop.supplier_id, { failure_rate: 1 });
    await behave(second.supplier_id, { failure_rate: 1 });
    const before = await till.stock(shop.offer_id);
    const { status, body } = await till.sell(shop.offer_id, LINE('587'));
    expect([status, body.reason]).toEqual([400, 'supplier_unavailable']);
    expect(body.description).toContain(`supplier ${second.supplier_id} product ${second.product_id}`);
    expect(await till.stock(shop.offer_id)).toBe(before);
    await behave(second.supplier_id, {});
  });

  it('passes over what is withdrawn, or not known to bring more than it costs', async () => {
    const obstacles = async (): Promise<unknown[]> =>
      (await get(`/offers/${shop.offer_id}/route`)).products.map((each: any) => each.obstacle);
    const setStatus = (product: string, status: string) => operator.patch(`/admin/v1/products/${product}`, { status });
    await setStatus(shop.product_id, 'withdrawn');
    expect(await obstacles()).toEqual(['not_sold', undefined]);
    const { body } = await till.sell(shop.offer_id, LINE('587'));
    expect(body).toMatchObject({ status: 'ok', supplier_name: 'Second' });
    // The first that was tried was another than the offer's own.
    expect(body.attempts).toBeUndefined();
    expect(await attemptsOf(body.id)).toMatchObject([
      { number: 1, supplier_id: second.supplier_id, reference: body.id },
    ]);

    await setStatus(second.product_id, 'withdrawn');
    expect(await obstacles()).toEqual(['not_sold', 'not_sold']);
    const none = await till.sell(shop.offer_id, LINE('587'));
    expect([none.status, none.body.reason]).toEqual([400, 'supplier_unavailable']);
    for (const product of [shop.product_id, second.product_id]) await setStatus(product, 'available');

    expect((await setRoute({ strategy: 'order', products: both() })).status).toBe(200);
    expect(await obstacles()).toEqual(['cost_unknown', 'cost_unknown']);
    expect((await till.sell(shop.offer_id, LINE('587'))).body.reason).toBe('supplier_unavailable');
  });

  it('whose server is killed between two attempts is delivered once, by the last of them', async () => {
    await setRoute({ strategy: 'order', products: both(), sell_below_cost: true });
    await server.stop();
    server = await world.start({ SUPPLIER_DEADLINE_MS: '30000' });
    await signIn();
    await behave(second.supplier_id, { latency_ms: 60_000 });
    const selling = till.sell(shop.offer_id, LINE('587')).catch(() => null);
    const last = async (): Promise<any> => (await get('/transactions?limit=1'))[0];
    await vi.waitFor(async () => expect(await attemptsOf((await last()).id)).toHaveLength(2), { timeout: 60_000 });
    const { id } = await last();
    await server.kill();
    await selling;

    // Its search for orphans is past that moment.
    server = await world.start({ SUPPLIER_DEADLINE_MS: '1000' }, new Date(Date.now() + 120_000));
    await signIn();
    const ended = async () => expect((await last()).status).toBe('ok');
    await vi.waitFor(ended, { timeout: 90_000, interval: 500 });
    expect(await last()).toMatchObject({ id, supplier_id: second.supplier_id, attempts: 2 });
    expect((await last()).supplier_reference).toBe(`sim-${id}-2`);
  });

  it('is delivered by its own product alone again, once its route is removed', async () => {
    await behave(shop.supplier_id, {});
    const path = `/admin/v1/offers/${shop.offer_id}/route`;
    expect((await operator.delete(path)).status).toBe(200);
    const { body } = await till.sell(shop.offer_id, LINE('587'));
    expect(body).toMatchObject({ status: 'ok', supplier_name: 'Orange France' });
    const changes = (await get(`/audit?subject=${shop.offer_id}&limit=1000`)) as any[];
    expect(changes.filter(({ details }) => details.after && 'route' in details.after).length).toBeGreaterThan(3);
  });

  it('leaves a ledger that adds up', async () => {
    await server.stop();
    const db = await world.openDb();
    expect(await proveLedger(db, shop.offer_id)).toMatchObject({ pending: 0, held: 0 });
    await db.close();
  });
});
