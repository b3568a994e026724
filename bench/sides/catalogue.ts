import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { OrderingClient, Shops } from './side.ts';

/** Buckets of the wide load. */
export const WIDE = 1_000;

/** More units than any run can sell. */
export const UNITS = 1_000_000_000;

export const BENCH_SUPPLIER = { id: v7(), name: 'Orange France', country: 'FR' };

export const BENCH_PRODUCT = {
  id: v7(),
  supplier_id: BENCH_SUPPLIER.id,
  name: 'Mobile France 10 EUR',
  transaction_type: 'airtime topup',
  currency: 'EUR',
  bonus_value_minor: 1_000,
};

export const OFFER = { product_id: BENCH_PRODUCT.id, name: 'Mobile France 10 EUR', resell_value_minor: 792 };

/** A client, its distributor and their offers, still to be written into a database. */
export interface PlannedShop extends OrderingClient {
  distributor_id: string;
}

export interface PlannedShops extends Shops {
  hot: PlannedShop;
  wide: readonly PlannedShop[];
}

function planShop(offers: number): PlannedShop {
  return {
    distributor_id: v7(),
    client_id: `bench-${randomBytes(6).toString('hex')}`,
    client_secret: randomBytes(32).toString('base64url'),
    offers: Array.from({ length: offers }, () => v7()),
  };
}

/**
 * Gives the shops of a side.
 * @param distributors over how many the wide offers are spread
 */
export function planShops(distributors: number): PlannedShops {
  return {
    hot: planShop(1),
    wide: Array.from({ length: distributors }, () => planShop(WIDE / distributors)),
  };
}
