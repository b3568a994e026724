import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { drainQueue } from '../../src/sales/parking/drain-queue.ts';
import type { Answer } from '../support/answer.ts';
import { contextOn } from '../support/context.ts';
import { proveLedger } from '../support/ledger.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const MINUTE_MS = 60_000;
const LONG = { tags: 'long' };
/** What a crowd asks for, in the long form. */
const CROWD = 60;

let lines = 0;
/** A number that nobody has used yet, and that the simulator recharges. */
const newLine = (): string => `06845${10_100 + ++lines}`;
const soon = (ms = 10 * MINUTE_MS): string => new Date(Date.now() + ms).toISOString();

describe.each(STORAGE_ENGINES)('an order that is parked, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let mails: MailServer;
  let shop: RawCaller;
  let operator: RawCaller;
  let offer: string;

  const start = async (): Promise<void> => {
    server = await world.start({ SMTP_URL: mails.url, MAIL_FROM: 'shop@topup.example' });
    shop = rawCallerWith(server, shop?.token ?? (await rawSignIn(server, world.demo)).token);
    operator = rawCallerWith(server, world.demo.admin_token);
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    mails = await startMailServer();
    offer = world.offer('empty');
    await start();
  });
  afterAll(async () => {
    await world?.remove();
    await mails?.stop();
  });

  const sell = (more: object = {}, headers?: Record<string, string>): Promise<Answer> =>
    shop.post('/distributors/transactions', { offer_id: offer, parameters: { msisdn: newLine() }, ...more }, headers);
  const park = (more: object = {}, headers?: Record<string, string>): Promise<Answer> =>
    sell({ on_empty: 'park', park_until: soon(), ...more }, headers);
  const read = async (id: string) => (await shop.get(`/distributors/transactions/${id}`)).body;
  const order = async (id: string) => (await shop.get(`/v1/parked-orders/${id}`)).body;
  const cancel = (id: string): Promise<Answer> => shop.post(`/v1/parked-orders/${id}/cancellation`, {});
  const stock = async () => (await shop.get(`/v1/offers/${offer}/stock`)).body;
  const grant = (units: number): Promise<Answer> =>
    operator.post(`/admin/v1/offers/${offer}/grants`, { units, reference: randomUUID(), justification: 'Refill' });
  const until = async (id: string, status: string) =>
    vi.waitFor(async () => {
      const now = await order(id);
      expect(now).toMatchObject({ status });
      return now;
    }, PATIENCE);
  const eventsOf = async (id: string): Promise<string[]> =>
    (await shop.get('/v1/events?order=newest&limit=500')).body
      .filter(({ data }: { data: { id: string } }) => data.id === id)
      .map(({ type }: { type: string }) => type)
      .toReversed();

  /** An event may be seen some moments after what it tells of. */
  const told = (id: string, ...types: string[]): Promise<void> =>
    vi.waitFor(async () => expect(await eventsOf(id)).toEqual(types), PATIENCE);

  it('holds nothing, and is sold in the order in which it came, before new orders', async () => {
    const parked = await Promise.all([park(), park()]);
    expect(parked).toMatchObject([
      { status: 201, body: { status: 'created' } },
      { status: 201, body: { status: 'created' } },
    ]);
    const third = await park({ user_id: 'till 3' });
    expect(await read(third.body.id)).toEqual(third.body);
    expect(await stock()).toMatchObject({ available: 0, held: 0, parked: 3 });
    // As its distributor sees them, so does the operator; of all.
    const own = (await shop.get('/v1/parked-orders?status=waiting')).body;
    expect(own.map(({ place }: { place: number }) => place)).toEqual([3, 2, 1]);
    const all = (await operator.get('/admin/v1/parked-orders?status=waiting')).body;
    expect(all).toMatchObject(own);
    expect(all[0]).toMatchObject({ id: third.body.id, distributor_name: expect.any(String) });
    expect((await operator.get(`/admin/v1/parked-orders?distributor=${randomUUID()}`)).body).toEqual([]);
    expect((await shop.get('/v1/overview')).body.waiting).toMatchObject({ parked_orders: 3 });
    expect(await sell()).toMatchObject({ status: 400, body: { reason: 'bucket_empty' } });

    await grant(2);
    // As long as others wait for these units, a new order gets none of them.
    expect(await sell()).toMatchObject({ status: 400, body: { reason: 'bucket_empty' } });
    for (const { body } of parked) {
      const { transaction_id } = await until(body.id, 'sold');
      expect(transaction_id).not.toBe(body.id);
      await vi.waitFor(async () => expect(await read(transaction_id)).toMatchObject({ status: 'ok' }), PATIENCE);
      expect(await read(body.id)).toEqual({ ...(await read(transaction_id)), parked_order_id: body.id });
      await told(body.id, 'order.parked', 'order.sold');
      await told(transaction_id, 'transaction.completed');
    }
    expect(await stock()).toMatchObject({ available: 0, held: 0, parked: 1 });
    expect(await order(third.body.id)).toMatchObject({ status: 'waiting', user_id: 'till 3', place: 1 });
    expect((await cancel(third.body.id)).status).toBe(201);
  });

  it('ends as refused at its deadline, and is told of once', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const wish = {
      parameters: { msisdn: newLine() },
      on_empty: 'park',
      park_until: soon(4_000),
      notify: { email: `${key['Idempotency-Key']}@customer.example` },
    };
    const first = await sell(wish, key);
    const again = await sell(wish, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const { id } = first.body;
    await until(id, 'refused');
    expect(await read(id)).toMatchObject({ id, status: 'ko', reason: 'bucket_empty' });
    expect(await sell(wish, key)).toMatchObject({ status: 400, body: { reason: 'bucket_empty', transaction_id: id } });
    await told(id, 'order.parked', 'order.refused');
    const mailed = () => mails.mails.filter(({ text }) => text.includes('sold out'));
    await vi.waitFor(() => expect(mailed()).toHaveLength(1), PATIENCE);
    expect(await stock()).toMatchObject({ parked: 0 });
    // Its time is over: the same order is refused at once.
    expect(await sell(wish)).toMatchObject({ status: 400, body: { reason: 'bucket_empty' } });
  });

  it.each<[object, string]>([
    [{ on_empty: 'wait' }, 'on_empty'],
    [{ on_empty: 'park' }, 'park_until'],
    [{ on_empty: 'park', park_until: 'tomorrow' }, 'park_until'],
    [{ on_empty: 'park', park_until: 5 }, 'park_until'],
    [{ on_empty: 'park', park_until: soon(8 * 24 * 60 * MINUTE_MS) }, 'park_until'],
  ])('is not asked for by %j', LONG, async (wish, field) => {
    const { status, body } = await sell(wish);
    expect([status, body.reason, body.description]).toEqual([
      400,
      'invalid_body_field',
      expect.stringContaining(`invalid ${field} parameter in body`),
    ]);
  });

  it('is cancelled once, and neither sold nor cancelled after that', LONG, async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const wish = { parameters: { msisdn: newLine() }, park_until: soon() };
    const { id } = (await park(wish, key)).body;
    const answers = await Promise.all(Array.from({ length: 3 }, () => cancel(id)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201]);
    expect(await park(wish, key)).toMatchObject({ status: 400, body: { reason: 'order_cancelled' } });
    expect(await park({ ...wish, park_until: soon(20 * MINUTE_MS) }, key)).toMatchObject({ status: 422 });
    await grant(1);
    expect((await sell()).body).toMatchObject({ status: 'ok' });
    await told(id, 'order.parked', 'order.cancelled');

    const next = (await park()).body;
    await grant(1);
    await until(next.id, 'sold');
    expect(await cancel(next.id)).toMatchObject({ status: 409, body: { reason: 'already_decided' } });
    expect(await cancel(randomUUID())).toMatchObject({ status: 404 });
  });

  it('waits while its distributor is suspended', LONG, async () => {
    const { id } = (await park()).body;
    const { distributor_id } = (await operator.get(`/admin/v1/offers/${offer}`)).body;
    const become = (status: string) => operator.patch(`/admin/v1/distributors/${distributor_id}`, { status });
    await become('suspended');
    await grant(1);
    await sleep(2_000);
    const active_at = new Date().toISOString();
    await become('active');
    await vi.waitFor(async () => expect((await shop.get('/v1/parked-orders')).status).toBe(200), PATIENCE);
    const { status, end_date } = await order(id);
    // It may have been sold since.
    expect(status === 'waiting' || end_date >= active_at).toBe(true);
    await until(id, 'sold');
  });

  it('ends at its turn where its time is over, and keeps nobody busy until then', LONG, async () => {
    const { id } = (await park()).body;
    await server.stop();
    const db = await world.openDb();
    const [queue] = await db.query<{ distributor_id: string; offer_id: string }>(
      `UPDATE parked_orders SET park_until = now() WHERE id = $1 RETURNING distributor_id, offer_id`,
      [id],
    );
    if (!queue) throw new Error('it is not there');
    await drainQueue(contextOn(db), queue, new Set(), AbortSignal.timeout(2_000));
    await db.close();
    await start();
    expect(await order(id)).toMatchObject({ status: 'refused', reason: 'bucket_empty' });
  });

  it('is not sold once its distributor is suspended, whoever was about to', LONG, async () => {
    const { id } = (await park()).body;
    await server.stop();
    const db = await world.openDb();
    const [queue] = await db.query<{ distributor_id: string; offer_id: string }>(
      `WITH suspended AS (UPDATE distributors d SET status = 'suspended' FROM parked_orders p
                          WHERE p.id = $1 AND d.id = p.distributor_id)
       SELECT distributor_id, offer_id FROM parked_orders WHERE id = $1`,
      [id],
    );
    if (!queue) throw new Error('it is not there');
    const refill = {
      offer_id: offer,
      kind: 'grant',
      units: 1,
      reference: randomUUID(),
      justification: 'Test',
    } as const;
    await db.transaction((tx) => bookUnits(tx, refill, new Date(), Number.MAX_SAFE_INTEGER));
    await drainQueue(contextOn(db), queue, new Set(), AbortSignal.timeout(2_000));
    expect(await db.query('SELECT status FROM parked_orders WHERE id = $1', [id])).toEqual([{ status: 'waiting' }]);
    await db.query(`UPDATE distributors SET status = 'active' WHERE id = $1`, [queue.distributor_id]);
    await db.close();
    await start();
    await until(id, 'sold');
  });

  it('is of its distributor alone', LONG, async () => {
    const { id } = (await park()).body;
    const other = await rawSignIn(server, world.demo.other);
    for (const path of [`/distributors/transactions/${id}`, `/v1/parked-orders/${id}`]) {
      expect(await other.get(path)).toMatchObject({ status: 404 });
    }
    expect(await other.post(`/v1/parked-orders/${id}/cancellation`, {})).toMatchObject({ status: 404 });
    expect((await other.get('/v1/parked-orders')).body).toEqual([]);
    expect((await shop.get('/v1/parked-orders?status=waiting')).body).toMatchObject([{ id }]);
    await cancel(id);
  });

  it('is sold to one customer once, whoever repeats it meanwhile', LONG, async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const wish = { parameters: { msisdn: newLine() }, park_until: soon() };
    const answers = await Promise.all(Array.from({ length: 20 }, () => park(wish, key)));
    const ids = new Set(answers.map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    const [id] = ids;
    expect(await stock()).toMatchObject({ parked: 1 });
    const granted = grant(3);
    const meanwhile = await Promise.all(Array.from({ length: 20 }, () => park(wish, key)));
    await granted;
    const { transaction_id } = await until(id, 'sold');
    for (const { status, body } of meanwhile)
      expect([status, [id, transaction_id]]).toEqual([201, expect.arrayContaining([body.id])]);
    await vi.waitFor(
      async () => expect((await park(wish, key)).body).toMatchObject({ id: transaction_id, status: 'ok' }),
      PATIENCE,
    );
    await vi.waitFor(async () => expect(await stock()).toMatchObject({ available: 2, held: 0, parked: 0 }), PATIENCE);
    await Promise.all([sell(), sell()]);
  });

  it('costs at most what it was told, and meets the guards as any other when it is sold', LONG, async () => {
    const line = newLine();
    await shop.patch('/v1/settings', { repeat_guard_minutes: 10 });
    const both = [await park({ parameters: { msisdn: line } }), await park({ parameters: { msisdn: line } })];
    const dear = await park();
    await grant(2);
    await until(both[0]?.body.id, 'sold');
    expect(await until(both[1]?.body.id, 'refused')).toMatchObject({ reason: 'recently_recharged' });
    await until(dear.body.id, 'sold');
    await shop.patch('/v1/settings', { repeat_guard_minutes: null });

    const [at, above] = [await park(), await park({ max_price: 1_000 })];
    const { resell_value } = at.body;
    const raise = (value: number) => operator.patch(`/admin/v1/offers/${offer}`, { resell_value: value });
    expect((await raise(resell_value + 1)).status).toBe(200);
    await grant(1);
    expect(await until(at.body.id, 'refused')).toMatchObject({ reason: 'price_changed' });
    const { transaction_id } = await until(above.body.id, 'sold');
    expect(await read(transaction_id)).toMatchObject({ resell_value: resell_value + 1 });
    await raise(resell_value);
  });

  it('gets what failed sales give back', LONG, async () => {
    await grant(1);
    // The simulator bars this line after a while.
    const failing = sell({ parameters: { msisdn: '0684587002' } });
    const waiting = await vi.waitFor(async () => {
      const { body } = await park();
      expect(['created', 'ok']).toContain(body.status);
      return body;
    }, PATIENCE);
    expect(await failing).toMatchObject({ status: 400 });
    if (waiting.status === 'created') await until(waiting.id, 'sold');
    await vi.waitFor(async () => expect(await stock()).toMatchObject({ held: 0, parked: 0 }), PATIENCE);
  });

  it('is sold or waits, once, through processes that are killed and units that come and go', LONG, async () => {
    const parked: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const crowd = Array.from({ length: CROWD }, (_, i) => (i % 3 === 0 ? sell() : park()));
      const granting = grant(CROWD / 3);
      const answers = await Promise.all(crowd);
      await granting;
      parked.push(...answers.flatMap(({ body }) => (body.status === 'created' ? [body.id as string] : [])));
      await server.kill();
      await start();
    }
    const queue = (await shop.get('/v1/parked-orders?status=waiting&limit=1000')).body.map(
      ({ id }: { id: string }) => id,
    );
    expect(queue.length).toBeGreaterThan(CROWD);
    await grant(queue.length + 1);
    for (const id of parked) await until(id, 'sold');
    await vi.waitFor(async () => expect(await stock()).toMatchObject({ held: 0, parked: 0 }), {
      timeout: 120_000,
      interval: 500,
    });
    await server.stop();
    const db = await world.openDb();
    await proveLedger(db, offer);
    const [twice] = await db.query<{ n: number }>(
      `SELECT count(*) - count(DISTINCT transaction_id) AS n FROM parked_orders WHERE status = 'sold'`,
    );
    // Who came first was held first.
    const [late] = await db.query<{ n: number }>(
      `SELECT count(*) AS n FROM (SELECT ended_at < lag(ended_at) OVER (ORDER BY id) AS is_late
         FROM parked_orders WHERE id = ANY($1)) o WHERE is_late`,
      [queue],
    );
    await db.close();
    expect([twice?.n, late?.n]).toEqual([0, 0]);
    await start();
  });
});
