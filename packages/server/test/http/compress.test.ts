import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { CSRF_HEADER } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
}

describe.each(ENGINES)('an answer on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;
  let operator: Record<string, string>;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = await rawSignIn(server, world.demo);
    operator = { authorization: `Bearer ${world.demo.admin_token}` };
    for (let i = 0; i < 20; i += 1) await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });
  });
  afterAll(() => world.remove());

  /** Asks without the help of a client that undoes what is compressed. */
  const ask = (path: string, headers: Record<string, string>, method = 'GET', body?: string): Promise<Raw> =>
    new Promise((resolve, reject) => {
      const sent = { authorization: `Bearer ${shop.token}`, ...headers };
      const request = httpRequest(server.baseUrl + path, { method, headers: sent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) }),
        );
      });
      request.on('error', reject);
      request.end(body);
    });

  const LONG: [string, () => Record<string, string>][] = [
    ['/distributors/transactions', () => ({})],
    ['/distributors/transactions', () => ({ accept: 'text/csv' })],
    ['/distributors/offers', () => ({})],
    ['/countries', () => ({})],
    ['/v1/overview', () => ({})],
    ['/admin/v1/transactions', () => operator],
    ['/admin/v1/transactions', () => ({ ...operator, accept: 'text/csv' })],
    ['/openapi.json', () => ({})],
    ['/docs', () => ({})],
  ];
  it.each(LONG)('longer than a kilobyte is compressed for whoever takes that: %s', async (path, headers) => {
    const plain = await ask(path, headers());
    expect([plain.status, plain.headers['content-encoding'], plain.headers['vary']]).toEqual([
      200,
      undefined,
      'Accept-Encoding',
    ]);
    for (const taken of ['gzip', 'gzip, deflate, br', 'br;q=1.0, gzip;q=0.8, *;q=0.1', '*']) {
      const zipped = await ask(path, { ...headers(), 'accept-encoding': taken });
      expect([taken, zipped.headers['content-encoding'], zipped.headers['vary']]).toEqual([
        taken,
        'gzip',
        'Accept-Encoding',
      ]);
      expect(zipped.bytes.length).toBeLessThan(plain.bytes.length * 0.6);
      expect(gunzipSync(zipped.bytes).length).toBe(plain.bytes.length);
      expect(zipped.headers['content-length'] ?? zipped.bytes.length.toString()).toBe(zipped.bytes.length.toString());
    }
    for (const taken of ['identity', 'gzip;q=0', 'br', 'identity;q=1, gzip;q=0.5']) {
      const { headers: told } = await ask(path, { ...headers(), 'accept-encoding': taken });
      expect([taken, told['content-encoding']]).toEqual([taken, undefined]);
    }
    const head = await ask(path, { ...headers(), 'accept-encoding': 'gzip' }, 'HEAD');
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
  });

  it('that is short, or a refusal, goes as it is', async () => {
    for (const path of ['/live', '/distributors/transactions/count', '/distributors/transactions?limit=x']) {
      expect((await ask(path, { 'accept-encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
    }
  });

  it('that tells a secret goes as it is, and so does a sale: a length must tell nothing of what it holds', async () => {
    const json = { 'content-type': 'application/json', 'accept-encoding': 'gzip' };
    const order = {
      offer_id: world.offer('msisdn'),
      parameters: { msisdn: '0684587587' },
      user_id: 'x'.repeat(255),
      voucher_id: 'x'.repeat(255),
    };
    const sold = await ask('/distributors/transactions', json, 'POST', JSON.stringify(order));
    const { id } = JSON.parse(sold.bytes.toString());
    const client = JSON.stringify({ name: 'x'.repeat(255) });
    const answers = [
      sold,
      await ask(`/distributors/transactions/${id}`, json),
      await ask('/v1/credentials', json, 'POST', client),
      await ask('/oauth/v3/token', { ...json, [CSRF_HEADER]: '1' }, 'POST', '{}'),
    ];
    expect(answers.slice(0, 2).every(({ bytes }) => bytes.length > 1_024)).toBe(true);
    expect(answers.map(({ headers }) => headers['content-encoding'])).toEqual(answers.map(() => undefined));
  });

  it('that is a stream of events is told at once', async () => {
    const headers = { authorization: `Bearer ${shop.token}`, 'accept-encoding': 'gzip' };
    const reading = new AbortController();
    const stream = await fetch(`${server.baseUrl}/v1/events/stream`, { headers, signal: reading.signal });
    expect(stream.headers.get('content-encoding')).toBeNull();
    const { value } = (await stream.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toContain('retry:');
    reading.abort();
  });

  it('whose client leaves in the middle is no error of ours', async () => {
    const headers = { ...operator, accept: 'text/csv', 'accept-encoding': 'gzip' };
    const leave = (): Promise<void> =>
      new Promise((resolve) => {
        const left = httpRequest(`${server.baseUrl}/admin/v1/transactions`, { headers });
        left.on('response', (response) => response.destroy());
        left.on('error', () => {});
        left.on('close', resolve);
        left.end();
      });
    for (let i = 0; i < 20; i += 1) await leave();
    await ask('/live', {});
    await vi.waitFor(() => expect(server.output()).toContain('"route":"/live"'), { timeout: 20_000 });
    expect(server.output()).not.toMatch(/"level":50/);
  });
});
