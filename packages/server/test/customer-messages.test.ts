import { OUTCOMES } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, signIn } from './support/caller.ts';
import { createWorld, ENGINES, type World } from './support/server.ts';

const NUMBER = '0684587587';
const FRENCH = { 'accept-language': 'fr' };
const pathOf = (outcome: string, language = 'fr'): string => `/v1/customer-messages/${outcome}/${language}`;

describe.each(ENGINES)('what end customers are told on %s', (engine) => {
  let world: World;
  let shop: Caller;
  /** The same distributor at another process, where the database can be shared. */
  let elsewhere: Caller;

  beforeAll(async () => {
    world = await createWorld(engine);
    const server = await world.start();
    shop = await signIn(server, world.demo);
    elsewhere = engine === 'postgresql' ? await signIn(await world.start(), world.demo) : shop;
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
