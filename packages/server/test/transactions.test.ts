import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, signIn } from './support/caller.ts';
import { createWorld, ENGINES, type World } from './support/server.ts';

const LIST = '/travel-b2b/v1/distributors/transactions';

describe.each(ENGINES)('the list of transactions on %s', (engine) => {
  let world: World;
  let shop: Caller;
  const ids: string[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    shop = await signIn(server, world.demo);
    const sales: [string, object, string][] = [
      ['msisdn', { msisdn: '0684587587' }, 'anna'],
      ['msisdn', { msisdn: '0684587002' }, 'anna'],
      ['simId', { simId: '123456789' }, 'bert'],
      ['msisdn', { msisdn: '0684587009' }, 'bert'],
      ['spain', { msisdn: '612345678' }, 'anna'],
    ];
    for (const [kind, parameters, user_id] of sales) {
      const { body } = await shop.post(LIST, { offer_id: world.offer(kind), parameters, user_id });
      ids.push((body.id ?? body.transaction_id) as string);
    }
  });
  afterAll(() => world.remove());

  /** Which of the five sales a query finds, in the order of the answer. */
  const found = async (query: string): Promise<number[]> => {
    const { body } = await shop.get(`${LIST}?${query}`);
    return (body as { id: string }[]).map(({ id }) => ids.indexOf(id));
  };

  it('has the newest first', async () => {
    expect(await found('')).toEqual([4, 3, 2, 1, 0]);
  });

  it('comes in pages', async () => {
    expect(await found('limit=2')).toEqual([4, 3]);
    expect(await found('limit=2&offset=3')).toEqual([1, 0]);
    expect(await found('offset=5')).toEqual([]);
  });

  it('can be filtered by status, offer, supplier and user', async () => {
    expect(await found('status=ok')).toEqual([4, 2, 0]);
    expect(await found('status=ko')).toEqual([1]);
    expect(await found('status=pending')).toEqual([3]);
    expect(await found('status=created')).toEqual([]);
    expect(await found(`offer=${world.offer('msisdn')}`)).toEqual([3, 1, 0]);
    expect(await found('supplier=e0c798dd-54a2-462d-8f87-79a44f7547a1')).toEqual([4]);
    expect(await found('user=bert')).toEqual([3, 2]);
    expect(await found('user=bert&status=ok')).toEqual([2]);
  });

  it('can be filtered by date: a day is the whole day, an instant is that second', async () => {
    const { body } = await shop.get(`${LIST}/${ids[0]}`);
    const second = body.creation_date as string;
    const day = second.slice(0, 10);
    const dayBefore = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
    expect(await found(`startDate=${dayBefore}`)).toEqual([4, 3, 2, 1, 0]);
    expect(await found(`endDate=${dayBefore}`)).toEqual([]);
    expect(await found(`startDate=${dayBefore}&endDate=${day}`)).toContain(0);
    expect(await found(`startDate=${second}`)).toContain(0);
    expect(await found(`startDate=${second}&endDate=${second}`)).toContain(0);
    expect(await found(`startDate=${second.replace('Z', '+01:00')}`)).toHaveLength(5);
    expect(await found('startDate=2099-01-01')).toEqual([]);
  });

  it('shows each transaction as it is shown alone', async () => {
    const { body } = await shop.get(LIST);
    for (const transaction of body as { id: string }[]) {
      expect((await shop.get(`${LIST}/${transaction.id}`)).body).toEqual(transaction);
    }
  });
});

describe.each(ENGINES)('offers and suppliers on %s', (engine) => {
  let world: World;
  let shop: Caller;

  beforeAll(async () => {
    world = await createWorld(engine);
    shop = await signIn(await world.start(), world.demo);
  });
  afterAll(() => world.remove());

  it('show what may be sold, at which price, and how many units are left', async () => {
    const { body } = await shop.get('/travel-b2b/v1/distributors/offers');
    expect((body as { id: string }[]).map(({ id }) => id)).toEqual(world.demo.offers.map(({ id }) => id));
    const [offer] = body;
    expect(offer).toMatchObject({
      id: world.offer('msisdn'),
      name: 'Mobile France 10 EUR',
      bucket: 1_000_000,
      resell_value: 7.92,
      distributor_fees: 0,
      distributor_fees_type: 'value',
      product: {
        type: 'topup',
        supplier_id: '7413e966-c97c-11ed-b80c-fa163e78aa28',
        coverage_zone: [{ iso_code: 'FR', name: 'France', phone_prefix: 33, flag: '🇫🇷' }],
        reference_currency: 'EUR',
        bonus_value: 10,
      },
    });
    expect(offer.last_bucket_update).toBe(offer.bucket_update_date);
    expect(offer.distribution_fees).toBe(offer.distributor_fees);
    expect((await shop.get(`/distributors/offers/${offer.id}`)).body).toEqual(offer);
    expect((await shop.get('/distributors/offers?limit=1&offset=1')).body).toHaveLength(1);
  });

  it('name the suppliers, and which of them has no connector', async () => {
    const { body } = await shop.get('/distributors/suppliers');
    expect(body).toEqual([
      expect.objectContaining({ name: 'Orange France', status: 'approved', connector_status: 'up' }),
      expect.objectContaining({ name: 'Orange Spain', connector_status: 'up' }),
      expect.objectContaining({ name: 'Orange Travel B2B', connector_status: 'none' }),
      expect.objectContaining({ name: 'Welcome Travelers', connector_status: 'up' }),
    ]);
  });
});
