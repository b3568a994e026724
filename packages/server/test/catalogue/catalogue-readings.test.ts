import type { OfferInStock } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PathCaller } from '../support/caller.ts';
import { connectUpstream, createGateway, type Gateway } from '../support/gateway.ts';
import { type GatewayPeople, peopleOf, Scene, SUPPLIER } from '../support/gateway-people.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const SALE = '/distributors/transactions';
const OFFERS = '/distributors/offers';
const LINE = { msisdn: '0684587587' };
const WAIT = { timeout: 60_000, interval: 100 };

describe.each(ENGINES)("how the catalogue of the operator's own API is read, on %s", (engine) => {
  let scene: Scene;
  let people: GatewayPeople;

  beforeAll(async () => {
    scene = await Scene.open(engine);
    ({ people } = scene);
  });
  afterAll(() => scene?.close());

  const whole = (): OfferInStock[] => [...scene.upstream.offers];

  it.each([
    ['cannot be reached', { kind: 'cut', passOn: false } as const, 503],
    ['breaks off', { kind: 'cut_amid' } as const, 503],
    ['is an error', { kind: 'answer', passOn: false, status: 500, body: 'oops' } as const, 503],
    ['is no list', { kind: 'answer', passOn: false, status: 200, body: '{"offers":[]}' } as const, 503],
    ['is cut short once by an empty page', { kind: 'answer', passOn: false, status: 200, body: '[]' } as const, 200],
  ])('changes nothing where it %s', async (_, fault, status) => {
    const [there, here] = await scene.take();
    await people.news();
    // The first page comes; what follows does not.
    const first = whole().slice(0, 100);
    scene.proxy.fail('GET', OFFERS, { kind: 'answer', passOn: false, status: 200, body: JSON.stringify(first) }, fault);
    const answer = await people.operator.post(`${SUPPLIER}/readings`, {});
    expect([answer.status, answer.body.changes ?? answer.body.reason]).toEqual([
      status,
      status === 200 ? [] : 'supplier_silent',
    ]);
    scene.proxy.heal();
    expect([await people.statusOf(here), await people.sell(here)]).toEqual(['available', [201, 'ok']]);
    expect(await people.news()).toEqual([]);
    expect(there.resell_value).toBe(7.92);
  });

  it('that cannot be read is shown with the cause and alerted once, and forgotten once it can', async () => {
    const alerts = () => scene.server.output().split('the catalogue of a supplier cannot be read').length - 1;
    await people.read();
    const before = alerts();
    for (const _ of [1, 2]) {
      scene.proxy.fail('GET', OFFERS, { kind: 'cut', passOn: false });
      expect((await people.operator.post(`${SUPPLIER}/readings`, {})).status).toBe(503);
    }
    const { catalogue } = (await people.operator.get(SUPPLIER)).body;
    expect(catalogue).toMatchObject({
      failure_date: expect.any(String),
      cause: expect.stringMatching(/connector failed/),
    });
    expect(alerts()).toBe(before + 1);
    await people.read();
    expect((await people.operator.get(SUPPLIER)).body.catalogue).toEqual({ read_date: expect.any(String) });
  });

  it.each(['is empty', 'has lost most of it'])(
    'withdraws nothing where it %s, unless the operator says so',
    async (how) => {
      const [, here] = await scene.take();
      const all = whole();
      scene.upstream.offers.splice(0, how === 'is empty' ? all.length : all.length - 10);
      const { body } = await people.operator.post(`${SUPPLIER}/readings`, {});
      expect(body).toMatchObject({
        listed: scene.upstream.offers.length,
        missing: all.length - scene.upstream.offers.length,
      });
      expect(body.changes).toEqual([]);
      expect(await people.statusOf(here)).toBe('available');
      expect(scene.server.output()).toMatch(/lists less than half of what it did/);
      expect(await people.read(undefined, { accept_withdrawals: true })).toHaveLength(
        all.length - scene.upstream.offers.length,
      );
      expect(await people.statusOf(here)).toBe('withdrawn');
      scene.upstream.offers.splice(0, Infinity, ...all);
      await people.read();
      expect(await people.statusOf(here)).toBe('available');
    },
  );

  it('is compared with what each sale has cost, which is kept for the operator', async () => {
    const [there, here] = await scene.take();
    const { id } = (await people.shop.sell(here, LINE)).body;
    const detail = (await people.operator.get(`/admin/v1/transactions/${id}`)).body;
    expect(detail).toMatchObject({ supplier_cost: 7.92, supplier_currency: 'EUR' });
    // The same where the answer was lost, and the sale was found by its reference.
    scene.proxy.fail('POST', SALE, { kind: 'cut', passOn: true });
    const found = (await people.shop.sell(here, { msisdn: '0684587588' })).body;
    expect((await people.operator.get(`/admin/v1/transactions/${found.id}`)).body.supplier_cost).toBe(7.92);
    await people.news();
    there.resell_value = 9.92;
    // Nobody has read the catalogue yet: this one is sold at a loss, and says so.
    const sold = (await people.shop.sell(here, LINE)).body;
    expect(sold.status).toBe('ok');
    await vi.waitFor(async () => expect(await people.statusOf(here)).toBe('price_changed'), WAIT);
    const [differs, changed] = await people.news(2);
    expect(differs.event).toMatchObject({
      type: 'supplier.cost_differs',
      data: { transaction_id: sold.id, offer_id: here, cost: 9.92, expected_cost: 7.92, resell_value: 7.92 },
    });
    expect(changed.event).toMatchObject({ type: 'supplier.price_changed', data: { cost: 9.92, offers_stopped: 1 } });
  });

  it('is read again where it refuses to sell what it does not list any more', async () => {
    const [there, here] = await scene.take();
    const putBack = scene.withdraw(there);
    expect(await people.sell(here)).toEqual([400, 'supplier_refused']);
    await vi.waitFor(async () => expect(await people.statusOf(here)).toBe('withdrawn'), WAIT);
    putBack();
    await people.read();
  });

  it('is read by itself again and again, by one process or several', async () => {
    const [there, here] = await scene.take();
    await scene.server.stop();
    const env = { CATALOGUE_INTERVAL_S: '1' };
    scene.server = await scene.gateway.start(env);
    const second = engine === 'postgresql' ? await scene.gateway.start(env) : null;
    people = await peopleOf(scene.gateway, scene.server);
    await people.news();
    for (const [cost, status] of [
      [9.92, 'price_changed'],
      [7.92, 'available'],
    ] as const) {
      there.resell_value = cost;
      await vi.waitFor(async () => expect(await people.statusOf(here)).toBe(status), WAIT);
    }
    const [{ actor }] = (await people.operator.get(`/admin/v1/audit?subject=${here}&limit=1`)).body;
    expect(actor).toBe('catalogue');
    const told = (await people.news(2, there.id)).map(({ event }) => [event.type, event.data.cost]);
    expect(told).toEqual([
      ['supplier.price_changed', 9.92],
      ['supplier.price_changed', 7.92],
    ]);
    await second?.stop();
  });
});

describe.each(ENGINES)('the catalogue of another OpenTopup, on %s', (engine) => {
  let platform: DemoPlace;
  let platformServer: RunningServer;
  let gateway: Gateway;
  let people: GatewayPeople;
  let upstreamOperator: PathCaller;
  let there: string;
  let here: string;

  beforeAll(async () => {
    [platform, gateway] = await Promise.all([createWorld(engine), createGateway(engine)]);
    platformServer = await platform.start();
    const server = await gateway.start({ CATALOGUE_INTERVAL_S: '86400' });
    people = await peopleOf(gateway, server);
    upstreamOperator = gateway.operator(platformServer);
    there = platform.offer('msisdn');
    const access = { origin: platformServer.baseUrl, ...platform.demo };
    here = (await connectUpstream(gateway, server, access)).get(there) ?? '';
    await people.grant(here);
  });
  afterAll(async () => {
    await gateway?.world.remove();
    await platform?.remove();
  });

  const sellsThere = async (change: object): Promise<void> => {
    const { status } = await upstreamOperator.patch(`/admin/v1/offers/${there}`, change);
    expect(status).toBe(200);
  };

  it('is told the most that a sale may cost: at a higher price nothing is sold there, and no price is shown here', async () => {
    const before = await people.shop.stock(here);
    const { resell_value } = (await people.shop.get(`${OFFERS}/${here}`)).body;
    const soldThere = async () => (await upstreamOperator.get('/admin/v1/transactions/count')).body.count as number;
    const count = await soldThere();
    await sellsThere({ resell_value: resell_value + 1.37 });
    const { status, body } = await people.shop.sell(here, LINE);
    expect([status, body.reason]).toEqual([400, 'supplier_refused']);
    expect(body.description).toMatch(/message its price there has changed$/);
    expect(JSON.stringify([body, (await people.shop.get(SALE)).body])).not.toContain(String(resell_value + 1.37));
    expect([await soldThere(), await people.shop.stock(here)]).toEqual([count, before]);
    // Nobody had to look: the refusal has the catalogue read.
    await vi.waitFor(async () => expect(await people.statusOf(here)).toBe('price_changed'), WAIT);
  });

  it('sells again at the price that the operator accepts, and no higher', async () => {
    expect(await people.change(here, { status: 'available' })).toMatchObject({ status: 'available' });
    expect(await people.sell(here)).toEqual([201, 'ok']);
    const { resell_value } = (await people.shop.get(`${OFFERS}/${here}`)).body;
    await sellsThere({ resell_value: resell_value + 2 });
    expect(await people.sell(here)).toEqual([400, 'supplier_refused']);
    await sellsThere({ resell_value });
    await people.read();
    expect(await people.sell(here)).toEqual([201, 'ok']);
  });

  it('passes on what was stopped there: neither sells it', async () => {
    const { product_id } = (await upstreamOperator.get(`/admin/v1/offers/${there}`)).body;
    const product = `/admin/v1/products/${product_id}`;
    await upstreamOperator.patch(product, { status: 'withdrawn' });
    expect(await people.read(there)).toMatchObject([{ type: 'supplier.product_withdrawn', offers_stopped: 1 }]);
    expect(await people.sell(here)).toEqual([400, 'product_unavailable']);
    await upstreamOperator.patch(product, { status: 'available' });
    await people.read();
    expect(await people.sell(here)).toEqual([201, 'ok']);
  });
});
