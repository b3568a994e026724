import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const SALE = '/distributors/transactions';

describe.each(ENGINES)('bad input on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = await rawSignIn(server, world.demo);
  });
  afterAll(() => world.remove());

  const NUMBERS: [string, unknown][] = [
    ['letters', '06845875ab'],
    ['emoji', '06845875📱📱'],
    ['40 digits', '6'.repeat(40)],
    ['a thousand digits', '6'.repeat(1_000)],
    ['too few digits', '0684'],
    ['a landline', '0145678901'],
    ['another country', '+34612345678'],
    ['nothing', ''],
    ['null', null],
    ['a JSON number', 684_587_587],
    ['true', true],
    ['a list', ['0684587587']],
    ['an object', { toString: '0684587587' }],
    ['a NUL', '0684587587\u0000'],
    ['half a surrogate', '0684587587\ud800'],
    ['SQL', "0684587587'; DROP TABLE buckets; --"],
  ];
  it.each(NUMBERS)('a number with %s is a bad parameter', async (_, msisdn) => {
    const { status, body } = await shop.sell(world.offer('msisdn'), { msisdn });
    expect([status, body.reason]).toEqual([400, 'bad_parameter']);
    expect(body.description).toBe(`bad parameter for transaction for offer ${world.offer('msisdn')}`);
  });

  it.each([
    ['that fails its check digit', '8991101200003204511'],
    ['with letters', '89911012000032O4514'],
    ['of 40 digits', '8'.repeat(40)],
    ['of 7 digits', '1234567'],
    ['that is no text', 8_991_101_200],
  ])('a SIM serial %s is a bad parameter', async (_, simId) => {
    const { status, body } = await shop.sell(world.offer('simId'), { simId });
    expect([status, body.reason]).toEqual([400, 'bad_parameter']);
  });

  it('both kinds of line at once are a bad parameter', async () => {
    const both = { msisdn: '0684587587', simId: '8991101200003204514' };
    expect((await shop.sell(world.offer('msisdn'), both)).body.reason).toBe('bad_parameter');
    expect((await shop.sell(world.offer('simId'), both)).body.reason).toBe('bad_parameter');
  });

  it.each([
    ['text', 'x'],
    ['a list', ['0684587587']],
    ['a number', 7],
    ['false', false],
  ])('parameters that are %s are parameters not set', async (_, parameters) => {
    expect((await shop.sell(world.offer('msisdn'), parameters)).body.description).toBe('parameters not set in body');
  });

  it.each([
    ['user_id', 7],
    ['user_id', { a: 1 }],
    ['user_id', 'a\u0000b'],
    ['user_id', '\ud800'],
    ['user_id', 'x'.repeat(256)],
    ['voucher_id', []],
    ['voucher_id', 'line\nbreak'],
  ])('a %s of %j is refused by name', async (field, value) => {
    const order = { offer_id: world.offer('msisdn'), parameters: { msisdn: '0684587587' }, [field]: value };
    const { status, body } = await shop.post(SALE, order);
    expect([status, body.code, body.reason]).toEqual([400, 24, 'invalid_body_field']);
    expect(body.description).toContain(`invalid ${field} parameter in body`);
  });

  it.each([
    ['text', 'hello'],
    ['half of it', '{"offer_id"'],
    ['two of them', '{} {}'],
    ['nothing but brackets', '['.repeat(60_000)],
  ])('a body that is no JSON (%s) is told so', async (_, body) => {
    const { status, body: answer } = await shop.post(SALE, body);
    expect([status, answer.code, answer.description]).toEqual([400, 22, 'unable to decode json body']);
  });

  it('a body nested too deep is refused, before anything looks into it', async () => {
    const order = `{"offer_id":"${world.offer('msisdn')}","parameters":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const { status, body } = await shop.post(SALE, order);
    expect([status, body.reason]).toEqual([400, 'invalid_body']);
  });

  it('invalid UTF-8 is no JSON', async () => {
    const response = await fetch(server.baseUrl + SALE, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop.token}`, 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(await response.json()).toMatchObject({ code: 22, description: 'unable to decode json body' });
  });

  it('a body over 64 kB is refused, one just below is read', async () => {
    const order = { offer_id: world.offer('msisdn'), parameters: { msisdn: 'x' } };
    const withPadding = (bytes: number): string => JSON.stringify({ ...order, padding: 'x'.repeat(bytes) });
    const over = await shop.post(SALE, withPadding(65_536));
    expect([over.status, over.body.reason]).toEqual([413, 'body_too_large']);
    expect((await shop.post(SALE, withPadding(65_000))).body.reason).toBe('bad_parameter');
  });

  it('other media types are refused', async () => {
    const form = await shop.post(SALE, 'a=b', { 'content-type': 'text/plain' });
    expect([form.status, form.body.code]).toEqual([415, 68]);
    const xml = await shop.get('/distributors/offers', { accept: 'application/xml' });
    expect([xml.status, xml.body.code]).toEqual([406, 62]);
    expect((await shop.get('/distributors/offers', { accept: '*/*' })).status).toBe(200);
  });

  it.each<[string, () => Promise<Answer>, number, number]>([
    ['an unknown path', () => shop.get('/distributors/nothing'), 404, 60],
    ['a method the path does not have', () => shop.post('/distributors/offers', {}), 405, 61],
    ['an id that is no UUID', () => shop.get(`${SALE}/7`), 400, 20],
    ['an id with a NUL', () => shop.get(`${SALE}/%00`), 400, 20],
    ['an id beyond measure', () => shop.get(`${SALE}/${'7'.repeat(2_000)}`), 400, 20],
    ['a path that cannot be decoded', () => shop.get('/distributors/offers/%ff'), 400, 20],
    ['an unknown transaction', () => shop.get(`${SALE}/01890000-0000-7000-8000-000000000000`), 404, 60],
    ['an unknown offer', () => shop.get('/distributors/offers/01890000-0000-7000-8000-000000000000'), 404, 60],
    ['a negative offset', () => shop.get(`${SALE}?offset=-1`), 400, 28],
    ['a limit of zero', () => shop.get(`${SALE}?limit=0`), 400, 28],
    ['a limit beyond measure', () => shop.get('/distributors/offers?limit=1001'), 400, 28],
    ['a limit in words', () => shop.get(`${SALE}?limit=ten`), 400, 28],
    ['a limit given twice', () => shop.get(`${SALE}?limit=1&limit=2`), 400, 28],
    ['a date that is none', () => shop.get(`${SALE}?startDate=2026-02-30`), 400, 28],
    ['a date in words', () => shop.get(`${SALE}?endDate=today`), 400, 28],
    ['an unknown status', () => shop.get(`${SALE}?status=done`), 400, 28],
    ['an offer filter that is no UUID', () => shop.get(`${SALE}?offer=x`), 400, 28],
    ['a user filter with a NUL', () => shop.get(`${SALE}?user=%00`), 400, 28],
  ])('%s gets a precise refusal', async (_, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.request_id).toBe(answer.headers.get('x-request-id'));
  });

  it('tells which methods a path has', async () => {
    expect((await shop.post('/distributors/offers', {})).headers.get('allow')).toBe('GET, HEAD');
  });

  /** What is said to bytes as they are, until the connection ends. */
  const saidTo = (bytes: string): Promise<string> => {
    const { port, hostname } = new URL(server.baseUrl);
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = createConnection(Number(port), hostname, () => socket.write(bytes));
      socket.on('data', (chunk) => (text += chunk));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
  };

  it.each([
    ['that is not even HTTP', 'hello\r\n\r\n', 'malformed_request'],
    ['with a method nobody knows', 'BREW /live HTTP/1.1\r\nHost: x\r\n\r\n', 'malformed_request'],
    ['with headers beyond measure', `GET /live HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 'malformed_request'],
    ['without a host', 'GET /live HTTP/1.1\r\nConnection: close\r\n\r\n', 'invalid_header'],
  ])('%s is refused like anything else', async (_, bytes, reason) => {
    const [head, body] = (await saidTo(bytes)).split('\r\n\r\n') as [string, string];
    expect(head).toMatch(/^HTTP\/1.1 400 Bad Request\r\n/);
    expect(JSON.parse(body)).toMatchObject({ message: 'Bad Request', reason });
  });

  it('expecting what nobody can do is served all the same', async () => {
    const said = await saidTo('GET /live HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\nConnection: close\r\n\r\n');
    expect(said).toMatch(/^HTTP\/1.1 200 /);
  });

  it('a wrong method is told before a wrong body', async () => {
    const { status, body } = await shop.post('/distributors/offers', '{', { 'content-type': 'application/json' });
    expect([status, body.reason]).toEqual([405, 'method_not_allowed']);
  });

  it('held nothing, and left no number and no secret in the log', async () => {
    const sold = await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });
    expect(sold.status).toBe(201);
    expect(await shop.stock(world.offer('msisdn'))).toBe(999_999);
    expect(await shop.stock(world.offer('simId'))).toBe(1_000_000);
    expect((await shop.get(SALE)).body).toHaveLength(1);

    const log = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(log.length).toBeGreaterThan(40);
    expect(log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
    const text = log.join('\n');
    for (const secret of [
      '684587587',
      '0145678901',
      '612345678',
      '8991101200003204',
      shop.token,
      world.demo.client_secret,
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});
