import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { cleanPricesJob } from '../../src/replays/clean-prices.job.ts';
import { NOTHING_REPLAYED, type Replayed, type ReplaySums } from '../../src/replays/figures.rules.ts';
import { readTrial } from '../../src/replays/read-trial.ts';
import { ALL, replaySales } from '../../src/replays/replay-sales.ts';
import { wireReplay } from '../../src/replays/replays.wire.ts';
import { HonestSupplier } from '../routing/honest-supplier.ts';
import { createRoutedShop, named, type RoutedShop } from '../routing/routed-shop.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace, STORAGE_ENGINES } from '../support/server.ts';
import { type PastAttempt, plantOrders, type RoutedOrder } from './past-routes.ts';

const HOUR_MS = 3_600_000;
const FIRST = new Date('2026-03-02T00:00:00Z');
const hour = (n: number): Date => new Date(FIRST.getTime() + n * HOUR_MS);

describe.each(STORAGE_ENGINES)('past sales on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let ctx: Context;

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    const { connector } = new HonestSupplier();
    ctx = contextOn(db, { connectors: named({ a: connector, b: connector, c: connector }) });
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  /** A shop of three suppliers, which list their product as `ten`. */
  async function shopOf(): Promise<RoutedShop & { product: (name: string) => string }> {
    const shop = await createRoutedShop(ctx, ['a', 'b', 'c']);
    const products = Object.values(shop.suppliers).map(({ product_id }) => product_id);
    await db.query(`UPDATE products SET supplier_reference = 'ten' WHERE id = ANY($1::uuid[])`, [products]);
    return { ...shop, product: (name) => shop.suppliers[name]?.product_id ?? '' };
  }

  /** A supplier's price as its catalogue has told it. */
  const price = (shop: RoutedShop, name: string, cost: number, currency: string, at: Date): Promise<unknown> =>
    db.query(
      `INSERT INTO supplier_catalogue (supplier_id, supplier_reference, name, currency, cost, changed_at)
       VALUES ($1, 'ten', 'Ten', $2, $3, $4)
       ON CONFLICT (supplier_id, supplier_reference)
         DO UPDATE SET currency = excluded.currency, cost = excluded.cost, changed_at = excluded.changed_at`,
      [shop.suppliers[name]?.supplier_id ?? '', currency, cost, at],
    );
  const dollar = (per_euro: number, at: Date): Promise<unknown> =>
    db.query(
      `INSERT INTO exchange_rates (currency, per_euro, per_us_dollar, changed_at)
       VALUES ('EUR', 1, $1::numeric, $2::timestamptz), ('USD', 1 / $1::numeric, 1, $2::timestamptz)
       ON CONFLICT (currency) DO UPDATE SET per_euro = excluded.per_euro, changed_at = excluded.changed_at`,
      [1 / per_euro, at],
    );

  async function replay(
    shop: RoutedShop,
    hours: number,
    trial: Parameters<typeof readTrial>[1] = {},
    signal = new AbortController().signal,
  ) {
    const tried = await readTrial(db, trial);
    if ('reason' in tried) throw new Error(JSON.stringify(tried));
    const asked = { world: 'live', distributor_id: shop.distributor_id, from: FIRST, before: hour(hours) } as const;
    const shown = await replaySales(ctx, asked, tried, signal);
    if ('reason' in shown) throw new Error(shown.reason);
    return shown;
  }

  it('tells what another route would have come to, where the answer is known', async () => {
    const shop = await shopOf();
    const [a, b, c] = [shop.product('a'), shop.product('b'), shop.product('c')];
    const offer_id = await shop.offer('a', ['a', 'b']);
    await dollar(1.25, hour(-1));
    await price(shop, 'a', 6, 'EUR', hour(-1));
    // Known only later: in the first hour nobody knew.
    await price(shop, 'b', 5, 'USD', hour(1));
    const order = (at: Date, ...attempts: PastAttempt[]): RoutedOrder => ({
      at,
      distributor_id: shop.distributor_id,
      offer_id,
      version: 2,
      own: a,
      attempts,
    });
    const by = (product_id: string, result: PastAttempt['result'], took_ms: number): PastAttempt => ({
      product_id,
      result,
      took_ms,
    });
    const orders = [0, 1].flatMap((n) => [
      ...Array.from({ length: 6 }, () => order(hour(n), by(a, 'ok', 1_000))),
      ...Array.from({ length: 3 }, () => order(hour(n), by(a, 'next', 500), by(b, 'ok', 1_500))),
      order(hour(n), by(a, 'next', 500), by(b, 'line', 1_500)),
    ]);
    await plantOrders(db, orders);

    const asItWas = wireReplay(await replay(shop, 2));
    const happened = {
      orders: 20,
      ok: 18,
      ko: 2,
      pending: 0,
      not_known: 0,
      // 12 of a; of the 6 of b, the 3 of the second hour, at 5 USD, which are 4 EUR.
      cost: [{ amount: 84, currency: 'EUR' }],
      unpriced: 3,
    };
    expect(asItWas.totals).toMatchObject({ actual: happened, estimate: happened });

    // b first: three quarters are delivered, and nobody goes on, so all is decided there.
    const strategy = 'order' as const;
    const products = [{ product_id: b }, { product_id: a }];
    const bFirst = wireReplay(
      await replay(shop, 2, { routes: [{ offer_id, strategy, products, sell_below_cost: true }] }),
    );
    expect(bFirst.totals.estimate).toMatchObject({
      ok: 15,
      ko: 5,
      cost: [{ amount: 30, currency: 'EUR' }],
      unpriced: 7.5,
      answer_ms: 1_500,
    });

    // c has never delivered anything, so nothing is known of what comes to it.
    const withC = wireReplay(
      await replay(shop, 2, {
        routes: [{ offer_id, strategy, products: [{ product_id: a }, { product_id: c }], sell_below_cost: true }],
      }),
    );
    expect(withC.totals.estimate).toMatchObject({ ok: 12, ko: 0, not_known: 8 });
    expect(withC.evidence).toMatchObject({ offer_hour: 20, nothing: 8 });

    // The cheapest first: b costs 4 EUR where that was known, a 6; and at another price, a is cheaper.
    const cheapest = { offer_id, strategy: 'cheapest' as const, products, sell_below_cost: true };
    const dear = wireReplay(await replay(shop, 2, { routes: [cheapest] }));
    // In the first hour a comes first (6 and 3), in the second b (7.5).
    expect(dear.totals.estimate).toMatchObject({ ok: 16.5, ko: 3.5 });
    const prices = [{ product_id: a, cost: 1, currency: 'EUR' }];
    const cheap = wireReplay(await replay(shop, 2, { routes: [cheapest], prices }));
    expect(cheap.totals.estimate).toMatchObject({
      ok: 18,
      ko: 2,
      cost: [{ amount: 24, currency: 'EUR' }],
      unpriced: 3,
    });
  });

  it('counts sales as they stand now: the money of one that was reversed is back, one that was delivered late was paid', async () => {
    const shop = await shopOf();
    const [a, b] = [shop.product('a'), shop.product('b')];
    const offer_id = await shop.offer('a', ['a', 'b']);
    // The last of these counted when it began.
    for (const [i, cost] of [9, 8, 6].entries()) await price(shop, 'a', cost, 'EUR', hour(i - 3));
    const attempt = { product_id: a, took_ms: 1_000 };
    const charged = { cost: 5, currency: 'EUR' };
    const ways: PastAttempt[][] = [
      [{ ...attempt, result: 'ok' }],
      [{ ...attempt, result: 'ok', charged }],
      [{ ...attempt, result: 'ok' }],
      [
        { ...attempt, result: 'next' },
        { product_id: b, result: 'line', took_ms: 1_000 },
      ],
    ];
    const { distributor_id } = shop;
    const sold = { at: hour(0), distributor_id, offer_id, version: 2, own: a };
    const [, toldCost, listedCost, failed] = await plantOrders(
      db,
      ways.map((attempts) => ({ ...sold, attempts })),
    );
    const late = { distributor_id, offer_id, ordered_at: hour(0), value_minor: 1_000, at: hour(30) };
    const reversed = { ...late, reason: 'refunded', justification: 'Test', reversed_by: 'Test' };
    const insert = (table: string, rows: object[]) =>
      db.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`, [
        JSON.stringify(rows),
      ]);
    await insert('reversals', [
      { ...reversed, transaction_id: toldCost },
      { ...reversed, transaction_id: listedCost },
    ]);
    const delivered = { ...late, transaction_id: failed, was: 'ko', product_id: a, attempt: 1, booked_at: hour(30) };
    await insert('late_deliveries', [{ ...delivered, cost: 5.5, cost_currency: 'EUR' }]);

    const happened = { orders: 4, ok: 2, ko: 2, pending: 0, cost: [{ amount: 11.5, currency: 'EUR' }], unpriced: 0 };
    const { actual, estimate } = wireReplay(await replay(shop, 1)).totals;
    expect([actual, estimate]).toMatchObject([happened, happened]);
    // How long the reversal took does not count.
    expect(actual.answer_ms).toBe(1_000);
  });

  it('tells nothing where nobody waits for it any more', async () => {
    const shop = await shopOf();
    await expect(replay(shop, 24, {}, AbortSignal.abort())).rejects.toThrow('service_unavailable');
  });

  it('knows prices and rates of two years, and what stood when they began', async () => {
    const at = new Date('2030-01-01T00:00:00Z');
    const before = (days: number): Date => new Date(at.getTime() - days * 24 * HOUR_MS);
    const shop = await shopOf();
    for (const [i, days] of [900, 800, 700, 1].entries()) await price(shop, 'a', 5 + i, 'EUR', before(days));
    await price(shop, 'b', 9, 'EUR', before(2_000));
    for (const days of [800, 735, 1]) await dollar(days, before(days));
    await db.query(`DELETE FROM job_turns WHERE name = 'clean-prices'`);
    await cleanPricesJob({ ...ctx, now: () => at }).run(new AbortController().signal);
    const prices = await db.query<{ cost: number }>(
      `SELECT cost::float8 FROM supplier_price_versions WHERE supplier_id = ANY($1::uuid[]) ORDER BY cost`,
      [Object.values(shop.suppliers).map(({ supplier_id }) => supplier_id)],
    );
    expect(prices.map(({ cost }) => cost)).toEqual([6, 7, 8, 9]);
    const [oldest] = await db.query<{ since: Date }>('SELECT min(since) AS since FROM exchange_rate_versions');
    expect(oldest?.since).toEqual(before(735));
  });

  it('comes to what really happened, where routes are as they were: months of it', async () => {
    const shop = await shopOf();
    const random = generator(engine === 'pglite' ? 11 : 12);
    const strategies = ['order', 'cheapest', 'weight'] as const;
    const hours = 24 * (process.env['LONG'] && engine === 'postgresql' ? 61 : 5);
    const offers = await Promise.all(
      strategies.map(async (strategy) => {
        const route = { strategy, sell_below_cost: true };
        return { strategy, offer_id: await shop.offer('b', ['a', 'b', 'c'], route) };
      }),
    );
    const names = ['a', 'b', 'c'] as const;
    const costs = { a: 6, b: 6.2, c: 6.4 };
    const told = new Map<string, number>();
    let orders: RoutedOrder[] = [];
    for (let n = 0; n < hours; n++) {
      if (n % 100 === 0) await dollar(1 + random() / 2, hour(n));
      const state = names.map((name) => {
        if (n === 0 || random() < 0.02) costs[name] = Math.round((5 + 2 * random()) * 100) / 100;
        const [down, refuses, line, lost] = [random() < 0.05 ? 0.9 : 0.01, random() * 0.2, 0.05, 0.01];
        return { name, product_id: shop.product(name), cost: costs[name], down, refuses, line, lost };
      });
      for (const { name, cost } of state) {
        if (cost !== told.get(name)) await price(shop, name, cost, 'EUR', hour(n));
        told.set(name, cost);
      }
      for (const { strategy, offer_id } of offers) {
        const count = Math.floor(random() * 12);
        for (let i = 0; i < count; i++) {
          const at = new Date(hour(n).getTime() + Math.floor(random() * HOUR_MS));
          const attempts = followed(strategy, state, random);
          orders.push({
            at,
            distributor_id: shop.distributor_id,
            offer_id,
            version: 2,
            own: shop.product('b'),
            attempts,
          });
        }
      }
      if (orders.length > 2_000 || n === hours - 1) {
        await plantOrders(db, orders);
        orders = [];
      }
    }
    const { totals, offers: found, suppliers, evidence } = await replay(shop, hours);
    const of = ({ offer_id }: { offer_id: string }): Replayed => found.sums.get(offer_id) ?? NOTHING_REPLAYED;
    const [inOrder, cheapest, drawn] = offers.map(of) as [Replayed, Replayed, Replayed];
    expect(totals.sums.get(ALL)?.actual.orders).toBeGreaterThan(15 * hours);
    for (const { actual, estimate } of [inOrder, cheapest]) expectSame(estimate, actual, 1e-6);
    // Which was drawn is chance.
    expectSame(drawn.estimate, drawn.actual, 0.05 * drawn.actual.orders);
    expect(suppliers.sums.size).toBe(3);
    expect(evidence.nothing).toBe(0);
  });
});

/** Expects figures that differ by no more than that; amounts by ten times as much. */
function expectSame(estimate: ReplaySums, actual: ReplaySums, by: number): void {
  for (const name of ['orders', 'ok', 'ko', 'pending', 'not_known', 'unpriced'] as const) {
    expect(Math.abs(estimate[name] - actual[name]), `${name}: ${estimate[name]}, ${actual[name]}`).toBeLessThanOrEqual(
      by,
    );
  }
  expect(Math.abs((estimate.cost['EUR'] ?? 0) - (actual.cost['EUR'] ?? 0))).toBeLessThanOrEqual(10 * by);
  expect(Math.abs(estimate.took_ms / actual.took_ms - 1)).toBeLessThanOrEqual(Math.max(1e-6, by / actual.orders));
}

/** Random numbers that are the same each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface SupplierThen {
  name: string;
  product_id: string;
  cost: number;
  down: number;
  refuses: number;
  line: number;
  lost: number;
}

/** Follows a route as a sale does: what is down is passed over, and only proof of failure lets another one follow. */
function followed(
  strategy: 'order' | 'cheapest' | 'weight',
  suppliers: readonly SupplierThen[],
  random: () => number,
): PastAttempt[] {
  const left = strategy === 'cheapest' ? suppliers.toSorted((a, b) => a.cost - b.cost) : [...suppliers];
  const made: PastAttempt[] = [];
  while (left.length > 0) {
    const at = strategy === 'weight' ? Math.floor(random() * left.length) : 0;
    const [each] = left.splice(at, 1);
    if (!each || random() < each.down) continue;
    const { product_id, cost, refuses, line, lost } = each;
    const drawn = random();
    const took_ms = 200 + Math.floor(random() * 2_000);
    if (drawn < refuses) {
      made.push({ product_id, result: 'next', took_ms });
      continue;
    }
    const isOk = drawn >= refuses + line + lost;
    // Some tell what they charged.
    const charged = isOk && random() < 0.3 ? { charged: { cost: cost + 0.01, currency: 'EUR' } } : {};
    return [
      ...made,
      { product_id, result: isOk ? 'ok' : drawn < refuses + line ? 'line' : 'pending', took_ms, ...charged },
    ];
  }
  return made;
}
