import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { secretDigest } from '../../packages/server/src/http/auth.ts';
import { OFFER, type PlannedShop, type PlannedShops, PRODUCT, SUPPLIER, UNITS } from './catalogue.ts';
import { type Postgres, startSidePostgres } from './postgres.ts';
import { startProgram } from './program.ts';
import { type Side, sideOf } from './side.ts';

const FOLDER = join(import.meta.dirname, '../plain');

/** A database of the plain server with a catalogue. */
export interface PlainWorld {
  postgres: Postgres;
  shops: PlannedShops;
}

async function addShop(client: pg.Client, { distributor_id, client_id, client_secret, offers }: PlannedShop) {
  await client.query('INSERT INTO distributors (id, client_id, secret_sha256) VALUES ($1, $2, $3)', [
    distributor_id,
    client_id,
    secretDigest(client_secret),
  ]);
  await client.query(
    `INSERT INTO offers (id, distributor_id, product_id, name, resell_value_minor)
     SELECT id, $2, $3, $4, $5 FROM unnest($1::uuid[]) AS id`,
    [offers, distributor_id, OFFER.product_id, OFFER.name, OFFER.resell_value_minor],
  );
  await client.query('INSERT INTO buckets (offer_id, available) SELECT id, $2 FROM unnest($1::uuid[]) AS id', [
    offers,
    UNITS,
  ]);
}

export async function makePlainWorld(shops: PlannedShops): Promise<PlainWorld> {
  const postgres = await startSidePostgres();
  const client = new pg.Client({ connectionString: postgres.url });
  try {
    await client.connect();
    await client.query(readFileSync(join(FOLDER, 'schema.sql'), 'utf8'));
    const { id, name, country } = SUPPLIER;
    await client.query('INSERT INTO suppliers (id, name, country) VALUES ($1, $2, $3)', [id, name, country]);
    await client.query(
      `INSERT INTO products (id, supplier_id, name, transaction_type, currency, bonus_value_minor)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        PRODUCT.id,
        PRODUCT.supplier_id,
        PRODUCT.name,
        PRODUCT.transaction_type,
        PRODUCT.currency,
        PRODUCT.bonus_value_minor,
      ],
    );
    for (const shop of [shops.hot, ...shops.wide]) await addShop(client, shop);
    await client.query('ANALYZE');
    return { postgres, shops };
  } catch (error) {
    await postgres.stop();
    throw error;
  } finally {
    await client.end();
  }
}

/** @param latency_ms how long the supplier takes */
export async function startPlain({ postgres, shops }: PlainWorld, latency_ms = 0): Promise<Side> {
  const env = { DATABASE_URL: postgres.url, LATENCY_MS: String(latency_ms) };
  return sideOf('plain', await startProgram({ entry: join(FOLDER, 'server.ts'), env }), postgres, shops);
}
