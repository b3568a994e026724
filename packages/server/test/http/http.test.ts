import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Access, OPERATIONS, type Operation } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idleAgentToken, isForAgents } from '../agents/idle-agent.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

/** Any id: what answers has to say so without finding anything. */
const SOME_ID = '01890000-0000-7000-8000-000000000000';

const pathOf = ({ path }: Operation): string => path.replaceAll(/\{\w+\}/g, SOME_ID);
const READS = OPERATIONS.filter(({ method }) => method === 'GET');
const WITH_BODY = OPERATIONS.filter(({ body }) => body !== undefined);

describe.each(ENGINES)('HTTP on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let credentials: Record<Access | 'agent', Record<string, string>>;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    const { token } = await rawSignIn(server, world.demo);
    const { client_id, client_secret, admin_token } = world.demo;
    credentials = {
      public: {},
      client: { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
      distributor: { authorization: `Bearer ${token}` },
      operator: { authorization: `Bearer ${admin_token}` },
      account: {},
      supplier: {},
      agent: { authorization: `Bearer ${await idleAgentToken(server, world)}` },
    };
  });
  afterAll(() => world.remove());

  /** Asks for an operation; of a stream, only the head is read. */
  const ask = async (
    operation: Operation,
    headers: Record<string, string> = {},
    { method = operation.method, body }: { method?: string; body?: Uint8Array<ArrayBuffer> | string } = {},
  ): Promise<{ status: number; headers: Headers; text: string }> => {
    const reading = new AbortController();
    const response = await fetch(server.baseUrl + pathOf(operation), {
      method,
      headers: { ...credentials[isForAgents(operation) ? 'agent' : operation.access], ...headers },
      signal: reading.signal,
      ...(body !== undefined && { body }),
    });
    const isStream = response.headers.get('content-type') === 'text/event-stream';
    const text = isStream ? '' : await response.text();
    if (isStream) reading.abort();
    return { status: response.status, headers: response.headers, text };
  };

  describe('what a client accepts', () => {
    it.each(READS)('may have parameters: $id', async (operation) => {
      const { status } = await ask(operation);
      for (const accept of [
        'application/json;charset=utf-8',
        'application/json; charset=UTF-8; q=0.9',
        'text/html, application/json;profile="a, b; c";v=1;q=0.1',
        'application/vnd.example+json, application/json;odata=verbose',
        'application/*;charset=utf-8',
        '*/*;v=b3;q=0.8',
      ]) {
        expect([accept, (await ask(operation, { accept })).status]).toEqual([accept, status]);
      }
    });

    it.each([
      ['text/csv;charset=utf-8', 'text/csv'],
      ['text/csv; header=present, application/json;q=0.5', 'text/csv'],
      ['text/csv;q=0.5, application/json;charset=utf-8', 'application/json'],
      ['text/csv;header=present;q=0, */*', 'application/json'],
    ])('%s chooses %s', async (accept, type) => {
      const list = OPERATIONS.find(({ id }) => id === 'getDistributorTransactionList') as Operation;
      expect((await ask(list, { accept })).headers.get('content-type')).toContain(type);
    });

    it.each(['application/xml', 'application/json;q=0', 'application/jsonp', 'text/csv;q=0'])(
      'that is nothing of ours is refused: %s',
      async (accept) => {
        const offers = OPERATIONS.find(({ id }) => id === 'getDistributorOfferList') as Operation;
        expect((await ask(offers, { accept })).status).toBe(406);
      },
    );
  });

  it.each(READS)('HEAD of $id is answered as GET is, without a body', async (operation) => {
    const { status } = await ask(operation);
    const head = await ask(operation, {}, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([status, '']);
  });

  it('HEAD of a supplier’s callback is 200, and tells nobody which suppliers there are', async () => {
    for (const id of [SOME_ID, '7413e966-c97c-11ed-b80c-fa163e78aa28', 'nothing']) {
      const response = await fetch(`${server.baseUrl}/suppliers/${id}/callbacks`, { method: 'HEAD' });
      expect([id, response.status]).toEqual([id, 200]);
    }
  });

  it.each(WITH_BODY)('a compressed body of $id is refused, and told which would be read', async (operation) => {
    const type = operation.bodyType ?? 'application/json';
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, identity']) {
      const headers = { 'content-type': type, 'content-encoding': encoding };
      const answer = await ask(operation, headers, { body: gzipSync('{}') });
      // Who calls is asked first.
      if (operation.access === 'account' && answer.status === 401) continue;
      expect([answer.status, answer.headers.get('accept-encoding')]).toEqual([415, 'identity']);
      expect(JSON.parse(answer.text).reason).toBe('unsupported_media_type');
    }
    const plain = { 'content-type': type, 'content-encoding': 'identity' };
    expect((await ask(operation, plain, { body: '{}' })).status).not.toBe(415);
  });

  it.each(OPERATIONS)('no answer of $id may be kept on the way', async (operation) => {
    const body = operation.body === undefined ? {} : { body: '{}' };
    const type = { 'content-type': operation.bodyType ?? 'application/json' };
    for (const headers of [type, { ...type, authorization: 'Bearer nobody' }]) {
      const answer = await ask(operation, headers, body);
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([answer.status, 'no-store']);
    }
  });

  it('only what is the same for all may be kept: the description, its pages and the files of the console', async () => {
    const page = await fetch(server.baseUrl);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const [, asset = ''] = /"(\/assets\/[^"]+)"/.exec(await page.text()) ?? [];
    for (const path of [asset, '/openapi.json']) {
      const response = await fetch(server.baseUrl + path);
      expect([path, response.headers.get('cache-control')]).toEqual([path, expect.stringMatching(/^public, max-age=/)]);
    }
    // They are in the language of whoever asks.
    expect((await fetch(`${server.baseUrl}/docs/`)).headers.get('cache-control')).toMatch(/^private, max-age=/);
  });

  /** What is said to a head as it is, until the connection ends. */
  const saidTo = (...lines: string[]): Promise<string> => {
    const { port, hostname } = new URL(server.baseUrl);
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = createConnection(Number(port), hostname, () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
      socket.on('data', (chunk) => (text += chunk));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
  };

  it.each([
    ['two of them', ['Host: a.example', 'Host: b.example']],
    ['the same twice', ['Host: a.example', 'Host: a.example']],
    ['two in one', ['Host: a.example, b.example']],
    ['an address with a path', ['Host: a.example/x']],
    ['a name and a password', ['Host: user@a.example']],
    ['two words', ['Host: a b']],
  ])('a Host that is %s is refused', async (_, hosts) => {
    const [head, body = ''] = (await saidTo('GET /live HTTP/1.1', ...hosts, 'Connection: close')).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 400 /);
    expect(JSON.parse(body)).toMatchObject({ code: 26, reason: 'invalid_header', description: 'invalid Host header' });
  });

  it.each(['a.example', 'a.example:8080', '127.0.0.1:80', '[::1]:8080', 'my_host', 'xn--bcher-kva.example.', ''])(
    'the Host %j is served',
    async (host) => {
      expect(await saidTo('GET /live HTTP/1.1', `Host: ${host}`, 'Connection: close')).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  it('of two credentials, none is chosen', async () => {
    const { authorization } = credentials.distributor;
    const lines = [`Authorization: ${authorization}`, 'Authorization: Bearer other', 'Connection: close'];
    for (const order of [lines, lines.toReversed()]) {
      const said = await saidTo('GET /distributors/offers HTTP/1.1', 'Host: a.example', ...order, 'Connection: close');
      expect(said).toMatch(/^HTTP\/1.1 401 /);
    }
  });

  it('a number that is none is refused, wherever it stands', async () => {
    const offer = world.offer('msisdn');
    const sale = (rest: string): string => `{"offer_id":"${offer}","parameters":{"msisdn":"0684587587"}${rest}}`;
    const send = (method: string, path: string, body: string, access: Access): Promise<Response> => {
      const headers = { ...credentials[access], 'content-type': 'application/json' };
      return fetch(server.baseUrl + path, { method, headers, body });
    };
    for (const number of ['1e400', '-1e400', '9'.repeat(400)]) {
      const refused = [
        await send('POST', '/distributors/transactions', sale(`,"max_price":${number}`), 'distributor'),
        await send('POST', '/distributors/transactions', sale(`,"anything":[{"else":${number}}]`), 'distributor'),
        await send('PATCH', `/distributors/offers/${offer}`, `{"metadata":{"a":${number}}}`, 'distributor'),
        await send('PATCH', `/admin/v1/offers/${offer}`, `{"resell_value":${number}}`, 'operator'),
        await send('POST', `/admin/v1/offers/${offer}/grants`, `{"units":${number},"reference":"a"}`, 'operator'),
      ];
      for (const response of refused) {
        expect(response.status).toBe(400);
        expect(await response.json()).toMatchObject({
          reason: 'invalid_body',
          description: expect.stringMatching(/too large/),
        });
      }
    }
    expect((await send('POST', '/distributors/transactions', sale(',"max_price":1e300'), 'distributor')).status).toBe(
      201,
    );
  });
});
