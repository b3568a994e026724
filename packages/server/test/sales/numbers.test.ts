import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { makePair } from '../support/rsa.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made, PRODUCT, setUpShop } from '../support/shop.ts';

const SALES = '/distributors/transactions';
const TRAVELERS = '92d376d4-0c18-4da8-9e6e-4dd173bc554e';
const SERIAL = '8991101200003204514';
/** Its check digit does not agree. */
const WRONG_SERIAL = '8991101200003204511';

/** What is sold: the number as it is ordered, the country of the offer, and the number as it is kept. */
const SOLD = [
  ['+2250707080910', 'CI', '+2250707080910'],
  ['0707080910', 'CI', '+2250707080910'],
  ['+2290197123456', 'BJ', '+2290197123456'],
  ['+242061234567', 'CG', '+242061234567'],
  ['+590690123456', 'MF', '+590690123456'],
  ['+590690123456', 'BL', '+590690123456'],
  ['+590690123456', 'GP', '+590690123456'],
  ['0690 12 34 56', 'GP', '+590690123456'],
  ['+12015550123', 'US', '+12015550123'],
  ['\u202a+33 6 84 58 75 87\u202c', 'FR', '+33684587587'],
  ['\u2066+33684587587\u2069', 'FR', '+33684587587'],
  ['\u200e06\u200b84\u200f58\u200c75\u200d87', 'FR', '+33684587587'],
  ['06\u200984\u200958\u200975\u200987', 'FR', '+33684587587'],
  ['06\u201184\u201158\u201175\u201187', 'FR', '+33684587587'],
  ['06–84–58–75–87', 'FR', '+33684587587'],
  ['\t06 84\t58 75 87\r\n', 'FR', '+33684587587'],
  ['tel:+33684587587', 'FR', '+33684587587'],
  ['(+33) 6 84 58 75 87', 'FR', '+33684587587'],
  ['٠٦٨٤٥٨٧٥٨٧', 'FR', '+33684587587'],
  ['０６８４５８７５８７', 'FR', '+33684587587'],
  ['＋３３６８４５８７５８７', 'FR', '+33684587587'],
] as const;

/** What is refused: the number as it is ordered, the country of the offer, and of which countries it is. */
const REFUSED = [
  ['0692123456', 'FR', ['RE'], 'Réunion', 'La Réunion'],
  ['+33692123456', 'FR', ['RE'], 'Réunion', 'La Réunion'],
  ['0690123456', 'FR', ['GP', 'BL', 'MF'], 'Guadeloupe, St. Barthélemy, or St. Martin', 'Guadeloupe, Saint-Barthélemy'],
  ['0694123456', 'FR', ['GF'], 'French Guiana', 'Guyane française'],
  ['0696123456', 'FR', ['MQ'], 'Martinique', 'Martinique'],
  ['0639123456', 'FR', ['YT'], 'Mayotte', 'Mayotte'],
  ['+34612345678', 'FR', ['ES'], 'Spain', 'Espagne'],
  ['+18765550123', 'US', ['JM'], 'Jamaica', 'Jamaïque'],
  ['+77071234567', 'RU', ['KZ'], 'Kazakhstan', 'Kazakhstan'],
  ['+447781123456', 'GB', ['GG'], 'Guernsey', 'Guernesey'],
] as const;

/** Serials that are read, whatever stands around them. */
const SERIALS = [`]C1${SERIAL}`, `${SERIAL}F`, `ICCID: ${SERIAL.replaceAll(/(.{4})/g, '$1 ')}`, SERIAL.slice(0, -1)];

const NO_SERIALS = [
  [`${SERIAL}5`, 'serial_check_digit'],
  [`${SERIAL}56`, 'serial_too_long'],
  ['8986000A12345678901', 'serial_not_digits'],
  [WRONG_SERIAL, 'serial_check_digit'],
  ['1234', 'serial_too_short'],
  [undefined, 'serial_missing'],
] as const;

describe.each(ENGINES)('the line of an order on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: RawCaller;
  let shop: RawCaller;
  /** By country. */
  const offers = new Map<string, string>();

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SEALING_KEY: Buffer.alloc(32, 7).toString('base64') });
    operator = rawCallerWith(server, world.demo.admin_token);
    const { distributor_id, client } = await setUpShop(operator, 'Everywhere', 0);
    for (const country of new Set([...SOLD, ...REFUSED].map(([, of]) => of))) {
      const make = async (path: string, body: object) => made(await operator.post(`/admin/v1${path}`, body));
      const { id: supplier_id } = await make('/suppliers', { name: country, country, connector: 'simulator' });
      const { id: product_id } = await make('/products', { ...PRODUCT, name: country, supplier_id });
      const { id } = await make('/offers', { distributor_id, product_id, name: country, resell_value: 1 });
      await make(`/offers/${id}/grants`, { units: 100, reference: `PO ${country}`, justification: 'First order' });
      offers.set(country, id as string);
    }
    shop = await rawSignIn(server, client);
  });
  afterAll(() => world.remove());

  const order = (country: string, msisdn: string, language = 'en') =>
    shop.post(SALES, { offer_id: offers.get(country), parameters: { msisdn } }, { 'accept-language': language });

  it.each(SOLD)('is read, and sold: %j of %s', async (msisdn, country, e164) => {
    const { status, body } = await order(country, msisdn);
    expect({ status, body }).toMatchObject({ status: 201, body: { parameters: { msisdn: e164 } } });
  });

  it.each(REFUSED)('is refused where it is of another territory, which is told: %s of %s', async (...row) => {
    const [msisdn, country, countries, english, french] = row;
    const { status, body } = await order(country, msisdn);
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { reason: 'bad_parameter', line_fault: { fault: 'other_country', countries } },
    });
    expect(body.description).toBe(`bad parameter for transaction for offer ${offers.get(country)}`);
    expect(body.customer_message).toContain(english);
    expect((await order(country, msisdn, 'fr')).body.customer_message).toContain(french);
  });

  it('is refused with what is wrong with it', async () => {
    expect((await order('FR', '06 84 58 75 8')).body.line_fault).toEqual({ fault: 'too_short' });
    expect((await order('FR', '06 84 58 75 87 0')).body.line_fault).toEqual({ fault: 'too_long' });
    expect((await order('FR', '01 45 67 89 01')).body.line_fault).toEqual({ fault: 'not_mobile' });
    expect((await order('FR', 'Anna')).body.line_fault).toEqual({ fault: 'not_a_number' });
  });

  describe('of a SIM', () => {
    let seller: RawCaller;
    const sell = (simId: string | undefined, language = 'en') => {
      const parameters = simId === undefined ? { other: 'x' } : { simId };
      return seller.post(SALES, { offer_id: world.offer('simId'), parameters }, { 'accept-language': language });
    };
    const setCheckDigit = async (sim_check_digit: string): Promise<void> => {
      expect((await operator.patch(`/admin/v1/suppliers/${TRAVELERS}`, { sim_check_digit })).body).toMatchObject({
        sim_check_digit,
      });
    };

    beforeAll(async () => {
      seller = await rawSignIn(server, world.demo);
    });

    it.each(SERIALS)('is read, and sold: %s', async (simId) => {
      const { status, body } = await sell(simId);
      const digits = SERIAL.slice(0, simId === SERIAL.slice(0, -1) ? -1 : undefined);
      expect({ status, body }).toMatchObject({ status: 201, body: { parameters: { simId: digits } } });
    });

    it.each(NO_SERIALS)('is refused with words about a SIM: %s', async (simId, fault) => {
      const { status, body } = await sell(simId);
      expect({ status, body }).toMatchObject({ status: 400, body: { reason: 'bad_parameter', line_fault: { fault } } });
      expect(body.customer_message).toContain('SIM');
      expect((await sell(simId, 'fr')).body.customer_message).toContain('SIM');
    });

    it('is sold without its check digit where its supplier has it so, and told where it wants that', async () => {
      const offerOf = async () => (await seller.get(`/distributors/offers/${world.offer('simId')}`)).body.product;
      expect(await offerOf()).toMatchObject({ line_kind: 'simId', sim_check_digit: 'refuse' });
      const question = `/distributors/suppliers/${TRAVELERS}/simstatus?simId=${WRONG_SERIAL}`;
      expect((await seller.get(question)).body).toMatchObject({ reason: 'invalid_query_parameter' });

      await setCheckDigit('warn');
      expect(await offerOf()).toMatchObject({ sim_check_digit: 'warn' });
      const { status, body } = await sell(WRONG_SERIAL);
      expect({ status, body }).toMatchObject({ status: 201, body: { line_warning: 'serial_check_digit' } });
      expect((await seller.get(`${SALES}/${body.id}`)).body.line_warning).toBe('serial_check_digit');
      expect((await sell(SERIAL)).body).not.toHaveProperty('line_warning');
      expect((await seller.get(question)).status).toBe(200);

      await setCheckDigit('off');
      expect((await sell(WRONG_SERIAL)).status).toBe(201);
      expect((await seller.get(`${SALES}/${body.id}`)).body).not.toHaveProperty('line_warning');
      expect((await sell(`${SERIAL}56`)).body.line_fault).toEqual({ fault: 'serial_too_long' });

      await setCheckDigit('refuse');
      expect((await sell(WRONG_SERIAL)).body.line_fault).toEqual({ fault: 'serial_check_digit' });
      const bad = await operator.patch(`/admin/v1/suppliers/${TRAVELERS}`, { sim_check_digit: 'sometimes' });
      expect(bad.body.reason).toBe('invalid_body_field');
    });
  });

  it('is none of an eSIM: an order that names one is refused, and takes no unit', async () => {
    const seller = await rawSignIn(server, world.demo);
    const offer_id = world.offer('esim');
    await seller.post('/distributors/keys', { key_type: 'rsa256', public_key_value: makePair().publicPem });
    const before = await seller.stock(offer_id);
    for (const parameters of [{ msisdn: '0684587587' }, { simId: SERIAL }, { msisdn: 684587587 }]) {
      const { status, body } = await seller.post(SALES, { offer_id, parameters });
      expect({ status, body }).toMatchObject({
        status: 400,
        body: {
          reason: 'bad_parameter',
          description: `bad parameter for transaction for offer ${offer_id}`,
          line_fault: { fault: 'line_not_taken' },
        },
      });
    }
    expect(await seller.stock(offer_id)).toBe(before);
    for (const parameters of [undefined, null, {}, { msisdn: '' }]) {
      expect((await seller.post(SALES, { offer_id, parameters })).status).toBe(201);
    }
  });
});
