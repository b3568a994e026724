import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distributorClient, PATIENT, unitsOf } from '../support/caller.ts';
import { proveLedger } from '../support/ledger.ts';
import { createWorld, type DemoPlace, STORAGE_ENGINES } from '../support/server.ts';

describe.each(STORAGE_ENGINES)('stock on %s', (engine) => {
  let world: DemoPlace;

  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(() => world.remove());

  it('of 100 units serves exactly 100 of 500 sales at once', async () => {
    const server = await world.start();
    const shop = distributorClient(server, world.demo, PATIENT);
    const offerId = world.offer('small');

    const orders = Array.from({ length: 500 }, (_, i) => {
      // The last digits stay clear of those that the simulator refuses.
      return shop.topups.create({ offer_id: offerId, parameters: { msisdn: `06845${String(10_100 + i)}` } });
    });
    const sales = await Promise.all(orders);

    expect(sales.filter(({ status }) => status === 'ok')).toHaveLength(100);
    const refused = sales.filter((sale) => sale.status === 'refused');
    expect(refused).toHaveLength(400);
    expect(new Set(refused.map(({ description }) => description))).toEqual(
      new Set([`bucket empty for offer ${offerId}`]),
    );
    expect(await unitsOf(shop, offerId)).toBe(0);

    await server.stop();
    const db = await world.openDb();
    const sums = await proveLedger(db, offerId);
    await db.close();
    expect(sums).toEqual({ granted: 100, available: 0, held: 0, sold: 100, ok: 100, ko: 0, pending: 0 });
  });

  it('comes back for what the supplier refuses, and stays held for what has no answer', async () => {
    const server = await world.start();
    const shop = distributorClient(server, world.demo, PATIENT);
    const offerId = world.offer('msisdn');
    const endings = ['002', '009', '111', '004', '222'];

    await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        shop.topups.create({ offer_id: offerId, parameters: { msisdn: `0684587${endings[i % 5]}` } }),
      ),
    );
    await server.stop();

    const db = await world.openDb();
    const sums = await proveLedger(db, offerId);
    await db.close();
    expect(sums).toMatchObject({ available: 999_940, held: 20, sold: 40, ok: 40, ko: 40, pending: 20 });
  });
});
