import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Answer, type Caller, callerWith, signIn } from './support/caller.ts';
import { proveLedger } from './support/ledger.ts';
import { createWorld, ENGINES, type RunningServer, type World } from './support/server.ts';

const SALE = '/distributors/transactions';
const LINE = (ending: string): object => ({ msisdn: `0684587${ending}` });

/** How a transaction stands once it is not pending any more. */
const finalOf = (shop: Caller, id: string): Promise<Answer['body']> =>
  vi.waitFor(
    async () => {
      const { body } = await shop.get(`${SALE}/${id}`);
      expect(body.status).not.toBe('pending');
      return body;
    },
    { timeout: 30_000, interval: 200 },
  );

describe.each(ENGINES)('a sale without an answer on %s', (engine) => {
  let world: World;
  let server: RunningServer;
  let shop: Caller;
  let offerId: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = await signIn(server, world.demo);
    offerId = world.offer('msisdn');
  });
  afterAll(() => world.remove());

  it('that was delivered is sold as soon as the supplier says so, and its key then answers ok', async () => {
    const before = await shop.stock(offerId);
    const key = { 'idempotency-key': 'late-ok' };
    const sale = await shop.sell(offerId, LINE('007'), key);
    expect(sale).toMatchObject({ status: 201, body: { status: 'pending' } });
    expect(await finalOf(shop, sale.body.id)).toMatchObject({ status: 'ok' });
    expect(await shop.stock(offerId)).toBe(before - 1);
    expect(await shop.sell(offerId, LINE('007'), key)).toMatchObject({
      status: 201,
      body: { status: 'ok', id: sale.body.id },
    });
  });

  it('that was not delivered gives its unit back once the supplier can be sure', async () => {
    const before = await shop.stock(offerId);
    const key = { 'idempotency-key': 'late-ko' };
    const sale = await shop.sell(offerId, LINE('008'), key);
    expect(sale).toMatchObject({ status: 201, body: { status: 'pending' } });
    expect(await shop.stock(offerId)).toBe(before - 1);
    expect(await finalOf(shop, sale.body.id)).toMatchObject({ status: 'ko', reason: 'supplier_unavailable' });
    expect(await shop.stock(offerId)).toBe(before);
    expect(await shop.sell(offerId, LINE('008'), key)).toMatchObject({
      status: 400,
      body: { reason: 'supplier_unavailable', transaction_id: sale.body.id },
    });
  });

  it('nor any proof stays pending, its unit held, and the ledger proves it', async () => {
    const before = await shop.stock(offerId);
    const sale = await shop.sell(offerId, LINE('009'));
    // One that is looked into later and ends shows that this one has been looked into as well.
    const other = await shop.sell(offerId, LINE('007'));
    await finalOf(shop, other.body.id);
    expect((await shop.get(`${SALE}/${sale.body.id}`)).body.status).toBe('pending');
    expect(await shop.stock(offerId)).toBe(before - 2);
  });

  it.each([
    ['ok', 201, { status: 'ok' }, -1],
    ['ko', 400, { reason: 'not_delivered', retryable: true }, 0],
    ['expired', 400, { reason: 'expired', retryable: false }, 0],
  ] as const)('nor any proof is ended as %s by a person, once, with a reason that is kept', async (...row) => {
    const [decision, status, answer, change] = row;
    const operator = callerWith(server, world.demo.admin_token);
    const before = await shop.stock(offerId);
    const key = { 'idempotency-key': `decided-${decision}` };
    const { body } = await shop.sell(offerId, LINE('009'), key);
    expect(body.status).toBe('pending');

    const url = `/admin/v1/transactions/${body.id}/resolutions`;
    const justification = 'The operator’s records; ticket 4711';
    expect((await operator.post(url, { status: decision })).body).toMatchObject({ code: 23, retryable: false });
    expect(await operator.post(url, { status: decision, justification })).toMatchObject({
      status: 201,
      body: { id: body.id, status: decision },
    });
    const opposite = { status: decision === 'ok' ? 'ko' : 'ok', justification };
    expect(await operator.post(url, opposite)).toMatchObject({ status: 409, body: { reason: 'already_final' } });
    expect(await operator.post(url, { status: decision, justification })).toMatchObject({ status: 409 });

    expect((await shop.get(`${SALE}/${body.id}`)).body.status).toBe(decision);
    expect(await shop.stock(offerId)).toBe(before + change);
    expect(await shop.sell(offerId, LINE('009'), key)).toMatchObject({ status, body: answer });
    const [entry] = (await operator.get(`/admin/v1/audit?subject=${body.id}`)).body;
    expect(entry).toMatchObject({
      actor: 'operator',
      action: 'transaction.resolved',
      details: { status: decision, justification },
    });
  });

  it('cannot be decided by a distributor, nor where there is no such transaction', async () => {
    const nobody = '/admin/v1/transactions/01890000-0000-7000-8000-000000000000/resolutions';
    const decision = { status: 'ok', justification: 'x' };
    expect((await shop.post(nobody, decision)).status).toBe(401);
    expect((await callerWith(server, world.demo.admin_token).post(nobody, decision)).status).toBe(404);
  });

  it('because its server was killed is settled by the next one', async () => {
    const slow = await (async () => {
      await server.stop();
      return world.start({ SIMULATOR_LATENCY_MS: '60000', SUPPLIER_DEADLINE_MS: '1000' });
    })();
    const first = await signIn(slow, world.demo);
    const before = await first.stock(offerId);
    const selling = ['587', '002', '008'].map((ending) => first.sell(offerId, LINE(ending)).catch(() => null));
    await vi.waitFor(async () => expect(await first.stock(offerId)).toBe(before - 3));
    await slow.kill();
    await Promise.all(selling);

    server = await world.start({ SUPPLIER_DEADLINE_MS: '1000' });
    shop = await signIn(server, world.demo);
    const [last] = (await shop.get(`${SALE}?limit=3`)).body as { id: string; status: string }[];
    expect(last?.status).toBe('pending');
    await vi.waitFor(
      async () => {
        const three = (await shop.get(`${SALE}?limit=3`)).body as { status: string }[];
        expect(three.map(({ status }) => status).toSorted()).toEqual(['ko', 'ko', 'ok']);
      },
      { timeout: 50_000, interval: 500 },
    );
    expect(await shop.stock(offerId)).toBe(before - 1);

    await server.stop();
    const db = await world.openDb();
    const sums = await proveLedger(db, offerId);
    await db.close();
    expect(sums).toMatchObject({ pending: 1, held: 1 });
  });
});

describe('two servers on one PostgreSQL', () => {
  it('finish the transactions of the one that was killed', async () => {
    const world = await createWorld('postgresql');
    onTestFinished(() => world.remove());
    const [dying, living] = await Promise.all([
      world.start({ SIMULATOR_LATENCY_MS: '60000', SUPPLIER_DEADLINE_MS: '1000' }),
      world.start({ SUPPLIER_DEADLINE_MS: '1000' }),
    ]);
    const [first, second] = await Promise.all([signIn(dying, world.demo), signIn(living, world.demo)]);
    const offerId = world.offer('msisdn');
    const before = await second.stock(offerId);
    const selling = Array.from({ length: 30 }, (_, i) => first.sell(offerId, LINE(String(100 + i))).catch(() => null));
    await vi.waitFor(async () => expect(await second.stock(offerId)).toBe(before - 30));
    await dying.kill();
    await Promise.all(selling);
    await vi.waitFor(
      async () => {
        const sales = (await second.get(`${SALE}?limit=30`)).body as { status: string }[];
        expect(sales.filter(({ status }) => status === 'ok')).toHaveLength(30);
      },
      { timeout: 50_000, interval: 500 },
    );
    await living.stop();
    const db = await world.openDb();
    const sums = await proveLedger(db, offerId);
    await db.close();
    expect(sums).toMatchObject({ held: 0, sold: 30 });
  });
});
