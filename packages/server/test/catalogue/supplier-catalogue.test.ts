import { newOffer } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UPSTREAM } from '../support/gateway.ts';
import { type GatewayPeople, Scene, SUPPLIER } from '../support/gateway-people.ts';
import { ENGINES } from '../support/server.ts';

const LINE = { msisdn: '0684587587' };

describe.each(ENGINES)("the catalogue of the operator's own API, on %s", (engine) => {
  let scene: Scene;
  let people: GatewayPeople;

  beforeAll(async () => {
    scene = await Scene.open(engine);
    ({ people } = scene);
  });
  afterAll(() => scene?.close());

  /** How an order is refused: before anybody is called, in the words of the wire. */
  const refusal = async (offer: string): Promise<string> => {
    const { product_id } = (await people.operator.get(`/admin/v1/offers/${offer}`)).body;
    const calls = scene.upstream.log.length;
    const before = await people.shop.stock(offer);
    const { status, body } = await people.shop.sell(offer, LINE);
    expect([status, body.reason]).toEqual([400, 'product_unavailable']);
    expect([scene.upstream.log.length, await people.shop.stock(offer)]).toEqual([calls, before]);
    return body.description.replace(product_id, 'P').replace(offer, 'O');
  };

  it('is known from the import on, with what it charges, and nothing of it is news', async () => {
    const [there, here] = await scene.take();
    const { body } = await people.operator.get(`${SUPPLIER}/catalogue?limit=1000`);
    expect(body).toHaveLength(scene.upstream.offers.length);
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
    const [there, here] = await scene.take();
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
    expect(await refusal(here)).toBe('product P not available (price_changed) for offer O');
    expect(await people.statusOf(here)).toBe('price_changed');

    const news = await people.news(1, there.id);
    expect(news).toEqual([
      { event: expect.objectContaining({ type: 'supplier.price_changed', data: expect.objectContaining(change) }) },
    ]);
    expect(scene.server.output()).toMatch(/"msg":"the catalogue of a supplier has changed"/);
    const own = (await people.shop.get('/v1/events?order=newest&limit=5')).body;
    expect(own[0]).toMatchObject({ type: 'offer.changed', data: { offer_id: here, status: 'price_changed' } });
    const seen = [
      own,
      (await people.shop.get(`/distributors/offers/${here}`)).body,
      (await people.shop.get('/distributors/transactions')).body,
    ];
    expect(JSON.stringify(seen)).not.toMatch(/9\.93|"cost|supplier_cost/);
    expect((await people.shop.get('/v1/events?types=supplier.price_changed')).status).toBe(400);
    const { details, actor } = (await people.operator.get(`/admin/v1/audit?subject=${here}&limit=1`)).body[0];
    expect([actor, details.after]).toEqual(['operator', { status: 'price_changed' }]);
  });

  it('leaves it to the operator to sell on: at a price that covers the cost, or by saying so', async () => {
    const [[dear, repriced], [accepted, kept]] = [await scene.take(), await scene.take()];
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
    const [there, here] = await scene.take();
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
    const [there, here] = await scene.take();
    await people.rule(rule);
    await people.news();
    there.resell_value = cost;
    await people.read();
    expect(await people.statusOf(here)).toBe(status);
    expect(await people.news(1, there.id)).toMatchObject([
      { event: { type: 'supplier.price_changed', data: { cost } } },
    ]);
    await people.rule('stop_at_loss');
  });

  it('that lists a product no more ends its sale, until it lists it again', async () => {
    const [there, here] = await scene.take();
    await people.news();
    const putBack = scene.withdraw(there);
    expect(await people.read(there.id)).toMatchObject([{ type: 'supplier.product_withdrawn', offers_stopped: 1 }]);
    expect(await refusal(here)).toBe('product P not available (withdrawn) for offer O');
    expect(await people.statusOf(here)).toBe('withdrawn');
    expect(await people.read()).toEqual([]);
    putBack();
    expect(await people.read(there.id)).toMatchObject([{ type: 'supplier.product_added', offers_resumed: 1 }]);
    expect(await people.sell(here)).toEqual([201, 'ok']);
    const types = (await people.news(2, there.id)).map(({ event }) => event.type);
    expect(types).toEqual(['supplier.product_withdrawn', 'supplier.product_added']);
  });

  it('is only told of, where the supplier says so, also of what it lists no more', async () => {
    const [there, here] = await scene.take();
    await people.rule('tell');
    const putBack = scene.withdraw(there);
    expect(await people.read(there.id)).toMatchObject([{ type: 'supplier.product_withdrawn', offers_stopped: 0 }]);
    expect(await people.statusOf(here)).toBe('available');
    putBack();
    await people.read();
    await people.rule('stop_at_loss');
  });

  it('tells of a new product once, whether or not it is taken over', async () => {
    const added = newOffer('Mobile France 200 EUR', 'topup', 10);
    scene.upstream.offers.push(added);
    expect(await people.read()).toMatchObject([{ type: 'supplier.product_added', supplier_reference: added.id }]);
    expect(await people.read()).toEqual([]);
    const imported = await people.operator.post(`${SUPPLIER}/imports`, {});
    expect(imported.body.products).toMatchObject({ created: 1, errors: [] });
    expect(await people.read()).toEqual([]);
  });

  it('is looked through, and only what is chosen becomes a product', async () => {
    const priced = (name: string, resell_value: number) => ({ ...newOffer(name, 'topup', 10), resell_value });
    const [one, two] = [priced('Rare 7 EUR', 7), priced('Rare 8 EUR', 8)];
    scene.upstream.offers.push(one, two);
    await people.read();
    const found = async (search: string): Promise<any[]> =>
      (await people.operator.get(`${SUPPLIER}/catalogue?limit=1000&${search}`)).body;
    expect((await found('text=rare')).map(({ name }) => name)).toEqual(['Rare 7 EUR', 'Rare 8 EUR']);
    const [dear, ...others] = await found('text=RARE&min_cost=7.5');
    expect([dear.supplier_reference, dear.product_id, others]).toEqual([two.id, undefined, []]);

    const choose = (body: object) => people.operator.post(`${SUPPLIER}/imports`, body);
    const choices = [{ supplier_reference: two.id }];
    expect((await choose({ choices, dry_run: true })).body.products).toMatchObject({ dry_run: true, created: 1 });
    expect((await found('text=rare')).some(({ product_id }) => product_id)).toBe(false);
    expect((await choose({ choices })).body.products).toMatchObject({ dry_run: false, created: 1, errors: [] });
    expect((await found('text=rare')).map(({ product_id }) => product_id !== undefined)).toEqual([false, true]);
    const wrong = await choose({ choices: [...choices, { supplier_reference: 'nothing' }] });
    expect(wrong.body.products).toMatchObject({ errors: [{ line: 2, column: 'supplier_reference' }] });
  });
});
