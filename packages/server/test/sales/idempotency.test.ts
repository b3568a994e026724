import { randomUUID } from 'node:crypto';
import type { TopupResult, TravelB2B } from '@opentopup/client';
import { OPERATIONS, type Operation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ON_EACH_SHARD } from '../../src/database/shards.ts';
import { idleAgentToken, isForAgents } from '../agents/idle-agent.ts';
import { signInAs } from '../support/browser.ts';
import { distributorClient, stockChange } from '../support/caller.ts';
import { exampleRequest } from '../support/example-request.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const ORDERS = '/distributors/transactions';
const FRENCH = '+33 6 84 58 75 87';

describe.each(STORAGE_ENGINES)('a sale with an Idempotency-Key on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let wire: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = distributorClient(server, world.demo);
    wire = await rawSignIn(server, world.demo);
  });
  afterAll(() => world.remove());

  /** The client's reference is the key; it does not look it up, so it is the server that keeps from selling twice. */
  const sell = (reference: string, msisdn: string, kind = 'msisdn', by = shop): Promise<TopupResult> =>
    by.topups.create({ offer_id: world.offer(kind), reference, parameters: { msisdn } }, { isNew: true });
  /** All that a result says, without what is a function. */
  const said = (result: TopupResult): object => JSON.parse(JSON.stringify(result)) as object;

  it('is made once, and its outcome told again, by each program of the distributor', async () => {
    const key = randomUUID();
    const change = await stockChange(shop, world.offer('msisdn'), async () => {
      const first = await sell(key, FRENCH);
      expect(first).toMatchObject({ status: 'ok', reference: key });
      expect(said(await sell(key, FRENCH))).toEqual(said(first));
      expect(said(await sell(key, FRENCH, 'msisdn', distributorClient(server, world.demo)))).toEqual(said(first));
    });
    expect(change).toBe(-1);
  });

  it('is made once when twenty programs order at the same time', async () => {
    const key = randomUUID();
    const programs = Array.from({ length: 20 }, () => distributorClient(server, world.demo));
    const change = await stockChange(shop, world.offer('msisdn'), async () => {
      const sales = await Promise.all(programs.map((each) => sell(key, FRENCH, 'msisdn', each)));
      expect(new Set(sales.map((sale) => JSON.stringify(sale))).size).toBe(1);
      expect(sales[0]).toMatchObject({ status: 'ok' });
    });
    expect(change).toBe(-1);
  });

  it('waits for the first answer while the supplier is still at work', async () => {
    const key = randomUUID();
    const programs = [shop, distributorClient(server, world.demo)];
    const [first, second] = await Promise.all(programs.map((each) => sell(key, '0684587006', 'msisdn', each)));
    expect(first).toMatchObject({ status: 'ok' });
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
  });

  it.each([
    ['002', { status: 'refused', reason: 'line_barred' }],
    ['009', { status: 'pending' }],
  ])('that came to something else (%s) says so again, and does not try again', async (digits, outcome) => {
    const key = randomUUID();
    const first = await sell(key, `0684587${digits}`);
    expect(first).toMatchObject(outcome);
    expect(said(await sell(key, `0684587${digits}`))).toEqual(said(first));
  });

  it('used for another order is refused, and nothing is done', async () => {
    const key = randomUUID();
    await sell(key, FRENCH);
    const change = await stockChange(shop, world.offer('msisdn'), async () => {
      const other = await sell(key, '0684587588');
      expect(other).toMatchObject({ status: 'refused', reason: 'idempotency_conflict' });
      const order = { offer_id: world.offer('msisdn'), parameters: { msisdn: '0684587588' } };
      const raw = await wire.post(ORDERS, order, { 'idempotency-key': key });
      expect([raw.status, raw.body.reason]).toEqual([422, 'idempotency_conflict']);
    });
    expect(change).toBe(0);
  });

  it('refused before anything was held can be used again', async () => {
    const key = randomUUID();
    expect(await sell(key, FRENCH, 'empty')).toMatchObject({ status: 'refused', reason: 'bucket_empty' });
    expect(await sell(key, FRENCH)).toMatchObject({ status: 'ok' });
  });

  it('belongs to its distributor: the same key of another one is another key', async () => {
    const key = randomUUID();
    expect(await sell(key, FRENCH)).toMatchObject({ status: 'ok' });
    const stolen = await sell(key, FRENCH, 'msisdn', distributorClient(server, world.demo.other));
    expect(stolen).toMatchObject({ status: 'refused', reason: 'invalid_offer_id' });
  });

  it('is answered on the wire as it was at first, and the header says so', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const offerId = world.offer('msisdn');
    const change = await stockChange(shop, offerId, async () => {
      const first = await wire.sell(offerId, { msisdn: FRENCH }, key);
      const again = await wire.sell(offerId, { msisdn: FRENCH }, key);
      const quoted = await wire.sell(offerId, { msisdn: FRENCH }, { 'idempotency-key': `"${key['idempotency-key']}"` });
      expect([first.status, again.status]).toEqual([201, 201]);
      expect([again.body, quoted.body]).toEqual([first.body, first.body]);
      expect(first.headers.get('idempotent-replayed')).toBeNull();
      expect(again.headers.get('idempotent-replayed')).toBe('true');
    });
    expect(change).toBe(-1);
  });

  it('that failed or is pending says so on the wire again, and does not try again', async () => {
    for (const digits of ['002', '009']) {
      const key = { 'idempotency-key': randomUUID() };
      const first = await wire.sell(world.offer('msisdn'), { msisdn: `0684587${digits}` }, key);
      const again = await wire.sell(world.offer('msisdn'), { msisdn: `0684587${digits}` }, key);
      expect(again.status).toBe(first.status);
      expect({ ...again.body, request_id: '' }).toEqual({ ...first.body, request_id: '' });
      expect(again.headers.get('idempotent-replayed')).toBe('true');
    }
  });

  it.each(['', 'é', 'a b', 'x'.repeat(256), '"open'])('that is malformed is refused: %s', async (key) => {
    const header = { 'idempotency-key': Buffer.from(key).toString('latin1') };
    const { status, body } = await wire.sell(world.offer('msisdn'), { msisdn: FRENCH }, header);
    expect([status, body.code, body.reason]).toEqual([400, 26, 'invalid_header']);
  });

  it('whose day is over while its sale is pending still counts: nothing is held or sent again', async () => {
    const [open, done] = [randomUUID(), randomUUID()];
    const [pending, sold] = [await sell(open, '0684587009'), await sell(done, FRENCH)];
    expect([pending, sold]).toMatchObject([{ status: 'pending' }, { status: 'ok' }]);
    expect(await server.stop()).toBe(0);
    const db = await world.openDb();
    await db.query(`${ON_EACH_SHARD}UPDATE idempotency_keys SET expires_at = expires_at - interval '2 days'`);
    await db.close();
    server = await world.start();
    shop = distributorClient(server, world.demo);

    const change = await stockChange(shop, world.offer('msisdn'), async () => {
      expect(said(await sell(open, '0684587009'))).toEqual(said(pending));
      const conflict = await sell(open, FRENCH);
      expect(conflict).toMatchObject({ status: 'refused', reason: 'idempotency_conflict' });
    });
    expect(change).toBe(0);
    const again = await sell(done, FRENCH);
    expect(again).toMatchObject({ status: 'ok' });
    expect(said(again)).not.toEqual(said(sold));
  });

  it('is answered the same after a restart', async () => {
    const key = randomUUID();
    const first = await sell(key, FRENCH);
    expect(await server.stop()).toBe(0);
    server = await world.start();
    shop = distributorClient(server, world.demo);
    expect(said(await sell(key, FRENCH))).toEqual(said(first));
    // The token of before counts as well.
    const order = { offer_id: world.offer('msisdn'), user_id: key, parameters: { msisdn: FRENCH } };
    const again = await rawCallerWith(server, wire.token).post(ORDERS, order, { 'idempotency-key': key });
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  });
});

describe('an Idempotency-Key on another call that makes something', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let proofs: Partial<Record<Operation['access'] | 'agent', Record<string, string>>>;

  beforeAll(async () => {
    world = await createWorld('pglite');
    server = await world.start();
    const { token } = await rawSignIn(server, world.demo);
    const person = await signInAs(server, world.demo.console.viewer);
    proofs = {
      agent: { authorization: `Bearer ${await idleAgentToken(server, world)}` },
      distributor: { authorization: `Bearer ${token}` },
      operator: { authorization: `Bearer ${world.demo.admin_token}` },
      account: { cookie: person.cookies(), 'X-OpenTopup-Console': '1' },
    };
  });
  afterAll(() => world.remove());

  const others = OPERATIONS.filter(({ id, extension, access, method }) => {
    return method === 'POST' && extension && id !== 'createTransaction' && access !== 'public' && access !== 'supplier';
  });

  it.each(others.map((each) => [each.id, isForAgents(each) ? 'agent' : each.access] as const))(
    'is refused in words, not passed over in silence: %s',
    async (id, caller) => {
      const { method, path, headers, body } = exampleRequest(id);
      const answer = await fetch(server.baseUrl + path, {
        method,
        headers: { ...headers, ...proofs[caller], 'Idempotency-Key': 'once' },
        ...(body !== undefined && { body }),
      });
      expect(await answer.json()).toMatchObject({
        reason: 'invalid_header',
        description: expect.stringMatching(/^invalid Idempotency-Key header: only an order keeps one/),
      });
    },
  );
});
