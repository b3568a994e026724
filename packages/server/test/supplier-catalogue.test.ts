import { OperatorServer, startFaultProxy } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newOffer, type OperatorOffer } from '../../client/test/support/operator-data.ts';
import { type Caller, signIn } from './support/caller.ts';
import { connectUpstream, createGateway, type Gateway, UPSTREAM } from './support/gateway.ts';
import { createWorld, ENGINES, type RunningServer, type World } from './support/server.ts';

const SALE = '/distributors/transactions';
const OFFERS = '/distributors/offers';
const SUPPLIER = `/admin/v1/suppliers/${UPSTREAM}`;
const LINE = { msisdn: '0684587587' };
const WAIT = { timeout: 60_000, interval: 100 };
const OPERATOR_TYPES = 'supplier.price_changed,supplier.product_withdrawn,supplier.product_added,supplier.cost_differs';

/** Whoever runs the gateway, and a shop that sells through it. */
class People {
  readonly operator: Caller;
  readonly shop: Caller;
  #cursor = '00000000-0000-0000-0000-000000000000';

  constructor(operator: Caller, shop: Caller) {
    this.operator = operator;
    this.shop = shop;
  }

  /** Reads the catalogue again; gives what has changed of one of its offers. */
  async read(reference?: string, body: object = {}): Promise<Record<string, unknown>[]> {
    const answer = await this.operator.post(`${SUPPLIER}/readings`, body);
    expect(answer.status).toBe(200);
    const changes = answer.body.changes as Record<string, unknown>[];
    return reference === undefined ? changes : changes.filter((each) => each['supplier_reference'] === reference);
  }

  rule = (on_catalogue_change: string) => this.operator.patch(SUPPLIER, { on_catalogue_change });
  change = async (offerId: string, body: object) =>
    (await this.operator.patch(`/admin/v1/offers/${offerId}`, body)).body;
  statusOf = async (offerId: string) => (await this.shop.get(`${OFFERS}/${offerId}`)).body.status as string;
  grant = (offerId: string) =>
    this.operator.post(`/admin/v1/offers/${offerId}/grants`, { units: 50, reference: 'first', justification: 'Test' });

  /** What the operator alone was told since the last time. */
  async news(): Promise<any[]> {
    const asked = `types=${OPERATOR_TYPES}&cursor=${this.#cursor}&limit=1000`;
    const { body } = await this.operator.get(`/admin/v1/events?${asked}`);
    this.#cursor = body.at(-1)?.event.id ?? this.#cursor;
    return body;
  }

  /** What an order came to, in short. */
  async sell(offerId: string): Promise<unknown[]> {
    const { status, body } = await this.shop.sell(offerId, LINE);
    return [status, body.reason ?? body.status];
  }
}

describe.each(ENGINES)("the catalogue of the operator's own API, on %s", (engine) => {
  let upstream: OperatorServer;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  let gateway: Gateway;
  let server: RunningServer;
  let people: People;
  let offers: Map<string, string>;
  /** Each test has an offer of its own: as it is there, and its id here. */
  let next = 0;
  const take = async (): Promise<[OperatorOffer, string]> => {
    next += 1;
    const there = upstream.offers[next] as OperatorOffer;
    const here = offers.get(there.id) ?? '';
    await people.grant(here);
    return [there, here];
  };
  const stopped = (product: OperatorOffer, offer: string, why: string) => async () => {
    const { product_id } = (await people.operator.get(`/admin/v1/offers/${offer}`)).body;
    const calls = upstream.log.length;
    const before = await people.shop.stock(offer);
    const { status, body } = await people.shop.sell(offer, LINE);
    expect([status, body.reason]).toEqual([400, 'product_unavailable']);
    expect(body.description).toBe(`product ${product_id} not available (${why}) for offer ${offer}`);
    expect([upstream.log.length, await people.shop.stock(offer)]).toEqual([calls, before]);
    expect(await people.statusOf(offer)).toBe(why);
    expect(product.resell_value).toBeGreaterThan(0);
  };

  beforeAll(async () => {
    upstream = await new OperatorServer().start();
    proxy = await startFaultProxy(upstream.origin);
    gateway = await createGateway(engine);
    server = await gateway.start({ CATALOGUE_INTERVAL_S: '86400' });
    people = new People(gateway.operator(server), await signIn(server, gateway.world.demo));
    const access = { origin: proxy.url, client_id: upstream.clientId, client_secret: upstream.clientSecret };
    offers = await connectUpstream(gateway, server, access);
  });
  afterAll(async () => {
    await gateway?.world.remove();
    await proxy?.stop();
    await upstream?.stop();
  });

  it('is known from the import on, with what it charges, and nothing of it is news', async () => {
    const [there, here] = await take();
    const { body } = await people.operator.get(`${SUPPLIER}/catalogue?limit=1000`);
    expect(body).toHaveLength(upstream.offers.length);
    const entry = body.find((each: { supplier_reference: string }) => each.supplier_reference === there.id);
    expect(entry).toMatchObject({ name: there.name, currency: 'EUR', cost: 7.92, product_id: expect.any(String) });
    expect((await people.operator.get(`/admin/v1/offers/${here}`)).body).toMatchObject({ cost: 7.92 });
    expect(await people.read()).toEqual([]);
    expect(await people.news()).toEqual([]);
    expect((await people.operator.get(SUPPLIER)).body).toMatchObject({
      on_catalogue_change: 'stop_at_loss',
      catalogue: { read_date: expect.any(String) },
    });
  });

  it('that charges more than the sale brings ends the sale, and tells the operator; distributors are told no cost', async () => {
    const [there, here] = await take();
    expect(await people.sell(here)).toEqual([201, 'ok']);
    there.resell_value = 9.93;
    const change = {
      supplier_id: UPSTREAM,
      supplier_reference: there.id,
      cost: 9.93,
      cost_before: 7.92,
      currency: 'EUR',
      offers: 1,
      offers_stopped: 1,
    };
    expect(await people.read(there.id)).toEqual([
      expect.objectContaining({ ...change, type: 'supplier.price_changed' }),
    ]);
    await stopped(there, here, 'price_changed')();

    const news = await people.news();
    expect(news).toEqual([
      { event: expect.objectContaining({ type: 'supplier.price_changed', data: expect.objectContaining(change) }) },
    ]);
    expect(server.output()).toMatch(/"msg":"the catalogue of a supplier has changed"/);
    const own = (await people.shop.get('/v1/events?order=newest&limit=5')).body;
    expect(own[0]).toMatchObject({ type: 'offer.changed', data: { offer_id: here, status: 'price_changed' } });
    const seen = [own, (await people.shop.get(`${OFFERS}/${here}`)).body, (await people.shop.get(SALE)).body];
    expect(JSON.stringify(seen)).not.toMatch(/9\.93|"cost|supplier_cost/);
    expect((await people.shop.get('/v1/events?types=supplier.price_changed')).status).toBe(400);
    const { details, actor } = (await people.operator.get(`/admin/v1/audit?subject=${here}&limit=1`)).body[0];
    expect([actor, details.after]).toEqual(['catalogue', { status: 'price_changed' }]);
  });

  it('leaves it to the operator to sell on: at a price that covers the cost, or by saying so', async () => {
    const [[dear, repriced], [accepted, kept]] = [await take(), await take()];
    for (const each of [dear, accepted]) each.resell_value = 9.5;
    await people.read();
    expect(await people.change(repriced, { resell_value: 9 })).toMatchObject({ status: 'price_changed', cost: 9.5 });
    expect(await people.change(repriced, { resell_value: 9.5 })).toMatchObject({ status: 'available' });
    expect(await people.change(kept, { status: 'available' })).toMatchObject({
      status: 'available',
      resell_value: 7.92,
    });
    expect(await people.read()).toEqual([]);
    expect([await people.sell(repriced), await people.sell(kept)]).toEqual([
      [201, 'ok'],
      [201, 'ok'],
    ]);
  });

  it('that charges less again puts on sale what was stopped for its loss', async () => {
    const [there, here] = await take();
    there.resell_value = 9.5;
    await people.read();
    there.resell_value = 7.5;
    expect(await people.read(there.id)).toMatchObject([{ cost_before: 9.5, cost: 7.5, offers_resumed: 1 }]);
    expect(await people.sell(here)).toEqual([201, 'ok']);
  });

  it.each([
    ['tell', 9.5, 'available'],
    ['stop', 9.5, 'price_changed'],
    ['stop', 5, 'price_changed'],
    ['stop_at_loss', 7.91, 'available'],
  ])('follows the rule of its supplier: %s, at %d', async (rule, cost, status) => {
    const [there, here] = await take();
    await people.rule(rule);
    await people.news();
    there.resell_value = cost;
    await people.read();
    expect(await people.statusOf(here)).toBe(status);
    expect(await people.news()).toMatchObject([{ event: { type: 'supplier.price_changed', data: { cost } } }]);
    await people.rule('stop_at_loss');
  });

  it('that lists a product no more ends its sale, until it lists it again', async () => {
    const [there, here] = await take();
    await people.news();
    const at = upstream.offers.indexOf(there);
    upstream.offers.splice(at, 1);
    expect(await people.read(there.id)).toMatchObject([{ type: 'supplier.product_withdrawn', offers_stopped: 1 }]);
    await stopped(there, here, 'withdrawn')();
    expect(await people.read()).toEqual([]);
    upstream.offers.splice(at, 0, there);
    expect(await people.read(there.id)).toMatchObject([{ type: 'supplier.product_added', offers_resumed: 1 }]);
    expect(await people.sell(here)).toEqual([201, 'ok']);
    const types = (await people.news()).map(({ event }) => event.type);
    expect(types).toEqual(['supplier.product_withdrawn', 'supplier.product_added']);
  });

  it('is only told of, where the supplier says so, also of what it lists no more', async () => {
    const [there, here] = await take();
    await people.rule('tell');
    const at = upstream.offers.indexOf(there);
    upstream.offers.splice(at, 1);
    expect(await people.read(there.id)).toMatchObject([{ type: 'supplier.product_withdrawn', offers_stopped: 0 }]);
    expect(await people.statusOf(here)).toBe('available');
    upstream.offers.splice(at, 0, there);
    await people.read();
    await people.rule('stop_at_loss');
  });

  it('tells of a new product once, whether or not it is taken over', async () => {
    const added = newOffer('Mobile France 200 EUR', 'topup', 10);
    upstream.offers.push(added);
    expect(await people.read()).toMatchObject([{ type: 'supplier.product_added', supplier_reference: added.id }]);
    expect(await people.read()).toEqual([]);
    const imported = await people.operator.post(`${SUPPLIER}/imports`, {});
    expect(imported.body.products).toMatchObject({ created: 1, errors: [] });
    expect(await people.read()).toEqual([]);
  });

  const whole = (): OperatorOffer[] => [...upstream.offers];

  it.each([
    ['cannot be reached', { kind: 'cut', passOn: false } as const, 503],
    ['breaks off', { kind: 'cut_amid' } as const, 503],
    ['is an error', { kind: 'answer', passOn: false, status: 500, body: 'oops' } as const, 503],
    ['is no list', { kind: 'answer', passOn: false, status: 200, body: '{"offers":[]}' } as const, 503],
    ['is cut short once by an empty page', { kind: 'answer', passOn: false, status: 200, body: '[]' } as const, 200],
  ])('changes nothing where it %s', async (_, fault, status) => {
    const [there, here] = await take();
    await people.news();
    // The first page comes; what follows does not.
    const first = whole().slice(0, 50);
    proxy.fail('GET', OFFERS, { kind: 'answer', passOn: false, status: 200, body: JSON.stringify(first) }, fault);
    const answer = await people.operator.post(`${SUPPLIER}/readings`, {});
    expect([answer.status, answer.body.changes ?? answer.body.reason]).toEqual([
      status,
      status === 200 ? [] : 'supplier_silent',
    ]);
    proxy.heal();
    expect([await people.statusOf(here), await people.sell(here)]).toEqual(['available', [201, 'ok']]);
    expect(await people.news()).toEqual([]);
    expect(there.resell_value).toBe(7.92);
  });

  it('that cannot be read is shown with the cause and alerted once, and forgotten once it can', async () => {
    const alerts = () => server.output().split('the catalogue of a supplier cannot be read').length - 1;
    await people.read();
    const before = alerts();
    for (const _ of [1, 2]) {
      proxy.fail('GET', OFFERS, { kind: 'cut', passOn: false });
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
      const [, here] = await take();
      const all = whole();
      upstream.offers.splice(0, how === 'is empty' ? all.length : all.length - 10);
      const { body } = await people.operator.post(`${SUPPLIER}/readings`, {});
      expect(body).toMatchObject({ listed: upstream.offers.length, missing: all.length - upstream.offers.length });
      expect(body.changes).toEqual([]);
      expect(await people.statusOf(here)).toBe('available');
      expect(server.output()).toMatch(/lists less than half of what it did/);
      expect(await people.read(undefined, { accept_withdrawals: true })).toHaveLength(
        all.length - upstream.offers.length,
      );
      expect(await people.statusOf(here)).toBe('withdrawn');
      upstream.offers.splice(0, Infinity, ...all);
      await people.read();
      expect(await people.statusOf(here)).toBe('available');
    },
  );

  it('is left alone: what it charged for each sale is kept, for the operator, and compared', async () => {
    const [there, here] = await take();
    const { id } = (await people.shop.sell(here, LINE)).body;
    const detail = (await people.operator.get(`/admin/v1/transactions/${id}`)).body;
    expect(detail).toMatchObject({ supplier_cost: 7.92, supplier_currency: 'EUR' });
    await people.news();
    there.resell_value = 9.92;
    // Nobody has read the catalogue yet: this one is sold at a loss, and says so.
    const sold = (await people.shop.sell(here, LINE)).body;
    expect(sold.status).toBe('ok');
    await vi.waitFor(async () => expect(await people.statusOf(here)).toBe('price_changed'), WAIT);
    const [differs, changed] = await people.news();
    expect(differs.event).toMatchObject({
      type: 'supplier.cost_differs',
      data: { transaction_id: sold.id, offer_id: here, cost: 9.92, expected_cost: 7.92, resell_value: 7.92 },
    });
    expect(changed.event).toMatchObject({ type: 'supplier.price_changed', data: { cost: 9.92, offers_stopped: 1 } });
  });

  it('has changed, where it refuses to sell what it does not list any more', async () => {
    const [there, here] = await take();
    const at = upstream.offers.indexOf(there);
    upstream.offers.splice(at, 1);
    expect(await people.sell(here)).toEqual([400, 'supplier_refused']);
    await vi.waitFor(async () => expect(await people.statusOf(here)).toBe('withdrawn'), WAIT);
    upstream.offers.splice(at, 0, there);
    await people.read();
  });

  it('is read by itself again and again, by one process or several', async () => {
    const [there, here] = await take();
    await server.stop();
    const env = { CATALOGUE_INTERVAL_S: '1' };
    server = await gateway.start(env);
    const second = engine === 'postgresql' ? await gateway.start(env) : null;
    people = new People(gateway.operator(server), await signIn(server, gateway.world.demo));
    await people.news();
    for (const [cost, status] of [
      [9.92, 'price_changed'],
      [7.92, 'available'],
    ] as const) {
      there.resell_value = cost;
      await vi.waitFor(async () => expect(await people.statusOf(here)).toBe(status), WAIT);
    }
    const told = (await people.news()).map(({ event }) => [event.type, event.data.cost]);
    expect(told).toEqual([
      ['supplier.price_changed', 9.92],
      ['supplier.price_changed', 7.92],
    ]);
    await second?.stop();
  });
});

describe.each(ENGINES)('the catalogue of another OpenTopup, on %s', (engine) => {
  let platform: World;
  let platformServer: RunningServer;
  let gateway: Gateway;
  let people: People;
  let upstreamOperator: Caller;
  let there: string;
  let here: string;

  beforeAll(async () => {
    [platform, gateway] = await Promise.all([createWorld(engine), createGateway(engine)]);
    platformServer = await platform.start();
    const server = await gateway.start({ CATALOGUE_INTERVAL_S: '86400' });
    people = new People(gateway.operator(server), await signIn(server, gateway.world.demo));
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
