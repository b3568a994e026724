import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { CommandLine, environment } from '@opentopup/client/testing';
import { type ChaosEffect, ORDER_EFFECTS } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { startReceiver } from '../support/receiver.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';
import { made } from '../support/shop.ts';

const LONG = { tags: 'long' };
const BASE = '/travel-b2b-sandbox/v1';
const SALES = `${BASE}/distributors/transactions`;
const DELAY_MS = 700;
const PATIENCE = { timeout: 60_000, interval: 100 };

describe.each(STORAGE_ENGINES)('chaos in a sandbox, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let sandbox: RawCaller;
  let live: RawCaller;
  let client_id: string;
  let chaosOf: string;
  let offer_id: string | undefined;
  let line = 600_000_000;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.0/8' });
    sandbox = await rawSignIn(server, world.demo.sandbox);
    live = await rawSignIn(server, world.demo);
    ({ client_id } = world.demo.sandbox);
    chaosOf = `/v1/sandbox/chaos/${client_id}`;
    offer_id = world.demo.sandbox.offers.find(({ kind }) => kind === 'msisdn')?.id;
  });
  afterAll(() => world?.remove());

  /** A number of France that the simulator recharges at once. */
  const anyLine = (): string => {
    line += 1_000;
    return `+33${line + 587}`;
  };
  const order = (msisdn: string) => ({ offer_id, parameters: { msisdn } });
  const sell = (effect?: string, key: string = randomUUID(), msisdn = anyLine()): Promise<Answer> =>
    sandbox.post(SALES, order(msisdn), {
      'idempotency-key': key,
      ...(effect !== undefined && { 'x-sandbox-chaos': effect }),
    });
  const available = async (): Promise<number> =>
    (await sandbox.get(`${BASE}/distributors/offers/${offer_id}`)).body.bucket;
  const effects = async (): Promise<ChaosEffect[]> => (await sandbox.get('/v1/sandbox/chaos-effects')).body;

  it('one order meets what its header asks for, and the key tells afterwards what was sold', async () => {
    const before = await available();
    const key = randomUUID();
    const msisdn = anyLine();
    await expect(sell('cut_after', key, msisdn)).rejects.toThrow('fetch failed');
    const [cut] = await effects();
    expect(cut).toMatchObject({ effect: 'cut_after', cause: 'header', client_id });
    const again = await sell(undefined, key, msisdn);
    expect(again).toMatchObject({ status: 201, body: { id: cut?.transaction_id, status: 'ok' } });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await available()).toBe(before - 1);

    await expect(sell('cut_before')).rejects.toThrow('fetch failed');
    expect(await available()).toBe(before - 1);
    await vi.waitFor(async () => {
      const logged = await sandbox.get(`/v1/requests/${cut?.request_id}`);
      expect(logged).toMatchObject({
        status: 200,
        body: { chaos: 'cut_after', status: 201, transaction_id: cut?.transaction_id },
      });
    }, PATIENCE);
  });

  it('live nobody meets any: neither a header nor a setting that got there reaches a sale', async () => {
    const sales = '/distributors/transactions';
    const own = { offer_id: world.offer('msisdn'), parameters: { msisdn: anyLine() } };
    for (const effect of ORDER_EFFECTS) {
      const refused = await live.post(sales, own, { 'x-sandbox-chaos': effect });
      expect(refused).toMatchObject({ status: 400, body: { reason: 'invalid_header' } });
      expect(refused.body.description).toContain('only the sandbox has chaos; nothing was sold');
    }
    const asked = { effects: { service_unavailable: 100 } };
    expect(await live.put(`/v1/sandbox/chaos/${world.demo.client_id}`, asked)).toMatchObject({
      status: 403,
      body: { reason: 'sandbox_only' },
    });
    expect(await sandbox.put(`/v1/sandbox/chaos/${world.demo.client_id}`, asked)).toMatchObject({ status: 404 });
    if (engine === 'postgresql') {
      const db = await world.openDb();
      await db.query(
        `INSERT INTO chaos (client_id, distributor_id, effects, delay_ms, seed, ends_at)
         SELECT client_id, distributor_id, '{"service_unavailable": 100, "webhook_late": 100}', 1000, 1, now() + interval '1 hour'
         FROM credentials WHERE client_id = $1`,
        [world.demo.client_id],
      );
      await db.close();
      await new Promise((resolve) => setTimeout(resolve, 2_500));
    }
    expect(await live.post(sales, own)).toMatchObject({ status: 201, body: { status: 'ok' } });
    expect((await effects()).filter(({ client_id: of }) => of === world.demo.client_id)).toEqual([]);
  });

  it('is nothing to another sandbox: it neither sees it, nor sets or ends it', LONG, async () => {
    const operator = rawCallerWith(server, world.demo.admin_token);
    const other = made(await operator.post('/admin/v1/distributors', { name: 'Other shop', world: 'sandbox' }));
    const client = made(await operator.post(`/admin/v1/distributors/${other.id}/credentials`, { name: 'Till 1' }));
    const stranger = await rawSignIn(server, client);
    await sandbox.put(chaosOf, { effects: { delay: 1 } });
    await sell('bucket_empty');
    expect((await stranger.get('/v1/sandbox/chaos')).body).toEqual([]);
    expect((await stranger.get('/v1/sandbox/chaos-effects')).body).toEqual([]);
    expect(await stranger.put(chaosOf, { effects: { service_unavailable: 100 } })).toMatchObject({ status: 404 });
    expect(await stranger.delete(chaosOf)).toMatchObject({ status: 404 });
    expect((await sandbox.get('/v1/sandbox/chaos')).body).toMatchObject([{ client_id, effects: { delay: 1 } }]);
    expect(await sandbox.delete(chaosOf)).toMatchObject({ status: 200 });
  });

  it('each effect is what it says, and the answer names it', LONG, async () => {
    const before = await available();
    const named = (answer: Answer): string | null => answer.headers.get('x-sandbox-chaos');
    const refused = async (effect: string, status: number, reason: string): Promise<void> => {
      const key = randomUUID();
      const msisdn = anyLine();
      const answer = await sell(effect, key, msisdn);
      expect([answer.status, answer.body.reason, named(answer)]).toEqual([status, reason, effect]);
    };
    await refused('too_many_requests', 429, 'too_many_requests');
    await refused('service_unavailable', 503, 'service_unavailable');
    await refused('bucket_empty', 400, 'bucket_empty');
    await refused('supplier_down', 400, 'supplier_unavailable');
    expect(await available()).toBe(before);
    // A key that has sold is answered as ever, whatever is empty by now.
    const key = randomUUID();
    const msisdn = anyLine();
    const sold = await sell(undefined, key, msisdn);
    for (const effect of ['bucket_empty', 'supplier_down']) {
      expect(await sell(effect, key, msisdn)).toMatchObject({ status: 201, body: { id: sold.body.id } });
    }
    expect(await sell('nonsense')).toMatchObject({ status: 400, body: { reason: 'invalid_header' } });
    expect(await available()).toBe(before - 1);
  });

  it('delays and slow answers take as long as was asked for', LONG, async () => {
    const timed = async (share: object): Promise<[Answer, number]> => {
      await sandbox.put(chaosOf, { effects: share, delay_ms: DELAY_MS });
      const began = performance.now();
      const answer = await sell();
      return [answer, performance.now() - began];
    };
    for (const effect of ['delay', 'slow']) {
      const [answer, took] = await timed({ [effect]: 100 });
      expect(answer).toMatchObject({ status: 201, body: { status: 'ok' } });
      expect(answer.headers.get('x-sandbox-chaos')).toBe(effect);
      expect(took).toBeGreaterThan(DELAY_MS * 0.9);
    }
    // The head comes at once, the rest bit by bit.
    const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1');
    const body = JSON.stringify(order(anyLine()));
    const pieces: string[] = [];
    socket.on('data', (piece) => pieces.push(piece.toString()));
    socket.write(
      `POST ${SALES} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${sandbox.token}\r\nContent-Type: application/json\r\n` +
        `Connection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await once(socket, 'close');
    expect(pieces.length).toBeGreaterThan(3);

    // Whoever leaves meets it once, and is no error of the server's.
    const noted = (await effects()).length;
    await sandbox.put(chaosOf, { effects: { slow: 100 }, delay_ms: DELAY_MS });
    const leave = fetch(server.baseUrl + SALES, {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(order(anyLine())),
      signal: AbortSignal.timeout(1),
    });
    await expect(leave).rejects.toThrow('timeout');
    await new Promise((resolve) => setTimeout(resolve, 2 * DELAY_MS));
    expect((await effects()).length - noted).toBeLessThanOrEqual(1);
    expect(server.output()).not.toContain('request failed');
    await sandbox.delete(chaosOf);
  });

  it('the same seed gives the same effects again, each with its number', LONG, async () => {
    const setting = { effects: { too_many_requests: 30, bucket_empty: 30 }, seed: 11, minutes: 5 };
    const round = async (): Promise<(string | null)[]> => {
      expect(await sandbox.put(chaosOf, setting)).toMatchObject({ status: 200, body: { seed: 11, orders: 0 } });
      const met: (string | null)[] = [];
      for (let each = 0; each < 20; each += 1) met.push((await sell()).headers.get('x-sandbox-chaos'));
      return met;
    };
    const first = await round();
    expect(new Set(first)).toEqual(new Set(['too_many_requests', 'bucket_empty', null]));
    expect(await round()).toEqual(first);
    const numbered = (await effects()).filter(({ cause }) => cause === 'setting').slice(0, 20);
    for (const { number, effect } of numbered.slice(0, first.filter(Boolean).length)) {
      expect(first[(number ?? 0) - 1]).toBe(effect);
    }
    expect((await sandbox.get('/v1/sandbox/chaos')).body).toMatchObject([{ client_id, orders: 20 }]);
    expect(await sandbox.delete(chaosOf)).toMatchObject({ status: 200, body: { client_id } });
    expect((await sandbox.get('/v1/sandbox/chaos')).body).toEqual([]);
    expect(await sandbox.delete(chaosOf)).toMatchObject({ status: 404 });
    expect((await sell()).headers.get('x-sandbox-chaos')).toBeNull();
  });

  it('asks for no more than there is, and ends by itself', LONG, async () => {
    const put = (body: object): Promise<Answer> => sandbox.put(chaosOf, body);
    for (const body of [
      { effects: {} },
      { effects: { delay: 60, slow: 41 } },
      { effects: { webhook_late: 60, webhook_twice: 41 } },
      { effects: { delay: 101 } },
      { effects: { fire: 1 } },
      { effects: { delay: 1 }, minutes: 24 * 60 + 1 },
      { effects: { delay: 1 }, delay_ms: 60_001 },
    ]) {
      expect(await put(body)).toMatchObject({ status: 400, body: { reason: 'invalid_body_field' } });
    }
    const set = await put({ effects: { bucket_empty: 100 }, minutes: 24 * 60 });
    expect(Date.parse(set.body.end_date) - Date.now()).toBeLessThanOrEqual(24 * 60 * 60_000);
    expect((await sell()).body).toMatchObject({ reason: 'bucket_empty' });
    await server.stop();
    server = await world.start({ SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.0/8' }, new Date(Date.now() + 25 * 60 * 60_000));
    sandbox = await rawSignIn(server, world.demo.sandbox);
    live = await rawSignIn(server, world.demo);
    expect(await sell()).toMatchObject({ status: 201 });
    expect((await sandbox.get('/v1/sandbox/chaos')).body).toEqual([]);
  });

  it('endpoints are told late, and twice', LONG, async () => {
    const receiver = await startReceiver();
    await sandbox.post('/v1/webhooks', { url: receiver.url, events: ['transaction.completed'] });
    const told = (id: string): string[] =>
      receiver.received.flatMap(({ event }) => (event.data.id === id ? [event.type] : []));
    await sandbox.put(chaosOf, { effects: { webhook_twice: 100 } });
    const doubled = (await sell()).body.id;
    await vi.waitFor(() => expect(told(doubled).length).toBeGreaterThanOrEqual(2), PATIENCE);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(ids.length / 2);

    await sandbox.put(chaosOf, { effects: { webhook_late: 100 }, delay_ms: 4_000 });
    const began = performance.now();
    const late = (await sell()).body.id;
    await vi.waitFor(() => expect(told(late).length).toBeGreaterThanOrEqual(1), PATIENCE);
    expect(performance.now() - began).toBeGreaterThan(3_500);
    expect((await effects())[0]).toMatchObject({ effect: 'webhook_late', cause: 'setting', client_id });
    await sandbox.delete(chaosOf);
    await receiver.stop();
  });

  it('is set, read and ended by the command line, for one’s own client unless told', LONG, async () => {
    const { client_id: clientId, client_secret: clientSecret } = world.demo.sandbox;
    const cli = await CommandLine.create(environment(`${server.baseUrl}${BASE}`, { clientId, clientSecret }));
    try {
      const set = await cli.json('chaos', 'set', '--cut-after', '10', '--webhook-twice', '20', '--seed', '7');
      const values = [{ client_id, effects: { cut_after: 10, webhook_twice: 20 }, seed: 7 }];
      expect(set).toMatchObject({ exit: 0, values });
      expect(await cli.json('chaos', 'show')).toMatchObject({ exit: 0, values });
      expect(await cli.json('chaos', 'effects', '--limit', '1')).toMatchObject({ exit: 0, values: [{ client_id }] });
      expect(await cli.json('chaos', 'end')).toMatchObject({ exit: 0, values });
      expect(await cli.json('chaos', 'end')).toMatchObject({ exit: 3 });
    } finally {
      await cli.remove();
    }
  });
});
