import type { Logger } from 'pino';
import type { Settings } from '../config.ts';
import type { Db } from '../database/database.ts';
import { createHosts } from '../database/hosts.ts';
import { migrate, readMigrations } from '../database/migrate.ts';
import { requireOwnSessions } from '../database/own-sessions.ts';
import { openPglite } from '../database/pglite.ts';
import { openPostgresql } from '../database/postgres.ts';
import { type Reading, readAtReplica } from '../database/replica.ts';
import { onShards } from '../database/shards.ts';
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
  await requireOwnSessions(hosts.primary());
  return openPostgresql(url, onError, hosts);
}

/** A database of this version, and where what may be a second old is read of it. */
export interface CurrentDatabase {
  /** Closes the replica too. */
  db: WatchedDb;
  reports: Reading;
}

/** Opens it and brings it to this version. */
export async function openCurrentDatabase(settings: Settings, log: Logger): Promise<CurrentDatabase> {
  const onError = (error: Error): void => log.warn({ err: error }, 'a database connection broke');
  const opened = await openDatabaseOf(settings, onError);
  await migrate(opened, readMigrations(), settings.LATER_SCHEMA);
  const db = watchDisk(await onShards(opened));
  await continueCommitOrder(db);
  if (!settings.DATABASE_READ_URL) return { db, reports: db };
  const replica = openPostgresql(settings.DATABASE_READ_URL, onError);
  const close = async (): Promise<void> => {
    await Promise.all([db.close(), replica.close()]);
  };
  return { db: { ...db, close }, reports: readAtReplica(replica, db) };
}
