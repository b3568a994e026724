import { join } from 'node:path';
import { makePlainCatalogue } from '../plain/catalogue.ts';
import { openDatabase } from '../plain/database.ts';
import type { PlannedShops } from './catalogue.ts';
import { type Postgres, startSidePostgres } from './postgres.ts';
import { startServerProcess } from './program.ts';
import { type Side, sideOf } from './side.ts';

const PROGRAM = join(import.meta.dirname, '../plain/server.ts');

/** A database of the plain server with a catalogue. */
export interface PlainWorld {
  postgres: Postgres;
  shops: PlannedShops;
}

export async function makePlainWorld(shops: PlannedShops): Promise<PlainWorld> {
  const postgres = await startSidePostgres();
  const db = openDatabase(postgres.url);
  try {
    await makePlainCatalogue(db, shops);
    return { postgres, shops };
  } catch (error) {
    await postgres.stop();
    throw error;
  } finally {
    await db.close();
  }
}

/** @param latency_ms how long the supplier takes */
export async function startPlain({ postgres, shops }: PlainWorld, latency_ms = 0): Promise<Side> {
  const env = { DATABASE_URL: postgres.url, LATENCY_MS: String(latency_ms) };
  return sideOf('plain', await startServerProcess({ entry: PROGRAM, env }), postgres, shops);
}
