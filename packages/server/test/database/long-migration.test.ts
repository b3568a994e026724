import { expect, it } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';

/** Longer than a statement of a server may take, and than it waits for an answer. */
const LONG_S = 21;

it('a migration may take longer than a statement of a server, and others that start wait for it', {
  tags: 'long',
}, async () => {
  const database = await createDatabase(await fixture('postgres'));
  const [first, second] = [openPostgresql(database.url, () => {}), openPostgresql(database.url, () => {})];
  try {
    const migrations = [{ name: '0001-long.sql', sql: `CREATE TABLE made (); SELECT pg_sleep(${LONG_S})` }];
    await Promise.all([migrate(first, migrations), migrate(second, migrations)]);
    expect(await first.query('SELECT name FROM migrations')).toEqual([{ name: '0001-long.sql' }]);
  } finally {
    await Promise.all([first.close(), second.close()]);
    await database.drop();
  }
});
