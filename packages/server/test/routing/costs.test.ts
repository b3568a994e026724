import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepExchangeRates } from '../../src/catalogue/currencies.store.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { readStandings, type Standing } from '../../src/routing/candidates.ts';
import { createStore } from '../../src/sales/store.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';
import { HonestSupplier } from './honest-supplier.ts';
import { createRoutedShop, named, type RoutedShop } from './routed-shop.ts';

let world: DemoPlace;
let db: Db;
let ctx: Context;
let shop: RoutedShop;

beforeAll(async () => {
  world = await createWorld('postgresql');
  db = await world.openDb();
  const { connector } = new HonestSupplier();
  ctx = contextOn(db, { connectors: named({ fixed: connector, ranged: connector, poor: connector }) });
  shop = await createRoutedShop(ctx, ['fixed', 'ranged', 'poor']);
});
afterAll(async () => {
  await db?.close();
  await world?.remove();
});

/** How the products of a route stand, in its order, as a server sees it that has just started. */
async function standings(id: string): Promise<Standing[]> {
  const fresh: Context = { ...ctx, store: createStore(db) };
  const offer = await fresh.store.catalogue.offer(shop.distributor_id, id);
  if (!offer?.route) throw new Error('the offer has no route');
  return readStandings(fresh, { world: 'live', offer, route: offer.route });
}

/** Lets a supplier list what a product of the shop is. */
async function list(name: string, cost: number, is_range = false): Promise<void> {
  const { supplier_id = '', product_id = '' } = shop.suppliers[name] ?? {};
  await db.query(`UPDATE products SET supplier_reference = 'ten' WHERE id = $1`, [product_id]);
  await db.query(
    `INSERT INTO supplier_catalogue (supplier_id, supplier_reference, name, currency, cost, is_range, changed_at)
     VALUES ($1, 'ten', 'Ten', 'EUR', $2, $3, now())`,
    [supplier_id, cost, is_range],
  );
}

it('a product of a range costs what its amount does, and is passed over where that is not known or is too much', async () => {
  const { ranged } = shop.suppliers;
  // The offer brings 8 EUR; of the range, each of the ten that the line gets is charged 0.95.
  await list('fixed', 7.5);
  await list('ranged', 0.95, true);
  const offer = await shop.offer('fixed', ['fixed', 'ranged'], { sell_below_cost: false });
  expect(await standings(offer)).toMatchObject([
    { cost: 7.5, obstacle: null },
    { cost: null, obstacle: 'cost_unknown' },
  ]);
  await db.query(`UPDATE products SET settings = '{"amount": 10}' WHERE id = $1`, [ranged?.product_id ?? '']);
  expect(await standings(offer)).toMatchObject([
    { cost: 7.5, obstacle: null },
    { cost: 9.5, obstacle: 'below_cost' },
  ]);
});

it('a supplier where less money lies than it charges is passed over, as far as that is known, and lately', async () => {
  await list('poor', 7.5);
  const offer = await shop.offer('poor', ['poor'], { sell_below_cost: false });
  const { supplier_id = '' } = shop.suppliers['poor'] ?? {};
  const obstacleWith = async (available: number, currency = 'EUR', minutes = 1, credit_limit = 0) => {
    await db.query(
      `INSERT INTO supplier_balances (supplier_id, read_at, available, currency, credit_limit)
       VALUES ($1, now() - make_interval(mins => $2::int), $3, $4, $5)
       ON CONFLICT (supplier_id) DO UPDATE
         SET read_at = excluded.read_at, available = excluded.available, currency = excluded.currency,
             credit_limit = excluded.credit_limit`,
      [supplier_id, minutes, available, currency, credit_limit],
    );
    return (await standings(offer))[0]?.obstacle;
  };
  expect(await obstacleWith(7.49)).toBe('balance_too_low');
  expect(await obstacleWith(7.5)).toBeNull();
  expect(await obstacleWith(7.49, 'EUR', 16)).toBeNull();
  // It lends.
  expect(await obstacleWith(-200)).toBeNull();
  expect(await obstacleWith(0, 'EUR', 1, 7.49)).toBe('balance_too_low');
  expect(await obstacleWith(0, 'EUR', 1, 7.5)).toBeNull();
  expect(await obstacleWith(7.49, 'USD')).toBeNull();
  const rates = { base: 'EUR', rates: { EUR: 1, USD: 1.25 } };
  await keepExchangeRates(db, rates, new Date());
  expect(await obstacleWith(9.37, 'USD')).toBe('balance_too_low');
  expect(await obstacleWith(9.38, 'USD')).toBeNull();
});
