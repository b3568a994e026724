import { randomUUID } from 'node:crypto';
import { CommandLine, environment } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { startReceiver } from '../support/receiver.ts';
import { makePair } from '../support/rsa.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const DAY_S = 86_400;
const CLOCK = '/v1/sandbox/clock';
const LONG = { tags: 'long' };
const env = {
  SEALING_KEY,
  RETENTION_DAYS: '31',
  WEBHOOK_ALLOW: '127.0.0.0/8',
  // A failed delivery is tried again after three days.
  WEBHOOK_RETRY_SCHEDULE_S: String(3 * DAY_S),
};

describe.each(STORAGE_ENGINES)('the clock of a sandbox, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  /** The same is done in the sandbox and live, where everything has to stay as it is. */
  let shops: { sandbox: RawCaller; live: RawCaller };
  let ahead_s = 0;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start(env);
    shops = { sandbox: await rawSignIn(server, world.demo.sandbox), live: await rawSignIn(server, world.demo) };
  });
  afterAll(() => world?.remove());

  type World = keyof typeof shops;
  const BASES: Record<World, string> = { sandbox: '/travel-b2b-sandbox/v1', live: '' };
  const offerOf = (of: World, kind: string): string | undefined =>
    of === 'live' ? world.offer(kind) : world.demo.sandbox.offers.find((offer) => offer.kind === kind)?.id;
  const sell = (of: World, kind: string, parameters: object | undefined, key: string = randomUUID()): Promise<Answer> =>
    shops[of].post(
      `${BASES[of]}/distributors/transactions`,
      { offer_id: offerOf(of, kind), parameters },
      { 'idempotency-key': key },
    );
  const read = async (of: World, id: string) =>
    (await shops[of].get(`${BASES[of]}/distributors/transactions/${id}`)).body;
  const move = (to_s: number, of: World = 'sandbox'): Promise<Answer> => shops[of].post(CLOCK, { ahead_s: to_s });
  /** Puts it some days forward. */
  const wait = async (days: number): Promise<void> => {
    ahead_s += days * DAY_S;
    expect(await move(ahead_s)).toMatchObject({ status: 200, body: { ahead_s } });
  };

  it('ends keys, of its sandbox alone, and those kept since then live as long as any', async () => {
    const key = randomUUID();
    const line = { msisdn: '0684587587' };
    const [tried, sold] = await Promise.all([sell('sandbox', 'msisdn', line, key), sell('live', 'msisdn', line, key)]);
    expect((await sell('sandbox', 'msisdn', line, key)).body).toEqual(tried.body);
    await wait(2);
    const again = await sell('sandbox', 'msisdn', line, key);
    expect([again.status, again.body.id === tried.body.id]).toEqual([201, false]);
    expect((await sell('sandbox', 'msisdn', line, key)).body).toEqual(again.body);
    expect((await sell('live', 'msisdn', line, key)).body).toEqual(sold.body);
  });

  it('moves what counts as low by days of cover', LONG, async () => {
    const offer_id = offerOf('sandbox', 'small') ?? expect.fail('the sandbox has no such offer');
    const threshold = async (): Promise<number> =>
      (await shops.sandbox.get(`/v1/offers/${offer_id}/stock`)).body.threshold ?? 0;
    for (let i = 0; i < 5; i++) await sell('sandbox', 'small', { msisdn: '0684587587' });
    await shops.sandbox.post('/v1/alerts', { offer_id, days_of_cover: 10 });
    await vi.waitFor(async () => expect(await threshold()).toBeGreaterThan(0), PATIENCE);
    const before = await threshold();
    await wait(7);
    await vi.waitFor(async () => expect(await threshold()).toBeLessThan(before), PATIENCE);
  });

  it('goes forward only, and is of a sandbox alone', LONG, async () => {
    await wait(1);
    expect(await move(ahead_s)).toMatchObject({ status: 200, body: { ahead_s } });
    expect(await move(ahead_s - 1)).toMatchObject({ status: 400, body: { reason: 'invalid_body_field' } });
    expect((await shops.sandbox.get(CLOCK)).body).toEqual({ ahead_s });
    const refused = { status: 403, body: { reason: 'sandbox_only' } };
    expect(await move(ahead_s, 'live')).toMatchObject(refused);
    expect(await shops.live.get(CLOCK)).toMatchObject(refused);
  });

  it('has identifications fall overdue', LONG, async () => {
    const sale = async (of: World): Promise<string> => (await sell(of, 'esim', undefined)).body.id;
    const status = async (of: World, id: string) => (await read(of, id)).identification.status;
    for (const of of ['sandbox', 'live'] as const) {
      const key = { key_type: 'rsa256', public_key_value: makePair().publicPem };
      expect((await shops[of].post(`${BASES[of]}/distributors/keys`, key)).status).toBeLessThan(300);
    }
    const [tried, sold] = [await sale('sandbox'), await sale('live')];
    expect(await status('sandbox', tried)).toBe('pending');
    await wait(31);
    expect(await status('sandbox', tried)).toBe('overdue');
    expect((await shops.sandbox.get('/v1/identifications?status=overdue')).body).toMatchObject([
      { transaction_id: tried },
    ]);
    expect(await status('live', sold)).toBe('pending');
    // Whoever buys now has as long as anybody.
    expect(await status('sandbox', await sale('sandbox'))).toBe('pending');
  });

  it('has deliveries of events come due', LONG, async () => {
    const receiver = await startReceiver();
    receiver.react(() => 500);
    const endpoint = { url: receiver.url, events: ['transaction.completed'] };
    const { id } = (await shops.sandbox.post('/v1/webhooks', endpoint)).body;
    await sell('sandbox', 'msisdn', { msisdn: '0684587587' });
    await receiver.waitFor((received) => received.length === 1);
    const deliveries = async () => (await shops.sandbox.get(`/v1/webhooks/${id}/deliveries`)).body;
    await vi.waitFor(
      async () => expect(await deliveries()).toMatchObject([{ status: 'pending', attempts: 1 }]),
      PATIENCE,
    );
    await wait(2);
    receiver.react(() => 204);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(receiver.received).toHaveLength(1);
    await wait(2);
    await receiver.waitFor((received) => received.length === 2);
    await vi.waitFor(
      async () => expect(await deliveries()).toMatchObject([{ status: 'delivered', attempts: 2 }]),
      PATIENCE,
    );
    await receiver.stop();
  });

  it('ends orders that are parked', LONG, async () => {
    const park = async (of: World): Promise<string> => {
      const wish = {
        on_empty: 'park',
        park_until: new Date(Date.now() + (of === 'live' ? 0 : ahead_s * 1_000) + 3_600_000),
      };
      const order = { offer_id: offerOf(of, 'empty'), parameters: { msisdn: '0684587587' }, ...wish };
      return (await shops[of].post(`${BASES[of]}/distributors/transactions`, order)).body.id;
    };
    const [tried, waiting] = [await park('sandbox'), await park('live')];
    expect(await read('sandbox', tried)).toMatchObject({ status: 'created' });
    await wait(1);
    await vi.waitFor(
      async () => expect(await read('sandbox', tried)).toMatchObject({ reason: 'bucket_empty' }),
      PATIENCE,
    );
    expect(await read('live', waiting)).toMatchObject({ status: 'created' });
  });

  it('has the key of a parked order count for its whole life once it is sold', LONG, async () => {
    const offer = offerOf('sandbox', 'empty');
    const key = { 'idempotency-key': randomUUID() };
    const wish = {
      offer_id: offer,
      parameters: { msisdn: '0684587589' },
      on_empty: 'park',
      park_until: new Date(Date.now() + ahead_s * 1_000 + 6 * 86_400_000),
    };
    const order = () => shops.sandbox.post(`${BASES.sandbox}/distributors/transactions`, wish, key);
    const { id } = (await order()).body;
    await wait(2);
    const grant = { units: 2, reference: randomUUID(), justification: 'Refill' };
    const operator = rawCallerWith(server, world.demo.admin_token);
    expect((await operator.post(`/admin/v1/offers/${offer}/grants`, grant)).status).toBe(201);
    await vi.waitFor(async () => expect(await read('sandbox', id)).toMatchObject({ status: 'ok' }), PATIENCE);
    const again = await order();
    expect(again).toMatchObject({ status: 201 });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
  });

  it('forgets whom sales were for, and no other does', LONG, async () => {
    const line = { msisdn: '0684587587' };
    const [tried, sold] = [
      (await sell('sandbox', 'msisdn', line)).body.id,
      (await sell('live', 'msisdn', line)).body.id,
    ];
    await wait(32);
    const later = (await sell('sandbox', 'msisdn', line)).body.id;
    await vi.waitFor(async () => expect(await read('sandbox', tried)).toMatchObject({ parameters: {} }), PATIENCE);
    expect(await read('sandbox', later)).toMatchObject({ parameters: { msisdn: '+33684587587' } });
    expect(await read('live', sold)).toMatchObject({ parameters: { msisdn: '+33684587587' } });
    await wait(20);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(await read('sandbox', later)).toMatchObject({ parameters: { msisdn: '+33684587587' } });
    await wait(12);
    await vi.waitFor(async () => expect(await read('sandbox', later)).toMatchObject({ parameters: {} }), PATIENCE);
    expect(await read('live', sold)).toMatchObject({ parameters: { msisdn: '+33684587587' } });
  });

  it('is shown and put forward from the command line', LONG, async () => {
    const { client_id: clientId, client_secret: clientSecret } = world.demo.sandbox;
    const cli = await CommandLine.create(environment(`${server.baseUrl}${BASES.sandbox}`, { clientId, clientSecret }));
    try {
      expect(await cli.json('clock')).toMatchObject({ exit: 0, values: [{ ahead_s }] });
      ahead_s += DAY_S;
      expect(await cli.json('clock', '1d')).toMatchObject({ exit: 0, values: [{ ahead_s }] });
      ahead_s += 36 * 3_600;
      const moved = await cli.run('clock', '36h');
      expect(moved.stdout).toMatch(new RegExp(`^clock\t\\S+Z\nahead_s\t${ahead_s}\n$`));
      expect(moved.stderr).toMatch(/^Put forward by 1d 12h\. /);
      const past = await cli.run('clock', '2026-01-31');
      expect(past).toMatchObject({ exit: 2, stderr: expect.stringContaining('goes forward only') });
      expect(await cli.run('clock', 'tomorrow')).toMatchObject({ exit: 2 });
    } finally {
      await cli.remove();
    }
  });
});
