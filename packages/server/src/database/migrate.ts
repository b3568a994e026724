import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MIGRATIONS } from '../files.ts';
import type { Db } from './database.ts';

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

/**
 * Brings the database to this version of the program; safe when several processes start at once.
 * @throws when an applied migration has been changed, or the database is of a later version
 */
export async function migrate(db: Db, migrations = readMigrations()): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    await tx.query(
      `CREATE TABLE IF NOT EXISTS migrations (
        name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const rows = await tx.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM migrations');
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    for (const { name, sql } of migrations) {
      const sha256 = createHash('sha256').update(sql).digest('hex');
      const known = applied.get(name);
      applied.delete(name);
      if (known === sha256) continue;
      if (known !== undefined) throw new Error(`Migration ${name} was changed after it had been applied.`);
      await tx.script(sql);
      await tx.query('INSERT INTO migrations (name, sha256) VALUES ($1, $2)', [name, sha256]);
    }
    const [unknown] = applied.keys();
    if (unknown !== undefined) {
      throw new Error(`The database has migration ${unknown}, which this version does not know. Run a later version.`);
    }
  });
}
