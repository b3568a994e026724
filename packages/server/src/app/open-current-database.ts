import type { Logger } from 'pino';
import type { Settings } from '../config.ts';
import { migrate, readMigrations } from '../database/migrate.ts';
import { openPglite } from '../database/pglite.ts';
import { openPostgresql } from '../database/postgres.ts';
import { type WatchedDb, watchDisk } from '../database/watch-disk.ts';
import { continueCommitOrder } from '../outbox/outbox.store.ts';

/** Opens the database that the settings name, and brings it to this version. */
export async function openCurrentDatabase(settings: Settings, log: Logger): Promise<WatchedDb> {
  const db = watchDisk(
    settings.DATABASE_URL
      ? openPostgresql(settings.DATABASE_URL, (error) => log.warn({ err: error }, 'a database connection broke'))
      : await openPglite(settings.DATA_DIR),
  );
  await migrate(db, readMigrations(), settings.LATER_SCHEMA);
  await continueCommitOrder(db);
  return db;
}
