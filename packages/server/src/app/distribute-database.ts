import { distribute } from '../database/distribute.ts';
import { migrate, readMigrations } from '../database/migrate.ts';
import { BadSettings, readSettings } from '../read-settings.ts';
import { openDatabaseOf } from './open-current-database.ts';
import { startError } from './start-error.ts';

// A program of its own: it distributes the database of its settings, and says in JSON what has come of that.
try {
  const settings = readSettings(process.env);
  if (!settings.DATABASE_URL)
    throw new BadSettings('Set DATABASE_URL to the coordinator: the embedded database is not distributed.');
  const db = await openDatabaseOf(settings, () => {});
  try {
    await migrate(db, readMigrations(), settings.LATER_SCHEMA);
    process.stdout.write(JSON.stringify(await distribute(db)));
  } finally {
    await db.close();
  }
} catch (error) {
  process.stderr.write(`${startError(error)}\n`);
  process.exit(1);
}
