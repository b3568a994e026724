import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretDigest } from '../../packages/server/src/access/credentials/client-secret.ts';
import { addCredentials } from '../../packages/server/src/access/credentials/credentials.store.ts';
import { addOffer } from '../../packages/server/src/catalogue/offers/offers.store.ts';
import { addProduct } from '../../packages/server/src/catalogue/products/products.store.ts';
import { addSupplier } from '../../packages/server/src/catalogue/suppliers/suppliers.store.ts';
import type { Db, Query } from '../../packages/server/src/database/database.ts';
import { migrate } from '../../packages/server/src/database/migrate.ts';
import { openPglite } from '../../packages/server/src/database/pglite.ts';
import { openPostgresql } from '../../packages/server/src/database/postgres.ts';
import { addDistributor } from '../../packages/server/src/distributors/distributors.store.ts';
import { bookUnits } from '../../packages/server/src/ledger/bookings.store.ts';
import { BENCH_PRODUCT, BENCH_SUPPLIER, OFFER, type PlannedShop, type PlannedShops, UNITS } from './catalogue.ts';
import { type Postgres, startSidePostgres } from './postgres.ts';
import { startServerProcess } from './program.ts';
import { type Side, sideOf } from './side.ts';

const SERVER = join(import.meta.dirname, '../../packages/server');
/** No limit that a load could meet. */
const REQUESTS_PER_MINUTE = 1_000_000_000;

/** A database of ours with a catalogue, on which servers may be started. */
export interface OurWorld {
  postgres: Postgres;
  shops: PlannedShops;
}

async function addShop(tx: Query, shop: PlannedShop, now: Date): Promise<void> {
  const { distributor_id, client_id, client_secret } = shop;
  await addDistributor(tx, { id: distributor_id, name: client_id, world: 'live' });
  await addCredentials(tx, {
    client_id,
    distributor_id,
    name: 'bench',
    secret_sha256: secretDigest(client_secret),
    requests_per_minute: REQUESTS_PER_MINUTE,
  });
  for (const id of shop.offers) {
    await addOffer(tx, { ...OFFER, id, distributor_id, tags: [], expires_at: null });
    const stock = { units: UNITS, reference: `bench ${id}`, justification: 'Stock of the bench' };
    await bookUnits(tx, { kind: 'grant', offer_id: id, ...stock }, now, UNITS);
  }
}

/** Writes the catalogue into a fresh database, of either kind. */
export async function makeCatalogue(db: Db, shops: PlannedShops): Promise<void> {
  await migrate(db);
  await db.transaction(async (tx) => {
    await addSupplier(tx, { ...BENCH_SUPPLIER, connector: 'simulator' });
    await addProduct(tx, {
      ...BENCH_PRODUCT,
      type: 'topup',
      line_kind: 'msisdn',
      status: 'available',
      coverage_zone: ['FR'],
      tags: [],
      supplier_reference: null,
      metadata: {},
    });
    for (const shop of [shops.hot, ...shops.wide]) await addShop(tx, shop, new Date());
  });
}

export async function makeOurWorld(shops: PlannedShops): Promise<OurWorld> {
  const postgres = await startSidePostgres();
  const db = openPostgresql(postgres.url, () => {});
  try {
    await makeCatalogue(db, shops);
    await db.query('ANALYZE');
    return { postgres, shops };
  } catch (error) {
    await postgres.stop();
    throw error;
  } finally {
    await db.close();
  }
}

export interface OurOptions {
  /** How long the supplier takes. */
  latency_ms?: number;
  workers?: number;
  /** Settings beside these. */
  env?: Readonly<Record<string, string>>;
  nodeArgs?: readonly string[];
  /** False: run from its sources. */
  isBundled?: boolean;
}

export const OPERATOR_TOKEN = 'operator-token-of-the-bench';
const ENV = { ADMIN_TOKEN: OPERATOR_TOKEN };

/** Starts the server as it is, on a world. */
export async function startOurs(name: string, { postgres, shops }: OurWorld, options: OurOptions = {}): Promise<Side> {
  const { latency_ms = 0, workers = 1, nodeArgs = [], isBundled = true } = options;
  const entry = join(SERVER, isBundled ? 'start.js' : 'src/main.ts');
  const env = {
    ...ENV,
    ...options.env,
    DATABASE_URL: postgres.url,
    SIMULATOR_LATENCY_MS: String(latency_ms),
    WORKERS: String(workers),
  };
  const server = await startServerProcess({ entry, nodeArgs, env });
  return sideOf(name, server, postgres, shops);
}

/** Starts the server on an embedded database with the same catalogue, in a folder of its own. */
export async function startEmbedded(shops: PlannedShops): Promise<Side> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  const db = await openPglite(folder);
  await makeCatalogue(db, shops);
  await db.close();
  const server = await startServerProcess({ entry: join(SERVER, 'start.js'), env: { ...ENV, DATA_DIR: folder } });
  const remove = () => rm(folder, { recursive: true, force: true });
  const stop = (): Promise<void> => server.stop().then(remove);
  return sideOf('embedded', { ...server, stop }, null, shops);
}

/** Starts the same server, answering from memory: it reads the world once, and writes nothing. */
export async function startMemory({ postgres, shops }: OurWorld): Promise<Side> {
  const entry = join(import.meta.dirname, 'memory-server.ts');
  const server = await startServerProcess({ entry, env: { ...ENV, DATABASE_URL: postgres.url } });
  return sideOf('memory', server, null, shops);
}
