import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NewBooking } from '../../src/ledger/balances.rules.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { addUpNextDay, addUpOpenDays } from '../../src/reports/daily-sales.store.ts';
import { createStore } from '../../src/sales/store.ts';
import { saveLevel } from '../../src/stock/levels.store.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { ownerOf, type PastOrder, pastOrders, sellInPast } from '../support/past.ts';
import { replay } from '../support/replay.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 200 };
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const OK = { msisdn: '0684587587' };
const BARRED = { msisdn: '0684587002' };
const NEVER_KNOWN = { msisdn: '0684587009' };
const NOBODYS = '01890000-0000-7000-8000-000000000000';

describe.each(ENGINES)('the overview on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: PathCaller;
  let operator: PathCaller;
  let distributor: string;
  let oldPrice: number;
  let pending: string;
  const now = Date.now();
  const hoursAgo = (hours: number): Date => new Date((Math.floor(now / HOUR_MS) - hours) * HOUR_MS + 60_000);
  /** The last 23 hours and the running one, which are compared with those a day earlier. */
  const query = (): string => `from=${new Date(Date.now() - 23 * HOUR_MS).toISOString().slice(0, 19)}Z&step=hour`;

  const env = { SUPPLIER_DEADLINE_MS: '1500', SIMULATOR_LATENCY_MS: '200' };
  const begin = async (): Promise<void> => {
    server = await world.start(env);
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, world.demo.admin_token);
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    const db = await world.openDb();
    const offer_id = world.offer('empty');
    const grant: NewBooking = { kind: 'grant', offer_id, units: 100, reference: 'PO-1', justification: 'First' };
    await db.transaction((tx) => bookUnits(tx, grant, hoursAgo(23 * DAY_HOURS), 1_000));
    // Five a day for twenty days; then it was empty, for two and a half days.
    const hours = Array.from({ length: 20 * DAY_HOURS }, (_, i) => 60 + 20 * DAY_HOURS - i);
    const sold = hours.filter((_, i) => i % DAY_HOURS < 5);
    await replay(db, offer_id, sold.map(hoursAgo));
    ({ distributor_id: distributor } = await ownerOf(createStore(db), offer_id));
    await saveLevel(db, { distributor_id: distributor, offer_id }, { level: 'depleted', granted: 100 }, hoursAgo(60));

    const times = (ago: number, count: number): Date[] => Array<Date>(count).fill(hoursAgo(ago));
    await replay(db, world.offer('msisdn'), times(30, 5));
    await replay(db, world.offer('msisdn'), times(3, 5));
    await replay(db, world.offer('msisdn'), times(3, 2), 'ko');
    // Whoever made it is gone, and its supplier will never know.
    const [orphan] = pastOrders(world.offer('msisdn'), hoursAgo(80), 1);
    await sellInPast(createStore(db), [{ ...(orphan as PastOrder), status: 'pending', line: '+33684587009' }]);
    pending = orphan?.id ?? '';
    while ((await addUpNextDay(db, new Date(now))) === 'more');
    // A process that was slow sells when its day is added up already.
    await replay(db, world.offer('msisdn'), times(30, 1));
    await addUpOpenDays(db);
    await db.close();

    await begin();
    oldPrice = (await shop.get(`/distributors/offers/${world.offer('msisdn')}`)).body.resell_value;
    await operator.patch(`/admin/v1/offers/${world.offer('msisdn')}`, { resell_value: 9 });
    const orders = [OK, OK, OK, BARRED, BARRED, NEVER_KNOWN, { msisdn: 'none' }];
    await Promise.all(orders.map((parameters) => shop.sell(world.offer('msisdn'), parameters)));
    await Promise.all([1, 2].map(() => shop.sell(offer_id, OK)));
    await shop.sell(NOBODYS, OK);
  });
  afterAll(() => world.remove());

  const read = async (caller: PathCaller, path: string): Promise<any> => {
    const { status, body } = await caller.get(path);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const own = (): Promise<any> => read(shop, `/v1/overview?${query()}`);
  const until = (facts: object): Promise<any> =>
    vi.waitFor(async () => {
      const body = await own();
      expect(body).toMatchObject(facts);
      return body;
    }, PATIENCE);

  it('agrees with what was sold and refused, and with the period before', async () => {
    const { totals, points, compared, previous, from, to } = await until({ totals: { refused: 4 } });
    expect(totals).toMatchObject({ orders: 13, ok: 8, ko: 4, expired: 0, pending: 1 });
    expect(totals.previous).toMatchObject({ orders: 6, ok: 6, refused: 0 });
    // What was sold before the price has changed counts with the price that it had.
    const cents = Math.round(5 * oldPrice * 100) + 3 * 900;
    expect(totals.value).toEqual([{ amount: cents / 100, currency: 'EUR' }]);
    expect(Date.parse(from) - Date.parse(previous.from)).toBe(DAY_HOURS * HOUR_MS);

    // The hour under way is not compared, for those of the day before were whole.
    expect(Date.parse(to) - Date.parse(compared.to)).toBe(HOUR_MS);
    expect(Date.parse(compared.to) - Date.parse(previous.to)).toBe(DAY_HOURS * HOUR_MS);
    const over = points.filter(({ date }: any) => date < compared.to);
    for (const name of ['orders', 'ok', 'ko', 'refused'] as const) {
      expect(totals.compared[name]).toBe(over.reduce((total: number, point: any) => total + point[name], 0));
    }
    expect(totals.compared.ok).toBeGreaterThanOrEqual(5);

    expect(points).toHaveLength(DAY_HOURS);
    const sum = (name: string): number => points.reduce((total: number, point: any) => total + point[name], 0);
    expect(['orders', 'ok', 'ko', 'pending', 'refused'].map(sum)).toEqual([13, 8, 4, 1, 4]);
    const hour = `${hoursAgo(3).toISOString().slice(0, 13)}:00:00Z`;
    expect(points.find(({ date }: any) => date === hour)).toMatchObject({ orders: 7, ok: 5, ko: 2, refused: 0 });
  });

  it('tells why orders came to nothing, whether they took a unit or not', async () => {
    const { reasons } = await until({ totals: { refused: 4 }, reasons: { length: 4 } });
    const counts = reasons.map(({ reason, ended, refused }: any) => [reason, ended, refused]);
    expect(counts.toSorted()).toEqual([
      ['bad_parameter', 0, 1],
      ['bucket_empty', 0, 2],
      ['invalid_offer_id', 0, 1],
      ['line_barred', 2, 0],
    ]);
  });

  it('tells it by offer and by supplier, with the time that suppliers took', async () => {
    const { offers, suppliers } = await until({ suppliers: [{ answers: 5, unanswered: 1 }] });
    expect(offers.map((offer: any) => [offer.offer_id, offer.orders, offer.refused])).toEqual([
      [world.offer('msisdn'), 13, 1],
      [world.offer('empty'), 0, 2],
    ]);
    expect(offers[0].previous).toMatchObject({ orders: 6 });
    expect(suppliers[0]).toMatchObject({ supplier_name: 'Orange France', orders: 13, refused: 3 });
    expect(suppliers[0].median_ms).toBeGreaterThan(150);
    expect(suppliers[0].p95_ms).toBeGreaterThanOrEqual(suppliers[0].median_ms);
  });

  it('tells how long an offer was empty, and what that cost', async () => {
    const { stock_outs } = await until({ stock_outs: [{ refused: 2 }] });
    expect(stock_outs).toHaveLength(1);
    const [{ offer_id, times, seconds, missed_units, missed_value }] = stock_outs;
    expect([offer_id, times.length, times[0].to]).toEqual([world.offer('empty'), 1, undefined]);
    // Only what lies within the period counts.
    expect(seconds).toBeGreaterThan(23 * 3_600 - 60);
    expect(seconds).toBeLessThanOrEqual(24 * 3_600);
    expect(missed_units).toBeGreaterThan(3.5);
    expect(missed_units).toBeLessThan(6.5);
    expect(missed_value.amount / missed_units).toBeGreaterThan(1);
  });

  it('says since when an offer has stock again', async () => {
    const refill = { units: 10, reference: 'PO-2', justification: 'Refill' };
    await operator.post(`/admin/v1/offers/${world.offer('empty')}/grants`, refill);
    await until({ stock_outs: [{ times: [{ to: expect.any(String) }] }] });
  });

  it('covers 30 days unless told, and is compared with those before', async () => {
    const { from, to, previous } = await read(shop, '/v1/overview');
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * DAY_HOURS * HOUR_MS);
    expect(Date.parse(from) - Date.parse(previous.from)).toBe(30 * DAY_HOURS * HOUR_MS);
  });

  const byDay = async (): Promise<any> =>
    read(
      shop,
      `/v1/overview?from=${hoursAgo(90 * DAY_HOURS)
        .toISOString()
        .slice(0, 10)}&step=day`,
    );

  it('tells the same of days that are over and added up', async () => {
    const { totals, points, offers } = await byDay();
    expect(totals).toMatchObject({ orders: 120, ok: 114, ko: 4, pending: 2, refused: 4, previous: { orders: 0 } });
    const { body } = await shop.get(`/distributors/offers/${world.offer('empty')}`);
    const cents = Math.round(11 * oldPrice * 100) + 3 * 900 + Math.round(100 * body.resell_value * 100);
    expect(totals.value).toEqual([{ amount: cents / 100, currency: 'EUR' }]);
    expect(offers.map(({ orders }: any) => orders)).toEqual([100, 20]);
    const dayOf = (hours: number): any =>
      points.find(({ date }: any) => date === `${hoursAgo(hours).toISOString().slice(0, 10)}T00:00:00Z`);
    expect(dayOf(80).pending).toBe(1);
    expect(points.reduce((sum: number, { ok }: any) => sum + ok, 0)).toBe(114);
  });

  it('counts what ends long after its day', async () => {
    const decision = { status: 'ok', justification: 'In the records of the supplier' };
    await operator.post(`/admin/v1/transactions/${pending}/resolutions`, decision);
    expect((await byDay()).totals).toMatchObject({ orders: 120, ok: 115, pending: 1 });
  });

  it('shows a distributor its own sales only, and the operator all of them, the sandbox apart', async () => {
    const sandbox = await signInClient(server, world.demo.sandbox);
    const other = await signInClient(server, world.demo.other);
    const ofAll = (which = ''): Promise<any> => read(operator, `/admin/v1/overview?${query()}${which}`);
    const before = {
      sandbox: (await ofAll('&world=sandbox')).totals,
      other: (await read(other, `/v1/overview?${query()}`)).totals,
    };
    const tried = world.demo.sandbox.offers.find(({ kind }) => kind === 'msisdn')?.id ?? '';
    const base = '/travel-b2b-sandbox/v1/distributors/transactions';
    expect((await sandbox.post(base, { offer_id: tried, parameters: OK })).status).toBe(201);
    await other.sell(world.offer('msisdn'), OK);

    const ofOther = await vi.waitFor(async () => {
      const body = await read(other, `/v1/overview?${query()}`);
      expect(body.totals).toMatchObject({ orders: 0, refused: before.other.refused + 1 });
      return body;
    }, PATIENCE);
    expect([ofOther.offers, ofOther.suppliers, ofOther.stock_outs]).toEqual([[], [], []]);
    const orders = before.sandbox.orders + 1;
    expect((await read(sandbox, `/v1/overview?${query()}`)).offers).toMatchObject([{ offer_id: tried, orders }]);

    const shown = await until({ totals: { orders: 13, refused: 4 } });
    const one = await ofAll(`&distributor=${distributor}`);
    expect([one.totals, one.offers, one.reasons]).toEqual([shown.totals, shown.offers, shown.reasons]);
    const refused = shown.totals.refused + ofOther.totals.refused;
    expect((await ofAll()).totals).toMatchObject({ orders: 13, refused, previous: { orders: 6 } });
    expect((await ofAll('&world=sandbox')).totals).toMatchObject({ orders, ok: before.sandbox.ok + 1, refused: 0 });
  });

  it('keeps what it has counted when the server is stopped; what was sold is not counted as refused', async () => {
    const { totals } = await own();
    await shop.sell(NOBODYS, OK);
    const key = { 'Idempotency-Key': randomUUID() };
    expect((await shop.sell(world.offer('msisdn'), OK, key)).status).toBe(201);
    expect((await shop.sell(world.offer('msisdn'), BARRED, key)).status).toBe(422);
    await server.stop();
    await begin();
    expect((await own()).totals.refused).toBe(totals.refused + 1);
  });

  it.each([
    ['from=2024-01-01', 'from', '366 days'],
    ['from=2026-01-01&to=2026-03-31&step=hour', 'step', '7 days'],
    ['from=2026-03-02&to=2026-03-01', 'from', 'not before to'],
    ['from=yesterday', 'from', 'RFC 3339'],
  ])('of %s is refused', async (asked, field, why) => {
    const { status, body } = await shop.get(`/v1/overview?${asked}`);
    expect([status, body.reason]).toEqual([400, 'invalid_query_parameter']);
    expect(body.description).toContain(field);
    expect(body.description).toContain(why);
  });
});
