import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewBooking } from '../../src/ledger/balances.rules.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { replay } from '../support/replay.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const HOUR_MS = 3_600_000;
const DAYS = 20;

describe.each(ENGINES)('the stock of an offer on %s', (engine) => {
  let world: DemoPlace;
  let shop: PathCaller;
  let operator: PathCaller;
  const now = Date.now();
  const today = new Date(now).toISOString().slice(0, 10);

  beforeAll(async () => {
    world = await createWorld(engine);
    const db = await world.openDb();
    const from = Math.floor(now / HOUR_MS) - DAYS * 24;
    const grant = {
      kind: 'grant',
      offer_id: world.offer('empty'),
      units: 300,
      reference: 'PO-1',
      justification: 'First',
    };
    await db.transaction((tx) => bookUnits(tx, grant as NewBooking, new Date(from * HOUR_MS), 1_000));
    // Ten units on each day that has passed, one an hour, from midnight (UTC) on.
    const hours = Array.from({ length: DAYS * 24 }, (_, i) => from + i).filter((hour) => hour % 24 < 10);
    const moments = hours.map((hour) => new Date(hour * HOUR_MS + 60_000));
    await replay(db, world.offer('empty'), moments);
    await replay(db, world.offer('empty'), moments.slice(0, 5), 'ko');
    await db.close();
    const server = await world.start();
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, world.demo.admin_token);
  });
  afterAll(() => world.remove());

  const stockOf = async (kind: string, query = ''): Promise<any> => {
    const { status, body } = await shop.get(`/v1/offers/${world.offer(kind)}/stock${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  };

  it('is told as it stands now, and how long it will last', async () => {
    const { available, held, pace_per_day, forecast } = await stockOf('empty');
    expect([available, held]).toEqual([300 - DAYS * 10, 0]);
    expect(pace_per_day).toBeGreaterThan(8);
    expect(pace_per_day).toBeLessThan(12);
    const { confidence, days_of_cover, empty_at } = forecast;
    expect(confidence).toBe('good');
    expect(days_of_cover.median).toBeGreaterThan(9);
    expect(days_of_cover.median).toBeLessThan(11);
    expect(new Date(empty_at.median).getTime()).toBeCloseTo(now + days_of_cover.median * 24 * HOUR_MS, -6);
    expect(days_of_cover.low).toBeLessThan(days_of_cover.median);
    expect(days_of_cover.high).toBeGreaterThan(days_of_cover.median);
  });

  it('is told as it came to be, by the hour and by the day, refused sales left out', async () => {
    const { history } = await stockOf('empty', '?step=day');
    expect(history.step).toBe('day');
    const whole = history.points.filter(({ sold }: { sold: number }) => sold === 10);
    expect(whole.length).toBeGreaterThanOrEqual(DAYS - 1);
    expect(history.points.reduce((total: number, { sold }: { sold: number }) => total + sold, 0)).toBe(DAYS * 10);
    expect(history.points.at(-1)).toMatchObject({ date: `${today}T00:00:00Z`, available: 300 - DAYS * 10 });
    const days = await stockOf('empty', `?from=${new Date(now - 2 * 24 * HOUR_MS).toISOString().slice(0, 10)}`);
    expect(days.history.step).toBe('hour');
    expect(days.history.points.length).toBeGreaterThan(48);
  });

  it('is told to the operator in the same words', async () => {
    const path = `/offers/${world.offer('empty')}`;
    const { body: seen } = await operator.get(`/admin/v1${path}/forecast?step=day`);
    const { body: own } = await shop.get(`/v1${path}/stock?step=day`);
    expect(seen.pace_per_day).toBeCloseTo(own.pace_per_day, 0);
    expect(seen.forecast.days_of_cover.median).toBeCloseTo(own.forecast.days_of_cover.median, 0);
    expect(seen).toEqual({ ...own, pace_per_day: seen.pace_per_day, forecast: seen.forecast });
    expect(await shop.get(`/admin/v1${path}/forecast`)).toMatchObject({ status: 401 });
  });

  it('says that it knows nothing of an offer that nobody has bought yet', async () => {
    const { pace_per_day, forecast } = await stockOf('spain');
    expect(pace_per_day).toBe(0);
    expect(forecast).toMatchObject({ confidence: 'none', days_of_cover: { low: null, median: null, high: null } });
  });

  it('moves with sales and grants at once', async () => {
    await shop.sell(world.offer('small'), { msisdn: '0684587587' });
    await shop.sell(world.offer('small'), { msisdn: '0684587002' });
    await operator.post(`/admin/v1/offers/${world.offer('small')}/grants`, {
      units: 7,
      reference: 'PO-7',
      justification: 'More',
    });
    const { available, history } = await stockOf('small', `?from=${today}&step=day`);
    expect(available).toBe(106);
    expect(history.points.at(-1)).toMatchObject({ sold: 1, available: 106 });
    expect(history.points.at(-1).granted % 100).toBe(7);
  });

  it.each([
    ['from=2026-02-30', 'from'],
    ['from=2026-11-25&to=2026-11-24', 'from'],
    ['from=2001-01-01', 'from'],
    ['step=minute', 'step'],
  ])('is not told for %s', async (query, field) => {
    const { status, body } = await shop.get(`/v1/offers/${world.offer('small')}/stock?${query}`);
    expect([status, body.reason, body.description]).toEqual([
      400,
      'invalid_query_parameter',
      expect.stringContaining(field),
    ]);
  });
});
