import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SIM_ENDINGS } from '../../src/connectors/simulator/life.ts';
import { NUMBERS } from '../../src/connectors/simulator/numbers.ts';
import { type Answer, callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { makePair } from '../support/rsa.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const FRANCE = '7413e966-c97c-11ed-b80c-fa163e78aa28';
const TRAVELERS = '92d376d4-0c18-4da8-9e6e-4dd173bc554e';
const SPAIN = 'e0c798dd-54a2-462d-8f87-79a44f7547a1';
const TRAVEL_B2B = 'e2c44763-fa73-11ef-bc0c-fa163ed2cb6e';
const SALES = '/distributors/transactions';
const SERIAL = '8991101200587';

const ask = (supplier: string, question: string, query: string): string =>
  `/distributors/suppliers/${supplier}/${question}${query && `?${query}`}`;

describe.each(ENGINES)('a question to a supplier on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let other: PathCaller;
  let operator: PathCaller;
  /** Sales of a supplier that has become slow, and of a SIM about which nothing is said any more. */
  let slow: string;
  let silent: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SUPPLIER_DEADLINE_MS: '400', SEALING_KEY });
    shop = await signInClient(server, world.demo);
    other = await signInClient(server, world.demo.other);
    operator = callerWith(server, world.demo.admin_token);
    slow = (await sold('spain', { msisdn: '612345678' })).id;
    // A supplier that never answers in time, from now on.
    await operator.patch(`/admin/v1/suppliers/${SPAIN}`, { settings: { latency_ms: 60_000 } });
    await recharge(SERIAL);
    silent = await recharge('8991101200007');
    const isSold = async (): Promise<boolean> => (await shop.get(`${SALES}/${silent}`)).body.status === 'ok';
    await vi.waitUntil(isSold, { timeout: 60_000, interval: 300 });
  });
  afterAll(() => world.remove());

  /** Sells something, and gives its transaction. */
  const sold = async (kind: string, parameters?: object): Promise<Answer['body']> => {
    const { body } = await shop.sell(world.offer(kind), parameters);
    return { ...body, id: body.id ?? body.transaction_id };
  };

  /** Recharges a SIM, and gives the transaction. */
  const recharge = async (simId: string): Promise<string> => (await sold('simId', { simId })).id as string;

  describe.each(['simstatus', 'usagebalances'])('(%s)', (question) => {
    it.each<[string, () => Promise<string>, number, number, string]>([
      ['neither transaction nor SIM', async () => ask(TRAVELERS, question, ''), 400, 27, 'missing_query_parameter'],
      [
        'both',
        async () => ask(TRAVELERS, question, `simId=${SERIAL}&transaction=${randomUUID()}`),
        400,
        28,
        'invalid_query_parameter',
      ],
      ['a malformed serial', async () => ask(TRAVELERS, question, 'simId=12'), 400, 28, 'invalid_query_parameter'],
      ['no UUID', async () => ask(TRAVELERS, question, 'transaction=7'), 400, 28, 'invalid_query_parameter'],
      [
        'a supplier that is no UUID',
        async () => ask('7', question, `simId=${SERIAL}`),
        400,
        20,
        'invalid_url_parameter',
      ],
      ['an unknown supplier', async () => ask(randomUUID(), question, `simId=${SERIAL}`), 404, 60, 'not_found'],
      [
        'an unknown transaction',
        async () => ask(FRANCE, question, `transaction=${randomUUID()}`),
        404,
        60,
        'not_found',
      ],
      [
        'another supplier’s transaction',
        async () => ask(TRAVELERS, question, `transaction=${(await sold('msisdn', { msisdn: '0684587587' })).id}`),
        404,
        60,
        'not_found',
      ],
      [
        'a transaction that failed',
        async () => ask(FRANCE, question, `transaction=${(await sold('msisdn', { msisdn: '0684587002' })).id}`),
        404,
        60,
        'not_found',
      ],
      [
        'a supplier without connector',
        async () => ask(TRAVEL_B2B, question, `simId=${SERIAL}`),
        400,
        0,
        'not_supported',
      ],
      [
        'a SIM that was recharged at another supplier',
        async () => ask(FRANCE, question, `simId=${SERIAL}`),
        404,
        60,
        'sim_unknown',
      ],
      ['a SIM nobody knows', async () => ask(TRAVELERS, question, 'simId=8991101200001'), 404, 60, 'sim_unknown'],
      [
        'a SIM about which nothing is said',
        async () => ask(TRAVELERS, question, 'simId=8991101200007'),
        503,
        5,
        'supplier_silent',
      ],
      [
        'a supplier slower than the deadline',
        async () => ask(SPAIN, question, `transaction=${slow}`),
        503,
        5,
        'supplier_silent',
      ],
    ])('about %s gets a precise refusal', async (_, path, status, code, reason) => {
      const answer = await shop.get(await path());
      expect([answer.status, answer.body.code, answer.body.reason]).toEqual([status, code, reason]);
      expect(answer.headers.get('retry-after')).toBe(status === 503 ? '1' : null);
    });

    it('is nothing to a distributor without offers of that supplier, nor about another one’s transaction', async () => {
      const { id } = await sold('msisdn', { msisdn: '0684587587' });
      const stolen = await other.get(ask(FRANCE, question, `transaction=${id}`));
      expect([stolen.status, stolen.body.description]).toEqual([404, `supplier ${FRANCE} not found`]);
      expect((await other.get(ask(TRAVELERS, question, `simId=${SERIAL}`))).status).toBe(404);
    });

    it('says what is wrong with the parameters', async () => {
      const described = async (query: string): Promise<string> =>
        (await shop.get(ask(TRAVELERS, question, query))).body.description as string;
      expect(await described('')).toBe('missing transaction or simId parameter in query');
      expect(await described(`simId=${SERIAL}&transaction=${randomUUID()}`)).toBe(
        'invalid simId parameter in query: either transaction or simId is needed, not both',
      );
      expect(await described('simId=12')).toBe(
        'invalid simId parameter in query: The serial number of the SIM card is not complete: it has too few digits. Please check it.',
      );
    });
  });

  it('tells how a recharged line stands, and what is left on it', async () => {
    const { id, creation_date } = await sold('msisdn', { msisdn: '0684587587' });
    const status = await shop.get(ask(FRANCE, 'simstatus', `transaction=${id}`));
    expect([status.status, status.body]).toEqual([200, expect.objectContaining({ status: 'available' })]);
    expect(status.body.last_topup_date).toBe(creation_date);
    const usage = await shop.get(`/travel-b2b/v1${ask(FRANCE, 'usagebalances', `transaction=${id}`)}`);
    expect(usage.body).toMatchObject({
      first_activation_date: status.body.activation_date,
      number_expiration_date: status.body.number_expiration_date,
      buckets: [
        {
          name: 'Data',
          data_remaining: expect.any(Number),
          data_unit: 'Mo',
          expiration_date: status.body.expiration_date,
        },
        { airtime_remaining: expect.any(Number), airtime_unit: 'minutes', sms_remaining: expect.any(Number) },
      ],
    });
  });

  it('tells how an eSIM stands, by its transaction, its ICCID or its NSCE', async () => {
    await shop.post('/distributors/keys', { key_type: 'rsa256', public_key: makePair().publicPem });
    const { id, parameters } = await sold('esim');
    const { body } = await shop.get(ask(TRAVELERS, 'simstatus', `transaction=${id}`));
    expect(body).toEqual({ status: 'not installed', creation_date: expect.stringMatching(/:00Z$/) });
    for (const serial of [parameters.iccid, parameters.nsce]) {
      expect((await shop.get(ask(TRAVELERS, 'simstatus', `simId=${serial}`))).body).toEqual(body);
    }
    const usage = await shop.get(ask(TRAVELERS, 'usagebalances', `transaction=${id}`));
    expect([usage.status, usage.body]).toEqual([200, { buckets: [] }]);
  });

  it('tells of each state that there is', async () => {
    const states = Object.entries(SIM_ENDINGS).filter(([ending]) => ending > '100');
    expect(states).toHaveLength(11);
    for (const [ending, state] of states) {
      await recharge(`8991101200${ending}`);
      const { status, body } = await shop.get(ask(TRAVELERS, 'simstatus', `simId=8991101200${ending}`));
      expect([status, body.status]).toEqual([200, state]);
    }
  });

  it('is answered by transaction only, where the supplier does not take serials', async () => {
    const settings = (by_serial: boolean): Promise<Answer> =>
      operator.patch(`/admin/v1/suppliers/${TRAVELERS}`, { settings: { by_serial, global_balances: true } });
    await settings(false);
    const refused = await shop.get(ask(TRAVELERS, 'simstatus', `simId=${SERIAL}`));
    expect([refused.status, refused.body.reason]).toEqual([400, 'not_supported']);
    await settings(true);
  });

  describe('about all SIMs', () => {
    const balances = (query: string, supplier = TRAVELERS): Promise<Answer> =>
      shop.get(ask(supplier, 'globalbalances', query));

    it('tells what they consumed, by region or by country', async () => {
      const regions = await balances('startDate=2026-01-01&endDate=2026-01-31&zoneLevel=region');
      expect([regions.status, regions.body]).toEqual([
        200,
        expect.objectContaining({ start_date: '2026-01-01T00:00:00Z', end_date: '2026-01-31T23:59:59Z' }),
      ]);
      expect(regions.body.zones[0]).toEqual({
        name: 'Europe',
        code: '150',
        data_unit: 'Mo',
        data_amount: expect.any(Number),
      });
      const countries = await balances('startDate=2026-01-01&endDate=2026-01-31&zoneLevel=country');
      expect(countries.body.zones.length).toBeGreaterThan(regions.body.zones.length);
    });

    const span = 'startDate=2026-01-01&endDate=2026-06-30';
    it.each([
      ['no start', 'endDate=2026-01-31&zoneLevel=region', 400, 27, 'missing startDate parameter in query'],
      ['no end', 'startDate=2026-01-01&zoneLevel=region', 400, 27, 'missing endDate parameter in query'],
      ['no level', span, 400, 27, 'missing zoneLevel parameter in query'],
      ['another level', `${span}&zoneLevel=planet`, 400, 28, 'one of region, country is needed'],
      ['a date that is none', 'startDate=2026-02-30&endDate=2026-03-01&zoneLevel=region', 400, 28, 'invalid startDate'],
      [
        'an end before its start',
        'startDate=2026-02-02&endDate=2026-02-01&zoneLevel=region',
        400,
        28,
        'before startDate',
      ],
      ['six months', 'startDate=2026-01-01&endDate=2026-07-01&zoneLevel=region', 400, 28, 'less than six months'],
    ])('with %s is refused precisely', async (_, query, status, code, description) => {
      const answer = await balances(query);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.body.description).toContain(description);
    });

    it('may span a day, and just less than six months', async () => {
      expect((await balances(`${span}&zoneLevel=region`)).status).toBe(200);
      const day = await balances('startDate=2026-01-01&endDate=2026-01-01&zoneLevel=region');
      expect([day.status, day.body.end_date]).toEqual([200, '2026-01-01T23:59:59Z']);
    });

    it('is refused where the supplier does not tell, or is slow, or is not the distributor’s', async () => {
      const query = `${span}&zoneLevel=region`;
      expect((await balances(query, FRANCE)).body.reason).toBe('not_supported');
      expect((await balances(query, TRAVEL_B2B)).body.reason).toBe('not_supported');
      expect((await balances(query, SPAIN)).body.reason).toBe('supplier_silent');
      expect((await balances(query, randomUUID())).status).toBe(404);
      expect((await other.get(ask(TRAVELERS, 'globalbalances', query))).status).toBe(404);
    });
  });

  it('about the simulator’s numbers is answered to both worlds, and to nobody without a token', async () => {
    const sandbox = await signInClient(server, world.demo.sandbox);
    for (const caller of [shop, sandbox]) {
      const { status, body } = await caller.get('/v1/simulator/numbers');
      expect([status, body]).toEqual([200, NUMBERS]);
    }
    expect((await fetch(`${server.baseUrl}/v1/simulator/numbers`)).status).toBe(401);
  });

  it('has held and changed nothing', async () => {
    const { body: sales } = await shop.get(`${SALES}?limit=1000`);
    expect(await server.stop()).toBe(0);
    const db = await world.openDb();
    const [count] = await db.query(
      `SELECT (SELECT count(*) FROM transactions) AS transactions, (SELECT count(*) FROM unknown_outcomes) AS open,
              (SELECT count(*) FROM events WHERE kind NOT LIKE 'stock.%') AS events`,
    );
    await db.close();
    // One of them was pending for a while, which is told as well.
    expect(count).toEqual({ transactions: sales.length, open: 0, events: sales.length + 1 });
  });
});

describe.each(ENGINES)('a question about a SIM by its serial, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let other: PathCaller;
  let operator: PathCaller;
  const start = async (): Promise<void> => {
    server = await world.start({ SEALING_KEY });
    shop = await signInClient(server, world.demo);
    other = await signInClient(server, world.demo.other);
    operator = callerWith(server, world.demo.admin_token);
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    await start();
    await shop.post('/distributors/keys', { key_type: 'rsa256', public_key: makePair().publicPem });
    await shop.sell(world.offer('simId'), { simId: SERIAL });
  });
  afterAll(() => world.remove());

  it('is answered to whoever has sold to it, and to nobody else', async () => {
    const { parameters } = (await shop.sell(world.offer('esim'), {})).body;
    // The same supplier, asked by another distributor that sells its products too.
    const [offer] = (await operator.get(`/admin/v1/offers?limit=1000`)).body.filter(
      ({ id }: { id: string }) => id === world.offer('simId'),
    );
    const { distributor_id } = (await operator.get('/admin/v1/distributors?limit=1000')).body
      .map(({ id, name }: { id: string; name: string }) => ({ distributor_id: id, name }))
      .find(({ name }: { name: string }) => name === 'Other distributor');
    const copy = { distributor_id, product_id: offer.product_id, name: 'The same here', resell_value: 8 };
    const made = await operator.post('/admin/v1/offers', copy);
    expect(made.status).toBe(201);
    for (const question of ['simstatus', 'usagebalances']) {
      for (const serial of [SERIAL, parameters.iccid, parameters.nsce]) {
        const path = ask(TRAVELERS, question, `simId=${serial}`);
        const [own, theirs] = [await shop.get(path), await other.get(path)];
        expect([own.status, theirs.status, theirs.body.reason]).toEqual([200, 404, 'sim_unknown']);
        const never = await other.get(ask(TRAVELERS, question, 'simId=8991101277777'));
        expect({ ...theirs.body, request_id: '' }).toEqual({ ...never.body, request_id: '' });
      }
    }
    // Once it has sold to the same SIM, it may ask.
    const stock = { units: 5, reference: 'first', justification: 'Test' };
    await operator.post(`/admin/v1/offers/${made.body.id}/grants`, stock);
    expect((await other.sell(made.body.id, { simId: SERIAL })).body.status).toBe('ok');
    expect((await other.get(ask(TRAVELERS, 'simstatus', `simId=${SERIAL}`))).status).toBe(200);
  });

  it('is answered in the sandbox for what was sold there', async () => {
    const sandbox = await signInClient(server, world.demo.sandbox);
    const path = `/travel-b2b-sandbox/v1${ask(TRAVELERS, 'simstatus', `simId=${SERIAL}`)}`;
    // What was sold in the live world is none of its business.
    expect((await sandbox.get(path)).body.reason).toBe('sim_unknown');
    const offer_id = world.demo.sandbox.offers.find(({ kind }) => kind === 'simId')?.id;
    const order = { offer_id, parameters: { simId: SERIAL } };
    expect((await sandbox.post(`/travel-b2b-sandbox/v1${SALES}`, order)).body.status).toBe('ok');
    expect((await sandbox.get(path)).body.status).toBe('available');
  });

  it('is answered for an eSIM that an earlier version has sold', async () => {
    const { parameters } = (await shop.sell(world.offer('esim'), {})).body;
    await server.stop();
    const db = await world.openDb();
    const [kept] = await db.query<{ serials: string[] }>('SELECT serials FROM esims ORDER BY at DESC LIMIT 1');
    expect(kept?.serials).toHaveLength(2);
    expect(JSON.stringify(kept)).not.toContain(parameters.iccid);
    await db.query('UPDATE esims SET serials = NULL');
    await db.close();
    await start();
    const asked = async () => (await shop.get(ask(TRAVELERS, 'simstatus', `simId=${parameters.iccid}`))).status;
    await vi.waitFor(async () => expect(await asked()).toBe(200), { timeout: 60_000, interval: 200 });
  });
});

// While a server runs on the embedded database, nobody else can change it.
describe('settings of a simulated supplier, changed in the database', () => {
  let world: DemoPlace;
  let shop: PathCaller;
  let set: (settings: object) => Promise<unknown>;
  let offerId: string;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    offerId = world.offer('msisdn');
    shop = await signInClient(await world.start(), world.demo);
    const db = await world.openDb();
    set = (settings) => db.query('UPDATE suppliers SET settings = $2 WHERE id = $1', [FRANCE, settings]);
    return () => db.close();
  });
  afterAll(() => world.remove());

  const sell = (): Promise<Answer> => shop.sell(offerId, { msisdn: '0684587587' });

  it('count for the next sale: all fail, then none', async () => {
    await set({ failure_rate: 1 });
    const { status, body } = await sell();
    expect([status, body.reason, body.retryable]).toEqual([400, 'supplier_unavailable', true]);
    await set({});
    expect((await sell()).body.status).toBe('ok');
  });

  it('count for the next sale: it takes its time, then none', async () => {
    await set({ latency_ms: 700 });
    const begun = performance.now();
    expect((await sell()).status).toBe(201);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(695);
    await set({ latency_ms: 0 });
  });

  it('leave sales without an answer, of which the supplier later says what became of them', async () => {
    await set({ silence_rate: 1 });
    const sales = await Promise.all(Array.from({ length: 20 }, sell));
    expect(sales.map(({ body }) => body.status)).toEqual(Array.from({ length: 20 }, () => 'pending'));
    await vi.waitFor(async () => expect((await shop.get(`${SALES}?status=pending`)).body).toEqual([]), {
      timeout: 60_000,
      interval: 300,
    });
    const statuses = await Promise.all(
      sales.map(async ({ body }) => (await shop.get(`${SALES}/${body.id}`)).body.status as string),
    );
    expect(new Set(statuses)).toEqual(new Set(['ok', 'ko']));
    const db = await world.openDb();
    expect(await proveLedger(db, offerId)).toMatchObject({ held: 0, pending: 0 });
    await db.close();
  });
});
