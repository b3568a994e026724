import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DemoFile } from '../../src/app/demo-file.ts';
import type { Db } from '../../src/database/database.ts';
import { openPglite } from '../../src/database/pglite.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { onShards } from '../../src/database/shards.ts';
import { createDatabase } from './database.ts';
import { fixture } from './fixtures.ts';
import { type RunningServer, startProgram } from './program.ts';
import { ADMIN_TOKEN, SEALING_KEY } from './secrets.ts';

export type { RunningServer };

/** Both databases: for what depends on how they store, lock and fail, always. */
const BOTH = ['pglite', 'postgresql'] as const;
export type Engine = (typeof BOTH)[number];
export const STORAGE_ENGINES: readonly Engine[] = process.env['TEST_CITUS_URL'] ? ['postgresql'] : BOTH;

/** For everything else: both in the long form (LONG=1), PostgreSQL in the short one. */
export const ENGINES: readonly Engine[] = process.env['LONG'] ? STORAGE_ENGINES : ['postgresql'];

/** A database, and the servers that run on it. */
export interface Place {
  /** @param at what the clocks of the server and its database say when it starts; without it, the time that it is */
  start: (env?: Record<string, string>, at?: Date) => Promise<RunningServer>;
  /** The database itself, to look into. On PGlite only while no server runs. */
  openDb: () => Promise<Db>;
  /** The same for each of two processes; for the only one that PGlite belongs to. */
  openDbs: () => Promise<Db[]>;
  /** Kills the servers still running and removes the data. */
  remove: () => Promise<void>;
}

/** A database with the demo in it. */
export interface DemoPlace extends Place {
  demo: Omit<DemoFile, 'base_url'>;
  /** The id of the demo offer of this kind. */
  offer: (kind: string) => string;
}

const MOVED_CLOCK = join(import.meta.dirname, 'moved-clock.ts');
const PLANT_DEMO = join(import.meta.dirname, 'plant-demo.ts');

interface BarePlace extends Place {
  /** Makes the demo. @param at when; without it, now */
  plant: (at?: Date) => Promise<DemoPlace['demo']>;
}

const makeFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'opentopup-test-'));

/** A data folder of the asker's own, in whose embedded database nothing is. */
export async function createDataFolder(): Promise<string> {
  const folder = await makeFolder();
  await cp(await fixture('emptyFolder'), folder, { recursive: true });
  return folder;
}

/** @param original the name of the database that it begins as; without it, it is empty */
async function createPlace(engine: Engine, folder: string, original?: string): Promise<BarePlace> {
  const database = engine === 'postgresql' ? await createDatabase(await fixture('postgres'), original) : null;
  const openDb = async (): Promise<Db> =>
    database ? onShards(openPostgresql(database.url, () => {})) : openPglite(folder);
  const servers: RunningServer[] = [];
  let isMoved = false;
  const clockAt = async (moment?: Date): Promise<Record<string, string>> => {
    const ahead_ms = moment ? moment.getTime() - Date.now() : 0;
    if (moment || isMoved) await database?.moveClock(ahead_ms);
    isMoved ||= moment !== undefined;
    return moment ? { NODE_OPTIONS: `--import=${MOVED_CLOCK}`, CLOCK_AHEAD_MS: String(ahead_ms) } : {};
  };

  const start = async (env: Record<string, string> = {}, moment?: Date): Promise<RunningServer> => {
    const where: Record<string, string> = database ? { DATABASE_URL: database.url, ADMIN_TOKEN } : {};
    const server = await startProgram({ DATA_DIR: folder, ...where, ...(await clockAt(moment)), ...env });
    servers.push(server);
    return server;
  };
  const plant = async (at?: Date): Promise<DemoPlace['demo']> => {
    if (database && !at) return { ...(await fixture('demoDatabase')).demo, admin_token: ADMIN_TOKEN };
    if (database) {
      const env = { ...(await clockAt(at)), DATABASE_URL: database.url };
      const { stdout } = await promisify(execFile)(process.execPath, [PLANT_DEMO], { env });
      return { ...JSON.parse(stdout), admin_token: ADMIN_TOKEN };
    }
    if (at) await (await start({ SEALING_KEY }, at)).stop();
    else await cp(await fixture('demoFolder'), folder, { recursive: true });
    return JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoFile;
  };
  const remove = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.kill()));
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  };
  const openDbs = (): Promise<Db[]> => Promise.all(Array.from({ length: database ? 2 : 1 }, openDb));
  return { start, openDb, openDbs, plant, remove };
}

/** A place with nothing in it, for the operator with ADMIN_TOKEN. */
export async function createEmptyPlace(engine: Engine): Promise<Place> {
  const { plant: _none, ...place } = await createPlace(
    engine,
    await (engine === 'pglite' ? createDataFolder() : makeFolder()),
  );
  return { ...place, start: (env, at) => place.start({ NODE_ENV: 'production', ADMIN_TOKEN, ...env }, at) };
}

/**
 * A world of its own for one test file, on the given engine.
 * @param at when it is made; without it, now
 */
export async function createWorld(engine: Engine, at?: Date): Promise<DemoPlace> {
  const { plant, ...place } = await createPlace(
    engine,
    await makeFolder(),
    at ? undefined : (await fixture('demoDatabase')).name,
  );
  const demo = await plant(at);
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
