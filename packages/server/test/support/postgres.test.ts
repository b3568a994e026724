import pg from 'pg';
import { expect, test } from 'vitest';
import { createDatabase } from './database.ts';
import { fixture } from './fixtures.ts';
import { startPostgres } from './postgres-server.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' });
    return rows.flat();
  } finally {
    await client.end();
  }
}

// Without these, what the other tests prove about crashes would say nothing.
test('the tests run on a PostgreSQL that keeps what it has committed', async () => {
  const url = await fixture('postgres');
  expect(await query(url, 'SHOW fsync')).toEqual(['on']);
  expect(await query(url, 'SHOW synchronous_commit')).toEqual(['on']);
});

test('a database of a test is its own, and goes away again even while connected', async () => {
  const one = await createDatabase(await fixture('postgres'));
  const other = await createDatabase(await fixture('postgres'));
  await query(one.url, 'CREATE TABLE mine (x int)');
  expect(await query(other.url, `SELECT to_regclass('mine')`)).toEqual([null]);

  const open = new pg.Client({ connectionString: one.url });
  await open.connect();
  const ended = new Promise((resolve) => open.on('error', resolve));
  await one.drop();
  await ended;
  await other.drop();
  await expect(query(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
});

test('a server of its own keeps its data over a crash and a restart', async () => {
  const server = await startPostgres();
  try {
    await query(server.url, 'CREATE TABLE kept AS SELECT 1 AS x');
    await server.crash();
    await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await server.restart();
    await query(server.url, 'INSERT INTO kept VALUES (2)');
    await server.restart();
    expect(await query(server.url, 'SELECT x FROM kept ORDER BY x')).toEqual([1, 2]);
  } finally {
    await server.stop();
  }
  await expect(query(server.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
});
