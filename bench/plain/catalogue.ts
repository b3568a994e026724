import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretDigest } from '../../packages/server/src/access/credentials/client-secret.ts';
import {
  BENCH_PRODUCT,
  BENCH_SUPPLIER,
  OFFER,
  type PlannedShop,
  type PlannedShops,
  UNITS,
} from '../sides/catalogue.ts';
import type { Database } from './database.ts';

async function addShop(db: Database, { distributor_id, client_id, client_secret, offers }: PlannedShop): Promise<void> {
  const client = [distributor_id, client_id, secretDigest(client_secret)];
  await db.run('add-client', 'INSERT INTO distributors (id, client_id, secret_sha256) VALUES ($1, $2, $3)', client);
  await db.run(
    'add-offers',
    `INSERT INTO offers (id, distributor_id, product_id, name, resell_value_minor)
     SELECT id, $2, $3, $4, $5 FROM unnest($1::uuid[]) AS id`,
    [offers, distributor_id, OFFER.product_id, OFFER.name, OFFER.resell_value_minor],
  );
  await db.run('add-buckets', 'INSERT INTO buckets (offer_id, available) SELECT id, $2 FROM unnest($1::uuid[]) AS id', [
    offers,
    UNITS,
  ]);
}

/** Makes the tables of the plain server, and what it sells. */
export async function makePlainCatalogue(db: Database, shops: PlannedShops): Promise<void> {
  await db.script(readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8'));
  const { id, name, country } = BENCH_SUPPLIER;
  await db.run('add-supplier', 'INSERT INTO suppliers (id, name, country) VALUES ($1, $2, $3)', [id, name, country]);
  const { supplier_id, transaction_type, currency, bonus_value_minor } = BENCH_PRODUCT;
  await db.run(
    'add-product',
    `INSERT INTO products (id, supplier_id, name, transaction_type, currency, bonus_value_minor)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [BENCH_PRODUCT.id, supplier_id, BENCH_PRODUCT.name, transaction_type, currency, bonus_value_minor],
  );
  for (const shop of [shops.hot, ...shops.wide]) await addShop(db, shop);
  await db.script('ANALYZE');
}
