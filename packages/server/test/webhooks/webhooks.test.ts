import type { ServerResponse } from 'node:http';
import { verifyWebhook } from '@opentopup/client/webhooks';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSeal } from '../../src/secrets/seal.ts';
import { sealedForWebhook } from '../../src/webhooks/secret.ts';
import { type Answer, callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { HANG, type Received, type Receiver, startReceiver } from '../support/receiver.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const WEBHOOKS = '/v1/webhooks';
/** Pauses after which events are sent again; the third is longer than a test. */
const SCHEDULE = '1,1,1,600';

/** A webhook, as the public library of Standard Webhooks verifies it. */
const verified = (secret: string, { body, headers }: Received): unknown =>
  new StandardWebhook(secret).verify(body, headers);
const idsOf = (received: readonly Received[]): string[] => received.map(({ headers }) => headers['webhook-id'] ?? '');

describe.each(STORAGE_ENGINES)('webhooks on %s', (engine) => {
  /** For what starts servers again: a start of the embedded database takes seconds of processor. */
  const RESTARTED = engine === 'pglite' ? { tags: 'long' } : {};

  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  const receivers: Receiver[] = [];

  const start = async (schedule = SCHEDULE): Promise<void> => {
    server = await world.start({
      SEALING_KEY,
      WEBHOOK_ALLOW: '127.0.0.0/8',
      WEBHOOK_RETRY_SCHEDULE_S: schedule,
    });
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, world.demo.admin_token);
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    await start();
  });
  afterEach(async () => {
    for (const { id } of (await shop.get(WEBHOOKS)).body) await shop.delete(`${WEBHOOKS}/${id}`);
    await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
  });
  afterAll(() => world.remove());

  const sell = async (ending = '587'): Promise<{ id: string; change_date: string }> =>
    (await shop.sell(world.offer('msisdn'), { msisdn: `0684587${ending}` })).body;
  const listen = async (): Promise<Receiver> => {
    const receiver = await startReceiver();
    receivers.push(receiver);
    return receiver;
  };
  /** An endpoint, and the server behind it. */
  const add = async (events: string[] = [], receiver?: Receiver) => {
    const there = receiver ?? (await listen());
    const { status, body } = await shop.post(WEBHOOKS, { url: there.url, events });
    expect({ status, body }).toMatchObject({ status: 201 });
    return { ...there, id: body.id as string, secret: body.secret as string };
  };
  const deliveriesOf = async (id: string): Promise<any[]> => (await shop.get(`${WEBHOOKS}/${id}/deliveries`)).body;
  const until = (fact: () => Promise<void>): Promise<void> => vi.waitFor(fact, { timeout: 60_000, interval: 50 });

  it('are not paused for what their address before answers when they have another', async () => {
    const endpoint = await add(['transaction.completed']);
    const answers: (() => void)[] = [];
    endpoint.react(() => (response) => answers.push(() => response.writeHead(410).end()));
    await sell();
    await endpoint.waitFor(({ length }) => length === 1);
    const other = await listen();
    expect((await shop.patch(`${WEBHOOKS}/${endpoint.id}`, { url: other.url })).status).toBe(200);
    for (const answer of answers) answer();
    await other.waitFor(({ length }) => length === 1);
    expect((await shop.get(`${WEBHOOKS}/${endpoint.id}`)).body).toMatchObject({ status: 'active' });
    expect((await shop.get(`${WEBHOOKS}/${endpoint.id}`)).body).not.toHaveProperty('failing_since_date');
  });

  it('are sent again where that is asked while they are on their way', async () => {
    const endpoint = await add(['transaction.completed']);
    let answer = (): void => {};
    const holds = (response: ServerResponse): void => {
      answer = () => response.writeHead(503).end();
    };
    endpoint.react(() => (endpoint.received.length < 2 ? 503 : holds));
    await sell();
    await endpoint.waitFor(({ length }) => length === 2);
    const [id] = idsOf(endpoint.received);
    expect((await shop.post(`${WEBHOOKS}/${endpoint.id}/deliveries/${id}/resends`, {})).status).toBeLessThan(300);
    endpoint.react(() => 204);
    answer();
    await until(async () => {
      expect(await deliveriesOf(endpoint.id)).toMatchObject([{ event_id: id, status: 'delivered', attempts: 1 }]);
    });
  });

  it('tell of a sale what its answer told, signed as the public library and our client verify it', async () => {
    const endpoint = await add(['transaction.completed']);
    const sold = await sell();
    await endpoint.waitFor(({ length }) => length === 1);
    const [came] = endpoint.received as [Received];
    expect(verified(endpoint.secret, came)).toEqual({
      id: came.headers['webhook-id'],
      type: 'transaction.completed',
      version: 1,
      created: sold.change_date,
      data: sold,
    });
    expect(await verifyWebhook(came.body, came.headers, endpoint.secret)).toMatchObject({ event: came.event });
    expect(() => verified(endpoint.secret, { ...came, body: came.body.replace('ok', 'ko') })).toThrow(
      'No matching signature',
    );
    await until(async () => {
      expect(await deliveriesOf(endpoint.id)).toMatchObject([
        { event_id: came.event.id, status: 'delivered', attempts: 1, response_status: 204 },
      ]);
    });
  });

  it('tell an endpoint of the types that it wants, and of a test', async () => {
    const [stock, all] = [await add(['stock.granted']), await add()];
    const refill = { units: 5, reference: `PO-${engine}`, justification: 'More' };
    await sell('002');
    await operator.post(`/admin/v1/offers/${world.offer('small')}/grants`, refill);
    const test = await shop.post(`${WEBHOOKS}/${stock.id}/tests`, {});
    expect(test).toMatchObject({ status: 201, body: { status: 'pending', type: 'webhook.test' } });
    await stock.waitFor(({ length }) => length === 2);
    await all.waitFor(({ length }) => length === 2);
    expect(stock.of('stock.granted')[0]?.event.data).toMatchObject({ units: 5, reference: `PO-${engine}` });
    expect(stock.of('webhook.test')[0]?.event).toMatchObject({ id: test.body.event_id });
    expect(all.received.map(({ event }) => String(event.type)).toSorted()).toEqual([
      'stock.granted',
      'transaction.failed',
    ]);
  });

  it('tell of a transaction in order, however often the first word has to be sent', async () => {
    const endpoint = await add();
    const isFirst = (): boolean => endpoint.of('transaction.pending').length < 2;
    endpoint.react(({ event }) => (event.type === 'transaction.pending' && isFirst() ? 500 : 200));
    const { id } = await sell('010');
    const other = await sell();
    await endpoint.waitFor(() => endpoint.of('transaction.resolved').length === 1);
    const [first, ...more] = endpoint.received.filter(({ event }) => event.data.id === id);
    expect(more.map(({ event }) => event.type)).toEqual(['transaction.pending', 'transaction.resolved']);
    expect(more[1]?.event.data).toMatchObject({ id, status: 'ok' });
    expect(first?.event).toEqual(more[0]?.event);
    expect(endpoint.of('transaction.completed').map(({ event }) => event.data.id)).toEqual([other.id]);
  });

  it('reach one endpoint at once while others hang, fail, redirect or do not listen', async () => {
    const [good, hanging, failing, redirecting, elsewhere] = [
      await add(),
      await add(),
      await add(),
      await add(),
      await listen(),
    ];
    const closed = await add();
    hanging.react(() => HANG);
    failing.react(() => (response) => response.writeHead(500).end('x'.repeat(100_000)));
    redirecting.react(() => (response) => response.writeHead(307, { location: elsewhere.url }).end());
    await closed.stop();
    for (let n = 0; n < 5; n++) {
      const { id } = await sell();
      const begun_ms = performance.now();
      await good.waitFor((received) => received.some(({ event }) => event.data.id === id));
      // Sooner than the hanging one is given up.
      expect(performance.now() - begun_ms).toBeLessThan(14_000);
    }
    await hanging.waitFor(({ length }) => length > 0);
    await until(async () => {
      expect((await deliveriesOf(failing.id)).at(-1)).toMatchObject({
        status: 'pending',
        response_status: 500,
        response_text: 'x'.repeat(500),
      });
      expect((await deliveriesOf(redirecting.id)).at(-1)).toMatchObject({ response_status: 307 });
      expect((await deliveriesOf(closed.id)).at(-1)).toMatchObject({ status: 'pending', error: 'ECONNREFUSED' });
    });
    expect(elsewhere.received).toEqual([]);
    expect((await shop.get(`${WEBHOOKS}/${failing.id}`)).body).toMatchObject({
      status: 'active',
      failing_since_date: expect.any(String),
    });
  });

  it('reach an endpoint that was down once it is back, with the same ids', async () => {
    const endpoint = await add();
    endpoint.react(() => 503);
    const sales = [await sell(), await sell(), await sell()];
    await endpoint.waitFor(({ length }) => length >= 3);
    const failed = new Set(idsOf(endpoint.received));
    endpoint.react(() => 204);
    const before = endpoint.received.length;
    await endpoint.waitFor(() => new Set(idsOf(endpoint.received.slice(before))).size === sales.length);
    const came = endpoint.received.slice(before);
    expect(came.map(({ event }) => String(event.data.id)).toSorted()).toEqual(sales.map(({ id }) => id).toSorted());
    expect([...failed].filter((id) => !idsOf(came).includes(id))).toEqual([]);
    await until(async () => {
      expect((await shop.get(`${WEBHOOKS}/${endpoint.id}`)).body).not.toHaveProperty('failing_since_date');
    });
  });

  it('are signed with both secrets for a while after a rotation, then with the new one', async () => {
    const endpoint = await add(['transaction.completed']);
    const next = (await shop.post(`${WEBHOOKS}/${endpoint.id}/rotations`, { overlap_s: 3_600 })).body.secret;
    await sell();
    await endpoint.waitFor(({ length }) => length === 1);
    const [both] = endpoint.received as [Received];
    expect([verified(endpoint.secret, both), verified(next, both)]).toEqual([both.event, both.event]);
    const last = (await shop.post(`${WEBHOOKS}/${endpoint.id}/rotations`, { overlap_s: 0 })).body.secret;
    await sell();
    await endpoint.waitFor(({ length }) => length === 2);
    const one = endpoint.received[1] as Received;
    expect(verified(last, one)).toEqual(one.event);
    for (const old of [endpoint.secret, next]) expect(() => verified(old, one)).toThrow('No matching signature');
  });

  it('pause an endpoint whose secret was sealed under a lost key, until it has another', RESTARTED, async () => {
    const witness = await add(['webhook.paused']);
    const endpoint = await add(['transaction.completed']);
    const sealed = createSeal(Buffer.alloc(32, 8)).close(endpoint.secret, sealedForWebhook(endpoint.id));
    await server.stop();
    const db = await world.openDb();
    await db.query('UPDATE webhooks SET secret = $2 WHERE id = $1', [endpoint.id, sealed]);
    await db.close();
    await start();
    const missed = await sell();
    await witness.waitFor(({ length }) => length === 1);
    expect(witness.received[0]?.event.data).toMatchObject({ id: endpoint.id, pause_reason: 'secret_lost' });
    expect(endpoint.received).toEqual([]);

    const { secret } = (await shop.post(`${WEBHOOKS}/${endpoint.id}/rotations`, {})).body;
    expect((await shop.patch(`${WEBHOOKS}/${endpoint.id}`, { status: 'active' })).status).toBe(200);
    await endpoint.waitFor(({ length }) => length === 1);
    const [told] = endpoint.received as [Received];
    expect(verified(secret, told)).toEqual(told.event);
    expect(told.event.data).toEqual(missed);
  });

  it('wait while their endpoint is paused, and end when it is deleted', async () => {
    const endpoint = await add(['transaction.completed']);
    const witness = await add(['transaction.completed']);
    const change = (status: string): Promise<Answer> => shop.patch(`${WEBHOOKS}/${endpoint.id}`, { status });
    expect((await change('paused')).body).toMatchObject({ status: 'paused', pause_reason: 'asked' });
    const missed = await sell();
    await witness.waitFor(({ length }) => length === 1);
    expect(endpoint.received).toEqual([]);
    expect((await change('active')).body).not.toHaveProperty('pause_reason');
    await endpoint.waitFor(({ length }) => length === 1);
    expect(endpoint.received[0]?.event.data).toEqual(missed);

    expect((await shop.delete(`${WEBHOOKS}/${endpoint.id}`)).status).toBe(200);
    expect((await shop.get(`${WEBHOOKS}/${endpoint.id}`)).status).toBe(404);
    // A round under way may still have taken up what came first; then there is no other.
    await sell();
    await witness.waitFor((received) => new Set(idsOf(received)).size === 2);
    const last = await sell();
    await witness.waitFor((received) => new Set(idsOf(received)).size === 3);
    expect(endpoint.received.map(({ event }) => event.data.id)).not.toContain(last.id);
  });

  it.each([
    ['https://10.0.0.7/hook', 'a public address is needed'],
    ['https://[::1]/hook', 'a public address is needed'],
    ['https://169.254.169.254/latest/meta-data', 'a public address is needed'],
    ['https://localhost/hook', 'a public address is needed'],
    ['https://user:secret@shop.example/hook', 'a name and password have no place in it'],
    ['ftp://shop.example/hook', 'an https URL is needed'],
    ['hook', 'it is no URL'],
  ])('are not sent to %s', async (url, why) => {
    const { status, body } = await shop.post(WEBHOOKS, { url });
    expect([status, body.reason]).toEqual([400, 'invalid_body_field']);
    expect(body.description).toContain(why);
  });

  it('go to no more than 20 endpoints of a distributor', async () => {
    const url = 'https://shop.example/hook';
    const answers = await Promise.all(
      Array.from({ length: 22 }, () => shop.post(WEBHOOKS, { url, events: ['stock.low'] })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ body }) => body.reason === 'too_many_webhooks')).toHaveLength(2);
  });

  it('are lost by no kill between the sale and its word: what comes twice has the same id', RESTARTED, async () => {
    const endpoint = await add(['transaction.completed']);
    const [first, ...others] = [await sell(), await sell(), await sell()];
    await endpoint.waitFor(({ length }) => length === 3);
    endpoint.react(() => HANG);
    const sold = await Promise.all(Array.from({ length: 20 }, () => sell()));
    await endpoint.waitFor(({ length }) => length > 3);
    sold.push(await sell());
    await server.kill();

    endpoint.react(() => 204);
    const before = endpoint.received.length;
    await start('1');
    const again = (): Received[] => endpoint.received.slice(before);
    await endpoint.waitFor(() => new Set(idsOf(again())).size >= sold.length);
    const all = [first, ...others, ...sold];
    const events = new Map(endpoint.received.map((each) => [each.event.data.id as string, new Set<string>()]));
    for (const { event, headers } of endpoint.received) events.get(event.data.id)?.add(headers['webhook-id'] ?? '');
    expect([...events.keys()].toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    expect([...events.values()].every(({ size }) => size === 1)).toBe(true);
    for (const { body, headers } of again()) new StandardWebhook(endpoint.secret).verify(body, headers);
  });

  // From here on, what fails twice is given up: the server was started so.
  it(
    'that are given up pause their endpoint, with notice, and can be sent again with one call',
    RESTARTED,
    async () => {
      const dead = await add(['transaction.completed']);
      const witness = await add(['webhook.paused']);
      dead.react(() => 500);
      const sold = await sell();
      await witness.waitFor(({ length }) => length === 1);
      expect(witness.received[0]?.event.data).toMatchObject({ id: dead.id, status: 'paused', pause_reason: 'failing' });
      const [delivery] = await deliveriesOf(dead.id);
      expect(delivery).toMatchObject({ status: 'dead', attempts: 2, response_status: 500 });
      expect((await shop.get(`${WEBHOOKS}/${dead.id}/deliveries?status=pending`)).body).toEqual([]);

      dead.react(() => 200);
      await shop.patch(`${WEBHOOKS}/${dead.id}`, { status: 'active' });
      const resent = await shop.post(`${WEBHOOKS}/${dead.id}/deliveries/${delivery.event_id}/resends`, {});
      expect(resent).toMatchObject({ status: 201, body: { status: 'pending', attempts: 0 } });
      await dead.waitFor(({ length }) => length === 3);
      expect(new Set(idsOf(dead.received))).toEqual(new Set([delivery.event_id]));
      expect(dead.received[2]?.event.data).toEqual(sold);
      await until(async () => {
        const { body } = await shop.get(`${WEBHOOKS}/${dead.id}/deliveries/${delivery.event_id}`);
        expect(body).toMatchObject({ status: 'delivered', attempts: 1 });
      });
    },
  );

  it('end at an endpoint that says it is gone', async () => {
    const endpoint = await add();
    endpoint.react(() => 410);
    await sell();
    await until(async () => {
      expect((await shop.get(`${WEBHOOKS}/${endpoint.id}`)).body).toMatchObject({
        status: 'paused',
        pause_reason: 'gone',
      });
    });
    expect(endpoint.received).toHaveLength(1);
  });

  it('leave no secret in the log, nor in the database', RESTARTED, async () => {
    const endpoint = await add(['transaction.completed']);
    await sell();
    await endpoint.waitFor(({ length }) => length === 1);
    expect(await server.stop()).toBe(0);
    const db = await world.openDb();
    const kept = JSON.stringify(await db.query('SELECT * FROM webhooks'));
    await db.close();
    const bare = endpoint.secret.slice('whsec_'.length);
    for (const text of [kept, server.output()]) expect(text.includes(bare)).toBe(false);
    expect(kept).toContain(endpoint.id);
    await start();
  });
});
