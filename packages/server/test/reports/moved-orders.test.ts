import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { addUpNextDay, addUpOpenDays } from '../../src/reports/daily-sales.store.ts';
import { comparedOf } from '../../src/reports/overview.rules.ts';
import { readOverview } from '../../src/reports/read-overview.ts';
import { plantOrders, type RoutedOrder } from '../replays/past-routes.ts';
import { HonestSupplier } from '../routing/honest-supplier.ts';
import { createRoutedShop, named, type RoutedShop } from '../routing/routed-shop.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';

const HOUR_MS = 3_600_000;
const FIRST = new Date('2026-03-02T00:00:00Z');
const hour = (n: number): Date => new Date(FIRST.getTime() + n * HOUR_MS);
const period = { from: FIRST, before: hour(4 * 24) };

let world: DemoPlace;
let db: Db;
let shop: RoutedShop;
let offer_id: string;

beforeAll(async () => {
  world = await createWorld('postgresql');
  db = await world.openDb();
  const { connector } = new HonestSupplier();
  shop = await createRoutedShop(contextOn(db, { connectors: named({ a: connector, b: connector }) }), ['a', 'b']);
  offer_id = await shop.offer('a', ['a', 'b']);
});
afterAll(async () => {
  await db?.close();
  await world?.remove();
});

/** How the orders fared of each supplier, as the overview tells it. */
async function bySupplier(): Promise<Record<string, unknown>> {
  const whose = { distributor_id: shop.distributor_id };
  const asked = { whose, period, ...comparedOf(period, period.before), step: 'day' } as const;
  const { suppliers } = await readOverview(db, period.before, asked);
  const told = suppliers.map(({ supplier_id, figures: { orders, ok, ko, value } }) => {
    const [name = ''] = Object.entries(shop.suppliers).find(([, each]) => each.supplier_id === supplier_id) ?? [];
    return [name, [orders, ok, ko, Object.values(value)[0] ?? 0]];
  });
  return Object.fromEntries(told);
}

/** Writes past orders, with what the sale would have counted of them. */
async function sell(
  n: number,
  own: readonly string[],
  moved: readonly ('ok' | 'line' | 'pending')[],
): Promise<string[]> {
  const [a, b] = [shop.suppliers['a']?.product_id ?? '', shop.suppliers['b']?.product_id ?? ''];
  const attempt = (product_id: string, result: RoutedOrder['attempts'][number]['result']) => ({
    product_id,
    result,
    took_ms: 100,
  });
  const { distributor_id } = shop;
  const order = { at: hour(n), distributor_id, offer_id, version: 2, own: a };
  const ids = await plantOrders(db, [
    ...own.map(() => ({ ...order, attempts: [attempt(a, 'ok')] })),
    ...moved.map((result) => ({ ...order, attempts: [attempt(a, 'next'), attempt(b, result)] })),
  ]);
  const ok = own.length + moved.filter((result) => result === 'ok').length;
  const ko = moved.filter((result) => result === 'line').length;
  await db.query(
    `INSERT INTO sales_hourly (distributor_id, offer_id, hour, created, ok, ko, expired) VALUES ($1, $2, $3, $4, $5, $6, 0)`,
    [distributor_id, offer_id, hour(n), ids.length, ok, ko],
  );
  return ids;
}

it('orders that another supplier has ended count for it, added up by the day or not, and while some are pending', async () => {
  await sell(1, ['ok', 'ok'], ['ok', 'line']);
  const [, pending = ''] = await sell(25, ['ok'], ['pending']);
  await sell(49, [], ['ok', 'ok', 'line']);
  const price = 800;
  const told = await bySupplier();
  expect(told).toEqual({
    // The pending one is so far that of the offer's own product.
    a: [4, 3, 0, 3 * price],
    b: [5, 3, 2, 3 * price],
  });

  while ((await addUpNextDay(db, hour(4 * 24))) === 'more');
  const days = await db.query<{ orders: number }>('SELECT orders FROM moved_daily ORDER BY day');
  expect(days.map(({ orders }) => orders)).toEqual([2, 3]);
  expect(await bySupplier()).toEqual(told);

  await db.query(
    `INSERT INTO resolutions (distributor_id, transaction_id, status, product_id, attempt, at) VALUES ($1, $2, 'ok', $3, 2, $4)`,
    [shop.distributor_id, pending, shop.suppliers['b']?.product_id ?? '', hour(90)],
  );
  await db.query('UPDATE sales_hourly SET ok = ok + 1 WHERE distributor_id = $1 AND hour = $2', [
    shop.distributor_id,
    hour(25),
  ]);
  const ended = { a: [3, 3, 0, 3 * price], b: [6, 4, 2, 4 * price] };
  expect(await bySupplier()).toEqual(ended);
  await addUpOpenDays(db);
  const all = await db.query<{ orders: number }>('SELECT orders FROM moved_daily ORDER BY day');
  expect(all.map(({ orders }) => orders)).toEqual([2, 1, 3]);
  // Whole days that are settled are not read order by order any more.
  await db.query('ALTER TABLE delivery_attempts RENAME TO unread');
  await db.query('CREATE TABLE delivery_attempts (LIKE unread)');
  expect(await bySupplier()).toEqual(ended);
});
