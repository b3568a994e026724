import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { DemoFile } from '../../src/demo-file.ts';
import { secretDigest } from '../../src/flows/client-secret.ts';
import { makeDemo, planDemo } from '../../src/flows/make-demo.ts';
import type { Db } from '../../src/store/db.ts';
import { openPglite } from '../../src/store/db-pglite.ts';
import { openPostgresql } from '../../src/store/db-postgresql.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createDatabase } from './database.ts';
import { type RunningServer, startProgram } from './program.ts';

export type { RunningServer };

/** Both databases; whole-system tests run on each. */
export const ENGINES = ['pglite', 'postgresql'] as const;
export type Engine = (typeof ENGINES)[number];

export const ADMIN_TOKEN = 'operator-token-of-the-tests';

/** A database, and the servers that run on it. */
export interface Place {
  start: (env?: Record<string, string>) => Promise<RunningServer>;
  /** The database itself, to look into. On PGlite only while no server runs. */
  openDb: () => Promise<Db>;
  /** Kills the servers still running and removes the data. */
  remove: () => Promise<void>;
}

/** A database with the demo in it. */
export interface World extends Place {
  demo: Omit<DemoFile, 'base_url'>;
  /** The id of the demo offer of this kind. */
  offer: (kind: string) => string;
}

async function createPlace(engine: Engine): Promise<Place & { folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'opentopup-test-'));
  const database = engine === 'postgresql' ? await createDatabase(inject('postgresUrl')) : null;
  const openDb = async (): Promise<Db> => (database ? openPostgresql(database.url, () => {}) : openPglite(folder));
  const servers: RunningServer[] = [];

  const start = async (env: Record<string, string> = {}): Promise<RunningServer> => {
    const where: Record<string, string> = database ? { DATABASE_URL: database.url, ADMIN_TOKEN } : {};
    const server = await startProgram({ DATA_DIR: folder, ...where, ...env });
    servers.push(server);
    return server;
  };
  const remove = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.kill()));
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, start, openDb, remove };
}

/** A place with nothing in it, for the operator with ADMIN_TOKEN. */
export async function createEmptyPlace(engine: Engine): Promise<Place> {
  const place = await createPlace(engine);
  return { ...place, start: (env) => place.start({ NODE_ENV: 'production', ADMIN_TOKEN, ...env }) };
}

/** A world of its own for one test file, on the given engine. */
export async function createWorld(engine: Engine): Promise<World> {
  const { folder, ...place } = await createPlace(engine);
  let demo: World['demo'];
  if (engine === 'postgresql') {
    const db = await place.openDb();
    await migrate(db);
    const plan = planDemo();
    await db.transaction((tx) => makeDemo(tx, plan, secretDigest, new Date()));
    await db.close();
    demo = { ...plan, admin_token: ADMIN_TOKEN };
  } else {
    await cp(inject('demoFolder'), folder, { recursive: true });
    demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoFile;
  }

  return {
    ...place,
    demo,
    offer: (kind) => {
      const found = demo.offers.find((offer) => offer.kind === kind);
      if (!found) throw new Error(`the demo has no offer of kind ${kind}`);
      return found.id;
    },
  };
}
