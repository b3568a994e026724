import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS } from '../files.ts';
import type { Db, Query } from './database.ts';

/** Any number, but the same in every process: whoever holds it migrates, the others wait. */
const LOCK = 7_305_421_906;

export interface Migration {
  name: string;
  sql: string;
}

/** Reads the numbered SQL files, in order. */
export function readMigrations(folder = MIGRATIONS): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }));
}

/** The schema of the database does not go with this version of the program. */
export class SchemaRefused extends Error {
  override readonly name = 'SchemaRefused';
}

/** The digest by which a migration that was applied is known again. */
const digestOf = ({ sql }: Migration): string => createHash('sha256').update(sql).digest('hex');

/**
 * Tells which migrations a database still lacks.
 * @param later the newest migration of a later version on whose database this one is to work all the same
 * @throws SchemaRefused when an applied one has been changed, or the database is of a later version
 */
async function pendingOn(db: Query, migrations: readonly Migration[], later: string | undefined): Promise<Migration[]> {
  const rows = await db.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM migrations');
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  const pending = migrations.filter((migration) => {
    const known = applied.get(migration.name);
    applied.delete(migration.name);
    if (known === undefined) return true;
    if (known === digestOf(migration)) return false;
    throw new SchemaRefused(`Migration ${migration.name} was changed after it had been applied.`);
  });
  const unknown = [...applied.keys()].toSorted().at(-1);
  if (unknown === undefined || unknown === later) return pending;
  throw new SchemaRefused(
    `The database has migration ${unknown}, which this version does not know. Run a later version. ` +
      `Where this is the version right before that, LATER_SCHEMA=${unknown} lets it work on it.`,
  );
}

/**
 * Tells which migrations a start would apply, and changes nothing.
 * @throws SchemaRefused as `migrate` does
 */
export async function readPending(db: Query, migrations = readMigrations(), later?: string): Promise<Migration[]> {
  const [there] = await db.query<{ is: boolean }>("SELECT to_regclass('migrations') IS NOT NULL AS is");
  return there?.is ? pendingOn(db, migrations, later) : migrations;
}

/**
 * Brings the database to this version of the program; safe when several processes start at once.
 * @throws SchemaRefused when an applied migration has been changed, or the database is of a later version
 */
export async function migrate(db: Db, migrations = readMigrations(), later?: string): Promise<void> {
  const work = async (tx: Query): Promise<void> => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await tx.query(
      `CREATE TABLE IF NOT EXISTS migrations (
        name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    for (const migration of await pendingOn(tx, migrations, later)) {
      await tx.script(migration.sql);
      await tx.query('INSERT INTO migrations (name, sha256) VALUES ($1, $2)', [migration.name, digestOf(migration)]);
    }
  };
  // An index of a long history takes longer than any statement of a server may, and so does waiting for whoever makes it.
  await db.transaction(work, { isLong: true });
}
