import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { readStandings, type Standing } from '../../src/routing/candidates.ts';
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
  const { connector } = new HonestSupplier(
    true,
    async () => {},
    () => new Date(),
  );
  ctx = contextOn(db, { connectors: named({ fixed: connector, ranged: connector }) });
  shop = await createRoutedShop(ctx, ['fixed', 'ranged']);
});
afterAll(async () => {
  await db?.close();
  await world?.remove();
});

/** How the products of a route stand, in its order. */
async function standings(id: string): Promise<Standing[]> {
  await ctx.store.catalogue.renew();
  const offer = await ctx.store.catalogue.offer(shop.distributor_id, id);
  if (!offer?.route) throw new Error('the offer has no route');
  return readStandings(ctx, { world: 'live', offer, route: offer.route });
}

it('a product of a range costs what its amount does, and is passed over where that is not known or is too much', async () => {
  const { fixed, ranged } = shop.suppliers;
  const list = (supplier_id = '', cost = 0, is_range = false): Promise<unknown> =>
    db.query(
      `INSERT INTO supplier_catalogue (supplier_id, supplier_reference, name, currency, cost, is_range, changed_at)
       VALUES ($1, 'ten', 'Ten', 'EUR', $2, $3, now())`,
      [supplier_id, cost, is_range],
    );
  await db.query(`UPDATE products SET supplier_reference = 'ten' WHERE id = ANY($1::uuid[])`, [
    [fixed?.product_id, ranged?.product_id],
  ]);
  // The offer brings 8 EUR; of the range, each of the ten that the line gets is charged 0.95.
  await list(fixed?.supplier_id, 7.5);
  await list(ranged?.supplier_id, 0.95, true);
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
