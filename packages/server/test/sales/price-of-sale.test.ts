import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dateOf } from '../../src/database/ids.ts';
import { addUpNextDay } from '../../src/reports/daily-sales.store.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { replay } from '../support/replay.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
const PRICE = ['offer_name', 'resell_value', 'distributor_fees', 'distributor_fees_type', 'public_price', 'margin'];
/** By the last digits: sold at once; refused by the supplier; pending, until a person decides. */
const LINES = ['0684586100', '0684586002', '0684586009'];

/** What each face says that a sale was called and cost, as text. */
type Faces = Record<string, (id: string) => Promise<unknown>>;

describe.each(ENGINES)('the price of a sale on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  /** The first instant of an hour that is over, on a day that is added up. */
  const hour = new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 60 * HOUR_MS);
  const changedAt = new Date(hour.getTime() + HOUR_MS / 2);

  /** Sales of an hour in which the price has changed from 7.92 to 9.01, each under the price that it was checked by. */
  async function sellThroughChange(): Promise<void> {
    const db = await world.openDb();
    const offer = world.offer('small');
    const times = (count: number, ms: number) => Array.from({ length: count }, () => new Date(hour.getTime() + ms));
    const change = (price: string, at: Date) =>
      db.query(
        `UPDATE offers SET version = version + 1, resell_value_minor = ${price}, updated_at = $2 WHERE id = $1`,
        [offer, at],
      );
    await change('792', new Date(hour.getTime() - HOUR_MS));
    // The last of them was checked before the change, though it came after it.
    await replay(db, offer, [...times(2, 0), ...times(1, HOUR_MS / 2 + SECOND_MS)]);
    await change('901', changedAt);
    await replay(db, offer, [...times(1, HOUR_MS / 2 - SECOND_MS), ...times(3, HOUR_MS - SECOND_MS)]);
    // Of other hours, one price counts.
    await replay(db, offer, [...times(2, 5 * HOUR_MS)]);
    while ((await addUpNextDay(db, new Date())) === 'more');
    await db.close();
  }

  beforeAll(async () => {
    world = await createWorld(engine);
    await sellThroughChange();
    server = await world.start();
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, world.demo.admin_token);
  });
  afterAll(() => world?.remove());

  const priceOf = (row: Record<string, unknown>): unknown => PRICE.map((name) => String(row[name]));
  const got = async (caller: PathCaller, path: string): Promise<any> => (await caller.get(path)).body;
  const csvOf = async (caller: PathCaller, path: string): Promise<Record<string, string>[]> =>
    parse((await caller.get(path, { accept: 'text/csv' })).body, { columns: true });
  const own = '/distributors/transactions';
  const all = '/admin/v1/transactions';
  const among = (rows: Record<string, unknown>[], id: string): unknown =>
    priceOf(rows.find((row) => row['id'] === id) ?? {});

  const faces: Faces = {
    wire: async (id) => priceOf(await got(shop, `${own}/${id}`)),
    list: async (id) => among(await got(shop, own), id),
    csv: async (id) => among(await csvOf(shop, own), id),
    operator: async (id) => priceOf(await got(operator, `${all}/${id}`)),
    operatorList: async (id) => among(await got(operator, all), id),
    operatorCsv: async (id) => among(await csvOf(operator, all), id),
    events: async (id) => {
      const events: { data: Record<string, unknown> }[] = await got(shop, '/v1/events?order=newest');
      return among(
        events.map(({ data }) => data),
        id,
      );
    },
  };
  it('is that of the moment it was made, on all faces, whatever the offer is called and costs since', async () => {
    const offer = world.offer('msisdn');
    const path = `/distributors/offers/${offer}`;
    const fees = { name: 'Dix euros', distributor_fees: 26.2626, distributor_fees_type: 'percent' };
    await operator.patch(`/admin/v1/offers/${offer}`, { resell_value: 7.92 });
    expect((await shop.patch(path, fees)).body).toMatchObject({ public_price: 10, margin: 2.08 });
    const keys = LINES.map(() => ({ 'idempotency-key': randomUUID() }));
    const order = (i: number) => shop.sell(offer, { msisdn: LINES[i] }, keys[i]);
    const sold = [await order(0), await order(1), await order(2)].map(
      ({ body }) => (body.id ?? body.transaction_id) as string,
    );

    await operator.patch(`/admin/v1/offers/${offer}`, { resell_value: 9.92, name: 'Ten euros' });
    await shop.patch(path, { distributor_fees: 3, distributor_fees_type: 'value' });
    expect((await got(shop, path)).public_price).toBe(12.92);
    const decision = { status: 'ok', justification: 'The customer has it' };
    expect((await operator.post(`${all}/${sold[2]}/resolutions`, decision)).status).toBe(201);

    const was = ['Dix euros', '7.92', '26.2626', 'percent', '10', '2.08'];
    const told = async (id: string) =>
      Object.fromEntries(
        await Promise.all(Object.entries(faces).map(async ([name, ask]) => [name, await ask(id)] as const)),
      );
    const everywhere = Object.fromEntries(Object.keys(faces).map((name) => [name, was]));
    // An event shows once all transactions before it have ended.
    for (const id of sold) {
      await vi.waitFor(async () => expect(await told(id)).toEqual(everywhere), { timeout: 60_000 });
    }
    expect(priceOf((await order(0)).body)).toEqual(was);
    expect((await order(2)).body).toMatchObject({ id: sold[2], status: 'ok', public_price: 10 });
    const next = await shop.sell(offer, { msisdn: LINES[0] });
    expect(priceOf(next.body)).toEqual(['Ten euros', '9.92', '3', 'value', '12.92', '3']);
  });

  it('is what the overview adds up, also where it has changed within an hour, by the hour and by the day', async () => {
    const sum = 3 * 7.92 + 4 * 9.01 + 2 * 9.01;
    const from = `from=${hour.toISOString().slice(0, 19)}Z`;
    const soldFor = async (query: string): Promise<unknown> => {
      const { offers } = await got(shop, `/v1/overview?${query}`);
      return offers.find(({ offer_id }: { offer_id: string }) => offer_id === world.offer('small'))?.value;
    };
    const whole = [{ amount: Math.round(sum * 100) / 100, currency: 'EUR' }];
    expect(await soldFor(`${from}&step=hour`)).toEqual(whole);
    expect(await soldFor(`from=${hour.toISOString().slice(0, 10)}&step=day`)).toEqual(whole);
  });

  it('adds up to the sum of all sales while prices change and sales go on', async () => {
    const offer = world.offer('small');
    for (const resell_value of [8.11, 8.13, 7.03]) {
      await Promise.all([
        operator.patch(`/admin/v1/offers/${offer}`, { resell_value }),
        ...Array.from({ length: 5 }, () => shop.sell(offer, { msisdn: '0684587587' })),
      ]);
    }
    const sales = await got(shop, `${own}?offer=${offer}&status=ok&limit=1000`);
    const cents = sales
      .filter(({ id }: { id: string }) => dateOf(id) >= hour)
      .reduce((total: number, { resell_value }: { resell_value: number }) => total + Math.round(resell_value * 100), 0);
    const { offers } = await got(shop, `/v1/overview?from=${hour.toISOString().slice(0, 19)}Z&step=hour`);
    const told = offers.find(({ offer_id }: { offer_id: string }) => offer_id === offer);
    expect(told).toMatchObject({ ok: 24, value: [{ amount: cents / 100, currency: 'EUR' }] });
  });
});
