import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from '../support/browser.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made } from '../support/shop.ts';

const FRANCE = '7413e966-c97c-11ed-b80c-fa163e78aa28';

describe.each(ENGINES)('whose network a number is in, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  let even: string;
  let unmanaged: string;
  let distributor_id: string;

  async function signInAll(): Promise<void> {
    server = await world.start({ SEALING_KEY });
    [shop, operator] = [await signInClient(server, world.demo), callerWith(server, world.demo.admin_token)];
  }
  const lookup = async (msisdn: string): Promise<any> =>
    (await shop.get(`/v1/lookup?${new URLSearchParams({ msisdn }).toString()}`)).body;
  const daysOf = async (): Promise<unknown[]> => {
    await server.stop();
    const db = await world.openDb();
    const rows = await db.query('SELECT asked, costs FROM number_lookup_days');
    const kept = JSON.stringify(await db.query('SELECT * FROM number_lookups'));
    expect(kept).not.toContain('684587');
    await db.close();
    await signInAll();
    return rows;
  };

  const offerOf = async (supplier_id: string, name: string, network: object): Promise<string> => {
    const like = { type: 'topup', transaction_type: 'airtime topup', line_kind: 'msisdn', currency: 'EUR' };
    const body = { supplier_id, name, ...like, bonus_value: 10, network };
    const product_id = made(await operator.post('/admin/v1/products', body)).id;
    return made(await operator.post('/admin/v1/offers', { distributor_id, product_id, name, resell_value: 9 })).id;
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    await signInAll();
    distributor_id = (await operator.get(`/admin/v1/offers/${world.offer('msisdn')}`)).body.distributor_id;
    const nobody = made(await operator.post('/admin/v1/suppliers', { name: 'Nobody', country: 'FR' })).id;
    const network = { id: 'even', name: 'Even Mobile' };
    // Made first: who sees the other one would see this.
    unmanaged = await offerOf(nobody, 'Nobody speaks to it', network);
    even = await offerOf(FRANCE, 'Even 10 EUR', network);
    const grant = { units: 10, reference: 'first', justification: 'Test' };
    made(await operator.post(`/admin/v1/offers/${even}/grants`, grant));
  });
  afterAll(() => world.remove());

  const idsOf = ({ offers }: any): string[] => offers.map(({ id }: any) => id);

  it('is told with the offers that fit: those of that network first, those of another one not at all', async () => {
    const found = await lookup('06 84 58 75 88');
    expect(found).toMatchObject({
      msisdn: '+33684587588',
      country: 'FR',
      kind: 'mobile',
      networks: [{ name: 'Even Mobile', identified: true }],
      networks_date: expect.any(String),
    });
    expect(found.offers[0]).toEqual({
      id: even,
      name: 'Even 10 EUR',
      network: 'Even Mobile',
      is_certain: true,
      bucket: 10,
    });
    expect(idsOf(found)).toContain(world.offer('msisdn'));
    expect(idsOf(found)).not.toContain(world.offer('simId'));
    expect(idsOf(await lookup('+33684587587'))).not.toContain(even);
  });

  it('that is not certain, or not known, leaves every offer', async () => {
    expect(await lookup('+33684587589')).toMatchObject({ networks: [{ name: 'Odd Mobile', identified: false }] });
    expect(await lookup('+33684587580')).toMatchObject({ networks: [] });
    for (const number of ['+33684587589', '+33684587580']) {
      const { offers } = await lookup(number);
      expect(offers.find(({ id }: any) => id === even)).toMatchObject({ is_certain: false });
    }
  });

  it('lists what is sold out last, and nothing to whose supplier nobody speaks', async () => {
    const found = await lookup('06 84 58 75 88');
    expect(idsOf(found)).toContain(even);
    expect(idsOf(found)).not.toContain(unmanaged);
    expect(found.offers.at(-1)).toMatchObject({ name: 'Mobile France 10 EUR, sold out', bucket: 0 });
  });

  it('is asked for once a day, and what that has cost is kept; the numbers are not', async () => {
    const first = await lookup('+33684587582');
    expect(await lookup('0684587582')).toEqual(first);
    // Five numbers so far.
    expect(await daysOf()).toEqual([{ asked: 5, costs: { EUR: 0.025 } }]);
    expect(await lookup('+33684587582')).toEqual(first);
  });

  it('is looked at by a sale that asks for it, before anything is held; what is not certain is sold', async () => {
    const sell = (ending: number, more: object = {}, headers = {}) => {
      const order = { offer_id: even, parameters: { msisdn: `06845875${ending}` }, check_network: true, ...more };
      return shop.post('/distributors/transactions', order, headers);
    };
    const key = { 'idempotency-key': 'of-the-wrong-network' };
    const { status, body } = await sell(83, {}, key);
    expect([status, body.reason, body.retryable, body.transaction_id]).toEqual([
      400,
      'wrong_network',
      false,
      undefined,
    ]);
    expect([body.description, body.customer_message]).toEqual([
      expect.stringContaining('Odd Mobile'),
      'This number is in another network than this recharge is for. You have not been charged.',
    ]);
    expect(await shop.stock(even)).toBe(10);
    for (const ending of [86, 89, 80]) expect((await sell(ending)).body.status).toBe('ok');
    expect((await sell(83, { offer_id: world.offer('msisdn') })).body.status).toBe('ok');
    // Nothing was kept under its key; it is another order without the wish.
    expect((await sell(83, { check_network: false }, key)).body.status).toBe('ok');
    expect((await sell(83, {}, key)).body.reason).toBe('idempotency_conflict');
    expect((await sell(84, { check_network: 'yes' })).body.reason).toBe('invalid_body_field');
    expect(await shop.stock(even)).toBe(6);
  });

  it('is asked for so many numbers a day; beyond that only the network is missing', async () => {
    await server.stop();
    const db = await world.openDb();
    await db.query('UPDATE number_lookup_days SET asked = 1000');
    await db.close();
    await signInAll();
    const { networks, not_known, offers } = await lookup('+33684587584');
    expect([networks, not_known, offers.length > 0]).toEqual([[], 'limit_reached', true]);
    expect(await lookup('+33684587582')).toMatchObject({ networks: [{ name: 'Even Mobile' }] });
  });

  it('is refused for what no offer recharges, and told to whoever sells only', async () => {
    for (const number of ['12', '+4915112345678', '+33140205050']) {
      expect(await lookup(number)).toMatchObject({ reason: 'bad_parameter', customer_message: expect.any(String) });
    }
    const viewer = await signInAs(server, world.demo.console.viewer);
    expect((await viewer.get('/v1/lookup?msisdn=%2B33684587588')).body.reason).toBe('access_denied');
    const seller = await signInAs(server, world.demo.console.seller);
    expect((await seller.get('/v1/lookup?msisdn=%2B33684587588')).status).toBe(200);
  });
});
