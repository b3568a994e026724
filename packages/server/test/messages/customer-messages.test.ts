import { OUTCOMES } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const NUMBER = '0684587587';
const FRENCH = { 'accept-language': 'fr' };
const pathOf = (outcome: string, language = 'fr'): string => `/v1/customer-messages/${outcome}/${language}`;

describe.each(ENGINES)('what end customers are told on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  /** The same distributor at another process, where the database can be shared. */
  let elsewhere: PathCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = await signInClient(server, world.demo);
    elsewhere = engine === 'postgresql' ? await signInClient(await world.start(), world.demo) : shop;
  });
  afterAll(() => world.remove());

  const sell = (kind: string, msisdn: string, headers = FRENCH) =>
    elsewhere.sell(world.offer(kind), { msisdn }, headers);

  it('is there for every outcome in each language, with nothing of the distributor’s own', async () => {
    const { body } = await shop.get('/v1/customer-messages');
    expect(body).toHaveLength(OUTCOMES.length * 2);
    expect(body.filter((each: { text?: string }) => each.text !== undefined)).toEqual([]);
    const french = (await shop.get('/v1/customer-messages?language=fr')).body;
    expect(french).toHaveLength(OUTCOMES.length);
  });

  it('is in the distributor’s own words from the next sale on, in every process', async () => {
    await sell('msisdn', NUMBER);
    const text = 'Merci ! {amount} de {operator} pour le {msisdn_masked} : {offer}.';
    const set = await shop.put(pathOf('ok'), { text });
    expect([set.status, set.body.text, set.body.default]).toEqual([200, text, 'La recharge a été effectuée.']);
    const { body } = await sell('msisdn', NUMBER);
    const own = 'Merci ! 10 EUR de Orange France pour le +33•••••••87 : Mobile France 10 EUR.';
    expect(body.customer_message).toBe(own);
    expect((await sell('msisdn', NUMBER, { 'accept-language': 'en' })).body.customer_message).toMatch(/has been made/);

    const read = await shop.get(`/distributors/transactions/${body.id}`, FRENCH);
    expect(read.body.customer_message).toBe(own);
    const [newest] = (await shop.get('/distributors/transactions?limit=1', { 'accept-language': 'fr' })).body;
    expect(newest.customer_message).toContain('Merci !');
    const told = expect.objectContaining({ id: body.id, customer_message: own });
    const newestEvents = async () => (await shop.get('/v1/events?limit=10&order=newest', FRENCH)).body;
    await vi.waitFor(async () => expect(await newestEvents()).toContainEqual(expect.objectContaining({ data: told })), {
      timeout: 60_000,
    });
  });

  it('is so of refusals too, with what is known of the order', async () => {
    await shop.put(pathOf('line_barred'), { text: 'Le {msisdn_masked} est bloqué.' });
    await shop.put(pathOf('bucket_empty'), { text: 'Plus de {offer} pour le {msisdn_masked}.' });
    await shop.put(pathOf('missing_offer_id'), { text: 'Rien choisi.' });
    expect((await sell('msisdn', '0684587002')).body.customer_message).toBe('Le +33•••••••02 est bloqué.');
    const { body } = await sell('empty', NUMBER);
    expect(body.customer_message).toMatch(/^Plus de .* pour le \+33•••••••87\.$/);
    const nothing = await elsewhere.post('/distributors/transactions', {}, FRENCH);
    expect(nothing.body.customer_message).toBe('Rien choisi.');
  });

  it('is the default where the own sentence mentions what is not known of the order', async () => {
    await shop.put(pathOf('missing_parameters'), { text: 'Le {msisdn_masked} ?' });
    const { body } = await elsewhere.post('/distributors/transactions', { offer_id: world.offer('msisdn') }, FRENCH);
    expect([body.reason, body.customer_message]).toEqual([
      'missing_parameters',
      "Ce numéro n'est pas valable pour cette recharge. Veuillez le vérifier.",
    ]);
  });

  it('is told where one waits for the answer, and nowhere else', async () => {
    const raw = await rawSignIn(server, world.demo);
    const nobody = rawCallerWith(server, 'x');
    const operator = rawCallerWith(server, world.demo.admin_token);
    const order = { offer_id: world.offer('empty'), parameters: { msisdn: NUMBER } };
    const supplier = (await raw.get('/distributors/suppliers')).body.find(
      ({ name }: { name: string }) => name === 'Welcome Travelers',
    ).id;
    const told = [
      await raw.post('/distributors/transactions', order),
      await raw.post('/distributors/transactions', 'not JSON'),
      await nobody.post('/distributors/transactions', order),
      await raw.get(`/distributors/suppliers/${supplier}/simstatus?simId=8991101200001`),
    ];
    expect(told.map(({ body }) => typeof body.customer_message)).toEqual(told.map(() => 'string'));
    const untold = [
      await raw.get('/distributors/nothing'),
      await raw.get('/distributors/transactions/01890000-0000-7000-8000-000000000000'),
      await raw.get('/distributors/transactions?limit=none'),
      await raw.get(`/distributors/suppliers/${supplier}/simstatus`),
      await raw.post('/v1/alerts', {}),
      await nobody.get('/distributors/offers'),
      await operator.get('/admin/v1/offers/none'),
      await operator.post(`/admin/v1/offers/${world.offer('empty')}/grants`, {}),
      await operator.post('/oauth/v3/token', {}),
    ];
    for (const { status, body } of untold) {
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).not.toHaveProperty('customer_message');
    }
  });

  it('goes with a time to order again only where that can help', async () => {
    const order = { offer_id: world.offer('msisdn'), parameters: { msisdn: NUMBER }, notify: { sms: true } };
    const { status, body, headers } = await shop.post('/distributors/transactions', order);
    expect([status, body.reason, body.retryable, headers.get('retry-after')]).toEqual([
      503,
      'not_configured',
      false,
      null,
    ]);
    expect(body.customer_message).toMatch(/not on sale/);
  });

  it('is the default again once the own sentence is taken away', async () => {
    const removed = await shop.delete(pathOf('ok'));
    expect([removed.status, removed.body.text]).toEqual([200, undefined]);
    expect((await sell('msisdn', NUMBER)).body.customer_message).toBe('La recharge a été effectuée.');
    const { body } = await shop.get('/v1/customer-messages');
    expect(body.filter((each: { text?: string }) => each.text !== undefined)).toHaveLength(4);
  });

  it.each([
    [pathOf('ok'), { text: 'Bonjour {name}' }, 'invalid_body_field'],
    [pathOf('ok'), { text: 'Bonjour {' }, 'invalid_body_field'],
    [pathOf('ok'), { text: '' }, 'invalid_body_field'],
    [pathOf('ok'), { text: 'x'.repeat(321) }, 'invalid_body_field'],
    [pathOf('ok'), { text: 'two\nlines' }, 'invalid_body_field'],
    [pathOf('ok'), {}, 'missing_body_field'],
    [pathOf('nothing'), { text: 'Bonjour' }, 'invalid_url_parameter'],
    [pathOf('ok', 'xx'), { text: 'Bonjour' }, 'invalid_url_parameter'],
  ])('cannot be %s %j', async (path, body, reason) => {
    const answer = await shop.put(path, body);
    expect([answer.status, answer.body.reason]).toEqual([400, reason]);
  });
});
