import type { Logger } from 'pino';
import type { Settings } from '../config.ts';
import type { Db } from '../database/database.ts';
import { createHosts } from '../database/hosts.ts';
import { migrate, readMigrations } from '../database/migrate.ts';
import { openPglite } from '../database/pglite.ts';
import { openPostgresql } from '../database/postgres.ts';
import { type WatchedDb, watchDisk } from '../database/watch-disk.ts';
import { continueCommitOrder } from '../outbox/outbox.store.ts';

/** Opens the database that the settings name, at the host that is the primary. */
export async function openDatabaseOf(
  { DATABASE_URL: url, DATA_DIR }: Settings,
  onError: (error: Error) => void,
): Promise<Db> {
  if (!url) return openPglite(DATA_DIR);
  const hosts = createHosts(url);
  await hosts.look();
  return openPostgresql(url, onError, hosts);
}

/** Opens it and brings it to this version. */
export async function openCurrentDatabase(settings: Settings, log: Logger): Promise<WatchedDb> {
  const onError = (error: Error): void => log.warn({ err: error }, 'a database connection broke');
  const db = watchDisk(await openDatabaseOf(settings, onError));
  await migrate(db, readMigrations(), settings.LATER_SCHEMA);
  await continueCommitOrder(db);
  return db;
}
