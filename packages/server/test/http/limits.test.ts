import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PER_MINUTE = 20;

describe.each(ENGINES)('the requests of a client on %s', (engine) => {
  let world: DemoPlace;
  let shop: RawCaller;
  let other: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    const db = await world.openDb();
    await db.query('UPDATE credentials SET requests_per_minute = $1 WHERE client_id = $2', [
      PER_MINUTE,
      world.demo.client_id,
    ]);
    await db.close();
    const server = await world.start();
    shop = await rawSignIn(server, world.demo);
    other = await rawSignIn(server, world.demo.other);
  });
  afterAll(() => world.remove());

  it('are as many in a minute as it may make, on all routes together; each answer tells how many are left', async () => {
    const paths = [
      '/distributors/offers',
      '/travel-b2b/v1/countries',
      '/v1/settings',
      '/travel-b2b/v1/distributors/offers',
    ];
    const left: (string | null)[] = [];
    for (let i = 0; i < PER_MINUTE; i++) {
      const { status, headers } = await shop.get(paths[i % paths.length] as string);
      expect(status).toBe(200);
      expect(headers.get('ratelimit-limit')).toBe(String(PER_MINUTE));
      left.push(headers.get('ratelimit-remaining'));
    }
    expect(left).toEqual(Array.from({ length: PER_MINUTE }, (_, i) => String(PER_MINUTE - 1 - i)));
  });

  it('beyond that are refused at once, and told when to come back; nothing is sold', async () => {
    const refusals: Answer[] = [
      await shop.get('/distributors/offers'),
      await shop.get('/v1/settings'),
      await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' }),
    ];
    for (const { status, headers, body } of refusals) {
      expect(status).toBe(429);
      expect(body).toMatchObject({
        code: 53,
        message: 'Too Many Requests',
        reason: 'too_many_requests',
        retryable: true,
        request_id: headers.get('x-request-id'),
      });
      for (const seconds of [headers.get('retry-after'), headers.get('ratelimit-reset')].map(Number)) {
        expect(seconds).toBeGreaterThan(0);
        expect(seconds).toBeLessThanOrEqual(60);
      }
      expect([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')]).toEqual([String(PER_MINUTE), '0']);
    }
  });

  it('are no business of another client’s, and a bad token uses none of them up', async () => {
    for (let i = 0; i < PER_MINUTE * 2; i++) {
      const { status } = await shop.get('/distributors/offers', { authorization: 'Bearer nonsense' });
      expect(status).toBe(401);
    }
    const { status, headers } = await other.get('/distributors/offers');
    expect([status, headers.get('ratelimit-remaining')]).toEqual([200, String(10_000_000 - 1)]);
    expect((await shop.get('/live')).status).toBe(200);
  });
});

describe('a client that is slow to send', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    server = await world.start();
    shop = await rawSignIn(server, world.demo);
  });
  afterAll(() => world.remove());

  /** Sends a beginning and then a byte now and then, until it is cut off: after how many seconds, and what it is told. */
  const dawdle = (beginning: string, byte: string): Promise<{ seconds: number; told: string }> =>
    new Promise((resolve, reject) => {
      const { port, hostname } = new URL(server.baseUrl);
      const begun = performance.now();
      let told = '';
      const socket = createConnection(Number(port), hostname, () => socket.write(beginning));
      const dripping = setInterval(() => byte && socket.write(byte), 500);
      socket.on('data', (chunk) => (told += chunk));
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
      });
      socket.on('close', () => {
        clearInterval(dripping);
        resolve({ seconds: (performance.now() - begun) / 1_000, told });
      });
    });

  it('is cut off, whether with its head or with its body, while others are served', async () => {
    const head = `POST /distributors/transactions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${shop.token}\r\n`;
    const slow = Promise.all([
      dawdle('', ''),
      dawdle(head, 'x'),
      dawdle(`${head}content-type: application/json\r\ncontent-length: 60000\r\n\r\n`, ' '),
    ]);
    expect((await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' })).status).toBe(201);
    const [silent, slowHead, slowBody] = await slow;
    for (const { seconds, told } of [silent, slowHead]) {
      expect(seconds).toBeGreaterThan(9);
      expect(seconds).toBeLessThan(20);
      expect(told).toMatch(/^HTTP\/1.1 408 /);
    }
    expect(slowBody.seconds).toBeGreaterThan(29);
    expect(slowBody.seconds).toBeLessThan(45);
    expect(slowBody.told).toMatch(/^HTTP\/1.1 408 /);
    expect((await shop.get('/distributors/transactions/count')).body).toEqual({ count: 1 });
  });
});
