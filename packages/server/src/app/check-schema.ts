import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';
import type { Db } from '../database/database.ts';
import { readMigrations, readPending, SchemaRefused } from '../database/migrate.ts';
import { secondsAtMost, type TableSize, tablesGoneThrough } from '../database/migration-work.rules.ts';
import { readSettings } from '../read-settings.ts';
import { openDatabaseOf } from './open-current-database.ts';
import { startError } from './start-error.ts';

/** What a start of this version would do to a database. */
export interface SchemaCheck {
  /** `refused`: this version does not start on it. */
  status: 'current' | 'behind' | 'empty' | 'refused';
  /** Why it is refused. */
  cause?: string;
  /** The newest migration of this version. */
  newest: string;
  /** What would be applied, in order, all of it or nothing. */
  pending: {
    name: string;
    /** The tables that it goes through, the largest first. */
    tables: TableSize[];
    /** On a slow disk, beside the time that its locks are waited for. */
    seconds_at_most: number;
  }[];
}

const SIZES = `
  SELECT relname AS name, greatest(reltuples, 0)::float8 AS rows, pg_total_relation_size(oid)::float8 AS bytes
  FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(current_schema()) ORDER BY 3 DESC`;

const migrations = readMigrations();
const newest = migrations.at(-1)?.name ?? '';

async function checkSchema(db: Db, later: string | undefined): Promise<SchemaCheck> {
  try {
    const missing = await readPending(db, migrations, later);
    const sizes = await db.query<TableSize>(SIZES);
    const pending = missing.map(({ name, sql }) => {
      const gone = tablesGoneThrough(sql, sizes);
      return { name, tables: [...new Set(gone)], seconds_at_most: secondsAtMost(gone) };
    });
    const status = pending.length === migrations.length ? 'empty' : pending.length > 0 ? 'behind' : 'current';
    return { status, newest, pending };
  } catch (error) {
    if (error instanceof SchemaRefused) return { status: 'refused', cause: error.message, newest, pending: [] };
    throw error;
  }
}

/** Looks at the database that these settings name. A folder where none is stays empty. */
async function checkDatabase(settings: Settings): Promise<SchemaCheck> {
  const { DATABASE_URL, DATA_DIR, LATER_SCHEMA } = settings;
  if (!DATABASE_URL && !existsSync(join(DATA_DIR, 'pg', 'PG_VERSION'))) {
    const pending = migrations.map(({ name }) => ({ name, tables: [], seconds_at_most: 0 }));
    return { status: 'empty', newest, pending };
  }
  const db = await openDatabaseOf(settings, () => {});
  try {
    return await checkSchema(db, LATER_SCHEMA);
  } finally {
    await db.close();
  }
}

// A program of its own: it says in JSON what a start would do, and does nothing.
try {
  process.stdout.write(JSON.stringify(await checkDatabase(readSettings(process.env))));
} catch (error) {
  process.stderr.write(`${startError(error)}\n`);
  process.exit(1);
}
