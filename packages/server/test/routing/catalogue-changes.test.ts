import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepExchangeRates } from '../../src/catalogue/currencies.store.ts';
import { findOfferDetail } from '../../src/catalogue/offers/offer-details.query.ts';
import { changeOffer } from '../../src/catalogue/offers/offers.ts';
import { readCatalogue } from '../../src/catalogue/suppliers/read-catalogue.ts';
import type { Connector, SupplierProduct } from '../../src/connectors/connector.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { createTopup } from '../../src/sales/create-topup.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';
import { HonestSupplier } from './honest-supplier.ts';
import { createRoutedShop, named, type RoutedShop } from './routed-shop.ts';

const NAMES = ['a', 'c', 'dollars'] as const;
type Name = (typeof NAMES)[number];

describe.each(ENGINES)('an offer of 8 EUR whose products change in their catalogues, on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let ctx: Context;
  let shop: RoutedShop;
  const suppliers: Record<string, HonestSupplier> = {};
  /** What each supplier charges for its product; null where it lists it no more. */
  const charged: Record<Name, number | null> = { a: 5, c: 6, dollars: 7 };
  let lines = 684_580_000;

  const listingOf = (name: Name): Connector => {
    const supplier = new HonestSupplier();
    suppliers[name] = supplier;
    const product = (supplier_reference: string, cost: number): SupplierProduct => ({
      supplier_reference,
      name: 'Ten',
      type: 'topup',
      transaction_type: 'airtime topup',
      line_kind: 'msisdn',
      coverage_zone: ['FR'],
      tags: [],
      bonus_value: 10,
      cost,
      metadata: {},
      currency: name === 'dollars' ? 'USD' : 'EUR',
    });
    return {
      ...supplier.connector,
      async *listProducts() {
        const cost = charged[name];
        // One alone would be more than half of all.
        yield [product('other', 1), product('another', 1), ...(cost === null ? [] : [product('ten', cost)])];
      },
    };
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    ctx = contextOn(db, { connectors: named(Object.fromEntries(NAMES.map((name) => [name, listingOf(name)]))) });
    shop = await createRoutedShop(ctx, NAMES);
    await db.query(`UPDATE products SET supplier_reference = 'ten' WHERE name = '10 EUR'`);
    await keepExchangeRates(db, { base: 'EUR', rates: { EUR: 1, USD: 1.25 } }, new Date());
    for (const name of NAMES) await changed(name, charged[name]);
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  /** Has a supplier charge so much from now on, and its catalogue read; tells what that has done to offers. */
  async function changed(name: Name, cost: number | null): Promise<object[]> {
    charged[name] = cost;
    const reading = await readCatalogue(ctx, shop.suppliers[name]?.supplier_id ?? '', {}, 'test');
    if ('reason' in reading) throw new Error(JSON.stringify(reading));
    const told = reading.changes.filter(({ supplier_reference }) => supplier_reference === 'ten');
    return told.map(({ type, offers, offers_stopped, offers_resumed }) => ({
      type,
      offers,
      offers_stopped,
      offers_resumed,
    }));
  }
  /** Sells; tells who has delivered, or how that was refused. */
  async function sell(offer_id: string): Promise<string | undefined> {
    await ctx.store.catalogue.renew();
    lines += 1;
    const wanted = { offer_id, parameters: { msisdn: `0${lines}` }, user_id: null, voucher_id: null };
    const order = { ...wanted, max_price: null, allow_repeat: false, check_network: false, notify: null };
    const topup = await createTopup(ctx, { distributor_id: shop.distributor_id, order, idempotency: null });
    if ('reason' in topup) return topup.reason;
    const { status, reason, supplier_name } = topup.transaction;
    return status === 'ok' ? supplier_name : (reason ?? status);
  }
  const stoppedOf = async (offer: string) => (await findOfferDetail(db, offer))?.stopped;

  it('is sold by the other product of its route where one is withdrawn, or costs more than it brings, and not said to be stopped', async () => {
    const offer = await shop.offer('a', ['a', 'c'], { sell_below_cost: false });
    expect(await sell(offer)).toBe('a');
    const repriced = { type: 'supplier.price_changed', offers: 1, offers_stopped: 0, offers_resumed: 0 };
    expect(await changed('a', 8.01)).toEqual([repriced]);
    expect(await sell(offer)).toBe('c');
    expect(await changed('a', 5)).toEqual([repriced]);
    expect(await sell(offer)).toBe('a');
    expect(await changed('a', null)).toEqual([{ ...repriced, type: 'supplier.product_withdrawn' }]);
    expect(await sell(offer)).toBe('c');

    // The last one of them.
    expect(await changed('c', 9)).toEqual([{ ...repriced, offers_stopped: 1 }]);
    expect(await sell(offer)).toBe('supplier_unavailable');
    expect(await changed('a', 5)).toEqual([{ ...repriced, type: 'supplier.product_added', offers_resumed: 1 }]);
    expect(await sell(offer)).toBe('a');
    expect(await changed('c', 6)).toEqual([repriced]);
    // Its distributor was told of its route, and of nothing since.
    const told = `SELECT kind FROM events WHERE subject_id = $1 AND kind = 'offer.changed'`;
    expect(await db.query(told, [offer])).toHaveLength(1);
  });

  it('is tried at a loss where its route says so, whatever its supplier would have', async () => {
    const offer = await shop.offer('a', ['a'], { sell_below_cost: true });
    await changed('a', 9);
    expect(await sell(offer)).toBe('a');
    await changed('a', 5);
  });

  it('is compared with what is charged in another currency by the exchange rate', async () => {
    const offer = await shop.offer('dollars', ['dollars'], { sell_below_cost: false });
    await db.query('UPDATE offers SET route_id = NULL WHERE id = $1', [offer]);
    const effect = { type: 'supplier.price_changed', offers: 1, offers_stopped: 0, offers_resumed: 0 };
    // 9.99 dollars are 7.99 euros.
    expect(await changed('dollars', 9.99)).toEqual([effect]);
    expect([await stoppedOf(offer), await sell(offer)]).toEqual([null, 'dollars']);
    expect(await changed('dollars', 10.01)).toEqual([{ ...effect, offers_stopped: 1 }]);
    expect([await stoppedOf(offer), await sell(offer)]).toEqual(['price_changed', 'product_unavailable']);
    // A price that covers it puts it back on sale.
    await changeOffer(ctx, offer, { resell_value: 8 }, 'test');
    expect(await stoppedOf(offer)).toBe('price_changed');
    await changeOffer(ctx, offer, { resell_value: 8.01 }, 'test');
    expect([await stoppedOf(offer), await sell(offer)]).toEqual([null, 'dollars']);
  });

  it('of which a sale is charged what the catalogue says, or less than it brings, raises no alert, in whatever currency', async () => {
    const alerts: string[] = [];
    const offer = await shop.offer('dollars', ['dollars'], { sell_below_cost: true });
    const dollars = suppliers['dollars'] as HonestSupplier;
    const chargedFor = async (amount: number, currency: string): Promise<string[]> => {
      alerts.length = 0;
      ctx.doubts.clear();
      dollars.cost = { amount, currency };
      await sell(offer);
      return alerts.splice(0);
    };
    ctx.alert = (message) => alerts.push(message);
    await changed('dollars', 11);
    alerts.length = 0;
    expect(await chargedFor(11, 'USD')).toEqual([]);
    expect(await chargedFor(10.99, 'USD')).toEqual([
      'a supplier has charged something else for a sale than its catalogue says',
    ]);
    await db.query(`UPDATE products SET supplier_reference = 'not listed' WHERE id = $1`, [
      shop.suppliers['dollars']?.product_id ?? '',
    ]);
    expect(await chargedFor(9.99, 'USD')).toEqual([]);
    expect(await chargedFor(10.01, 'USD')).toHaveLength(1);
    expect(await chargedFor(1, 'XAF')).toHaveLength(1);
  });
});
