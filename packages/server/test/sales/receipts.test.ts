import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { forgetSome } from '../../src/sales/retention.store.ts';
import { signInAs } from '../support/browser.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made } from '../support/shop.ts';

const SALE = '/distributors/transactions';
const FRANCE = '7413e966-c97c-11ed-b80c-fa163e78aa28';
const LINE = { msisdn: '+33684587587' };
const READY = 'Your top-up code is ready. Please type it in on your phone: until then, nothing has been recharged.';

describe.each(ENGINES)('what a supplier hands over with a recharge, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  let offers: { pin: string; text: string };
  /** The sale of a PIN, and the PIN. */
  let sale: any;
  let code: string;

  async function signInAll(): Promise<void> {
    server = await world.start({ SEALING_KEY });
    [shop, operator] = [await signInClient(server, world.demo), callerWith(server, world.demo.admin_token)];
  }
  const make = async (path: string, body: object): Promise<any> => made(await operator.post(`/admin/v1${path}`, body));
  /** An offer of the demo's distributor, with stock. */
  async function offerOf(supplier_id: string, more: object, distributor_id: string): Promise<string> {
    const kind = { type: 'topup', transaction_type: 'airtime topup', line_kind: 'msisdn', currency: 'EUR' };
    const product = await make('/products', { supplier_id, name: 'Code', bonus_value: 10, ...kind, ...more });
    const offer = await make('/offers', { distributor_id, product_id: product.id, name: 'Code', resell_value: 9 });
    await make(`/offers/${offer.id}/grants`, { units: 5, reference: offer.id, justification: 'Test' });
    return offer.id as string;
  }

  beforeAll(async () => {
    world = await createWorld(engine);
    await signInAll();
    const { distributor_id } = (await operator.get(`/admin/v1/offers/${world.offer('msisdn')}`)).body;
    offers = {
      pin: await offerOf(FRANCE, { settings: { receipt: 'pin' } }, distributor_id),
      text: await offerOf(FRANCE, { settings: { receipt: 'text' } }, distributor_id),
    };
  });
  afterAll(() => world.remove());

  it('is in the answer to the order, to its repetition and to the question for it, with words that fit', async () => {
    const headers = { 'idempotency-key': 'pin-1' };
    const first = await shop.sell(offers.pin, LINE, headers);
    expect(first.body).toMatchObject({ status: 'ok', customer_message: READY });
    sale = first.body;
    const { receipt } = sale;
    expect(receipt).toEqual({
      text: expect.any(String),
      pin: { code: expect.any(String), serial: expect.any(String) },
    });
    code = receipt.pin.code;
    expect(code).toMatch(/^\d{14}$/);
    expect((await shop.sell(offers.pin, LINE, headers)).body).toEqual(sale);
    expect((await shop.get(`${SALE}/${sale.id}`)).body).toEqual(sale);

    const told = await shop.sell(offers.text, LINE);
    expect(told.body).toMatchObject({ status: 'ok', customer_message: 'The recharge has been made.' });
    expect(told.body.receipt).toEqual({ text: expect.stringContaining('Receipt') });
    expect((await shop.sell(world.offer('msisdn'), LINE)).body).not.toHaveProperty('receipt');
  });

  it('is in no list, event or export, and shown neither to who sees numbers masked nor to the operator', async () => {
    const of = world.demo.console;
    const [viewer, seller] = await Promise.all([signInAs(server, of.viewer), signInAs(server, of.seller)]);
    expect((await seller.get(`${SALE}/${sale.id}`)).body.receipt.pin.code).toBe(code);
    expect((await viewer.get(`${SALE}/${sale.id}`)).body).not.toHaveProperty('receipt');

    const events = async (): Promise<any[]> => (await shop.get('/v1/events?limit=1000')).body;
    const done = async (): Promise<boolean> => (await events()).some(({ data }) => data.id === sale.id);
    await vi.waitFor(async () => expect(await done()).toBe(true), { timeout: 60_000 });
    const answers = [
      await events(),
      (await shop.get(`${SALE}?limit=1000`)).body,
      (await operator.get(`/admin/v1/transactions/${sale.id}`)).body,
      (await operator.get('/admin/v1/transactions?limit=1000')).body,
    ];
    for (const answer of answers) expect(JSON.stringify(answer)).toContain(sale.id);
    expect(JSON.stringify(answers)).not.toContain(code);
  });

  it('is left out of what was said to the supplier', async () => {
    const said = async (): Promise<any[]> => (await operator.get(`/admin/v1/transactions/${sale.id}/exchanges`)).body;
    await vi.waitFor(async () => expect(await said()).toHaveLength(1), { timeout: 60_000 });
    const [call] = await said();
    expect(JSON.parse(call.response_body)).toMatchObject({ state: 'done', voucher: '[…]', number: '[…]' });
    expect(JSON.stringify(call)).not.toContain(code);
  });

  it('comes through another server as well', async () => {
    const { distributor_id } = (await operator.get(`/admin/v1/offers/${offers.pin}`)).body;
    const { client_id, client_secret } = world.demo;
    const access = { settings: { base_url: `${server.baseUrl}/travel-b2b/v1`, client_id }, secrets: { client_secret } };
    const supplier = await make('/suppliers', { name: 'Itself', country: 'FR', connector: 'travel-b2b', ...access });
    const through = await offerOf(supplier.id, { supplier_reference: offers.pin }, distributor_id);
    const { body } = await shop.sell(through, LINE);
    const there = (
      await shop.get(`${SALE}/${(await operator.get(`/admin/v1/transactions/${body.id}`)).body.supplier_reference}`)
    ).body;
    expect(body.receipt.pin.code).toMatch(/^\d{14}$/);
    expect(body.receipt).toEqual(there.receipt);
  });

  it('is sealed in the database, has a row only where there is something, and is forgotten with the line', async () => {
    await server.stop();
    const db = await world.openDb();
    const rows = await db.query<{ sealed: string }>('SELECT * FROM receipts');
    const [sales] = await db.query<{ count: number }>('SELECT count(*)::int AS count FROM transactions');
    // A PIN and a text; and a PIN there and here.
    expect([rows.length, sales?.count]).toEqual([4, 5]);
    const tables = await db.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const text = JSON.stringify(await db.query(`SELECT to_jsonb(t)::text AS row FROM ${name} t`));
      expect([name, text.includes(code)]).toEqual([name, false]);
    }
    const soon = new Date(Date.now() + 3_600_000);
    while ((await forgetSome(db, soon)) === 'more');
    expect(await db.query('SELECT FROM receipts WHERE sealed IS NOT NULL')).toEqual([]);
    await db.close();

    await signInAll();
    const { body } = await shop.get(`${SALE}/${sale.id}`);
    expect(body).toMatchObject({ status: 'ok', parameters: {}, customer_message: READY });
    expect(body).not.toHaveProperty('receipt');
  });
});
