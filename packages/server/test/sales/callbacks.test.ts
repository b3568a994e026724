import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const SALE = '/distributors/transactions';
const FRANCE = '7413e966-c97c-11ed-b80c-fa163e78aa28';
const TRAVEL_B2B = 'e2c44763-fa73-11ef-bc0c-fa163ed2cb6e';

describe.each(ENGINES)('a supplier that calls back, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;
  let sandbox: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    [shop, sandbox] = await Promise.all([rawSignIn(server, world.demo), rawSignIn(server, world.demo.sandbox)]);
  });
  afterAll(() => world.remove());

  const sell = (ending: string): Promise<Answer> => shop.sell(world.offer('msisdn'), { msisdn: `0684587${ending}` });
  const statusOf = async (id: string): Promise<Answer['body']> => (await shop.get(`${SALE}/${id}`)).body;
  const untilItIs = (id: string, status: string): Promise<void> =>
    vi.waitFor(async () => expect((await statusOf(id)).status).toBe(status), { timeout: 60_000, interval: 100 });

  it('settles a sale that had no answer: delivered', async () => {
    const { status, body } = await sell('010');
    expect([status, body.status]).toEqual([201, 'pending']);
    await untilItIs(body.id, 'ok');
  });

  it('settles a sale that had no answer: refused, and the unit comes back', async () => {
    const before = await shop.stock(world.offer('msisdn'));
    const { body } = await sell('011');
    expect(body.status).toBe('pending');
    await untilItIs(body.id, 'ko');
    expect(await statusOf(body.id)).toMatchObject({ reason: 'line_barred' });
    expect(await shop.stock(world.offer('msisdn'))).toBe(before);
  });

  it('settles one of the sandbox in the sandbox', async () => {
    const offerId = world.demo.sandbox.offers.find(({ kind }) => kind === 'msisdn')?.id;
    const base = '/travel-b2b-sandbox/v1/distributors/transactions';
    const { body } = await sandbox.post(base, { offer_id: offerId, parameters: { msisdn: '0684587010' } });
    expect(body.status).toBe('pending');
    const settled = async () => expect((await sandbox.get(`${base}/${body.id}`)).body.status).toBe('ok');
    await vi.waitFor(settled, { timeout: 60_000, interval: 100 });
  });

  const contradictions = (id: string): Record<string, unknown>[] =>
    server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes('contradicts') && line.includes(id))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('that says the same again, or contradicts itself, changes nothing; the contradiction raises an alert', async () => {
    const [twice, contradicted] = await Promise.all([sell('012'), sell('013')]);
    expect([twice.body.status, contradicted.body.status]).toEqual(['ok', 'ok']);
    const alert = () => contradictions(contradicted.body.id);
    await vi.waitFor(() => expect(alert()).toHaveLength(1), { timeout: 60_000 });
    expect(alert()[0]).toMatchObject({ transaction_id: contradicted.body.id, status: 'ok', outcome: 'ko' });
    expect((await statusOf(contradicted.body.id)).status).toBe('ok');
    expect((await statusOf(twice.body.id)).status).toBe('ok');
  });

  it('is asked where it only says that there is news: of a sale that has ended, what it takes back raises an alert', async () => {
    const { body } = await sell('014');
    expect(body.status).toBe('ok');
    await vi.waitFor(() => expect(contradictions(body.id)).toHaveLength(1), { timeout: 60_000 });
    expect(contradictions(body.id)[0]).toMatchObject({ status: 'ok', outcome: 'ko' });
    expect((await statusOf(body.id)).status).toBe('ok');
  });

  it('is not believed without its signature, nor about what was never ordered', async () => {
    const { body } = await sell('009');
    const news = JSON.stringify({ reference: body.id, outcome: { outcome: 'ok' } });
    const anybody = rawCallerWith(server, 'x');
    const url = `/suppliers/${FRANCE}/callbacks`;
    expect(await anybody.post(url, news)).toMatchObject({ status: 401, body: { reason: 'invalid_credentials' } });
    const forged = { 'x-simulator-signature': '00'.repeat(32) };
    expect((await anybody.post(url, news, forged)).status).toBe(401);
    expect((await anybody.post(url, '', { 'content-type': 'text/plain' })).status).toBe(401);
    expect((await statusOf(body.id)).status).toBe('pending');
    const logged = () => server.output().match(/"route":"\/suppliers\/:id\/callbacks","status":401/g) ?? [];
    await vi.waitFor(() => expect(logged()).toHaveLength(3), { timeout: 60_000 });
  });

  it('learns nothing of which suppliers there are, unless it is one', async () => {
    const anybody = rawCallerWith(server, 'x');
    const news = JSON.stringify({ reference: '01890000-0000-7000-8000-000000000001', outcome: { outcome: 'ok' } });
    const answers = [];
    // Of the simulator, of a supplier without a connector, and of none.
    for (const id of [FRANCE, TRAVEL_B2B, '01890000-0000-7000-8000-000000000000']) {
      const { status, body, headers } = await anybody.post(`/suppliers/${id}/callbacks`, news);
      answers.push({ status, body: { ...body, request_id: '' }, names: [...headers.keys()].toSorted() });
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { reason: 'invalid_credentials' } });
    expect(answers.slice(1)).toEqual([answers[0], answers[0]]);
  });

  it('leaves a ledger that adds up', async () => {
    await server.stop();
    const db = await world.openDb();
    const sums = await proveLedger(db, world.offer('msisdn'));
    await db.close();
    expect(sums).toMatchObject({ ok: 4, ko: 1, pending: 1 });
  });
});
