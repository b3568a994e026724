import type { RouteCreation } from '@opentopup/contract';
import { addOffer } from '../../src/catalogue/offers/offers.store.ts';
import { addProduct } from '../../src/catalogue/products/products.store.ts';
import { addSupplier } from '../../src/catalogue/suppliers/suppliers.store.ts';
import type { Connector } from '../../src/connectors/connector.ts';
import type { Context } from '../../src/context.ts';
import type { Db, Query } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { addDistributor } from '../../src/distributors/distributors.store.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { setRoute } from '../../src/routing/set-route.ts';
import { SIMULATED } from '../support/context.ts';

/** The same database, where each statement and each transaction waits for its turn. */
export function inTurns(db: Db, turn: () => Promise<void>): Db {
  const query: Query['query'] = async (...statement) => {
    await turn();
    return db.query(...statement);
  };
  return {
    ...db,
    query,
    batches: { query },
    reads: { query },
    transaction: async (...work) => {
      await turn();
      return db.transaction(...work);
    },
  };
}

/** Names connectors of the test's own, as a server knows them. */
export const named = (connectors: Readonly<Record<string, Connector>>): Context['connectors'] => ({
  ...SIMULATED,
  names: Object.keys(connectors),
  get: (name) => connectors[name ?? ''],
});

/** A distributor, and one supplier with a product for each connector. */
export interface RoutedShop {
  distributor_id: string;
  /** By the names of their connectors. */
  suppliers: Readonly<Record<string, { supplier_id: string; product_id: string }>>;
  /** A new offer of the first of these, with a route over all of them in this order, and units enough. */
  offer: (own: string, names: readonly string[], route?: Partial<RouteCreation>) => Promise<string>;
}

/** Sets up a shop for suppliers of the test's own. */
export async function createRoutedShop(ctx: Context, names: readonly string[]): Promise<RoutedShop> {
  const { db } = ctx.store;
  const distributor_id = newId();
  await addDistributor(db, { id: distributor_id, name: 'Till', world: 'live' });
  const suppliers: Record<string, { supplier_id: string; product_id: string }> = {};
  for (const name of names) {
    const [supplier_id, product_id] = [newId(), newId()];
    await addSupplier(db, { id: supplier_id, name, country: 'FR', connector: name });
    await addProduct(db, {
      id: product_id,
      supplier_id,
      name: '10 EUR',
      type: 'topup',
      transaction_type: 'airtime topup',
      line_kind: 'msisdn',
      status: 'available',
      coverage_zone: ['FR'],
      tags: [],
      currency: 'EUR',
      bonus_value_minor: 1_000,
      supplier_reference: null,
      metadata: {},
    });
    suppliers[name] = { supplier_id, product_id };
  }
  const productOf = (name: string): string => suppliers[name]?.product_id ?? '';
  return {
    distributor_id,
    suppliers,
    offer: async (own, among, route = {}) => {
      const id = newId();
      const offer = { id, distributor_id, product_id: productOf(own), name: '10 EUR', resell_value_minor: 800 };
      await addOffer(db, { ...offer, tags: [], expires_at: null });
      const grant = { offer_id: id, kind: 'grant', units: 100_000, reference: 'first', justification: 'Test' } as const;
      await db.transaction((tx) => bookUnits(tx, grant, new Date(), Number.MAX_SAFE_INTEGER));
      const products = among.map((name) => ({ product_id: productOf(name) }));
      const set = await setRoute(ctx, id, { strategy: 'order', sell_below_cost: true, ...route, products }, 'test');
      if ('reason' in set) throw new Error(JSON.stringify(set));
      return id;
    },
  };
}
