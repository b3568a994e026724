import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { openPglite } from '../../src/database/pglite.ts';
import { createDataFolder, createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

/** Keeps the database busy for about half a second. */
const LONG = 'SELECT count(*) AS n FROM generate_series(1, 1500000)';

describe('the embedded database at work', () => {
  let folder: string;
  let db: Db;

  beforeAll(async () => {
    folder = await createDataFolder();
    db = await openPglite(folder);
  });
  afterAll(async () => {
    await db?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('leaves the process free to do everything else', async () => {
    const work = { isDone: false, turns: 0 };
    const long = db.query(LONG).finally(() => {
      work.isDone = true;
    });
    for (; !work.isDone; work.turns += 1) await setImmediate();
    expect(await long).toEqual([{ n: 1_500_000 }]);
    expect(work.turns).toBeGreaterThan(100);
  });

  it('serves batches before everything else that waits', async () => {
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    await Promise.all([
      db.query(LONG).then(note('what it is working on')),
      db.query('SELECT 1').then(note('a read')),
      db.transaction((tx) => tx.query('SELECT 2')).then(note('a transaction')),
      db.batches.query('SELECT 3').then(note('a batch')),
    ]);
    expect(order).toEqual(['what it is working on', 'a batch', 'a read', 'a transaction']);
  });

  it('lets nothing in between the statements of a transaction', async () => {
    await db.script('CREATE TABLE notes (n int)');
    const seen: unknown[] = [];
    const own = db.transaction(async (tx) => {
      await tx.query('INSERT INTO notes VALUES (1)');
      await setImmediate();
      seen.push((await tx.query('SELECT n FROM notes')).length);
    });
    const other = db.batches.query('INSERT INTO notes VALUES (2)');
    await Promise.all([own, other]);
    expect(seen).toEqual([1]);
  });

  it('says what is wrong with a statement as PostgreSQL does, and goes on', async () => {
    await expect(db.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(db.batches.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(db.transaction((tx) => tx.query('SELECT nothing'))).rejects.toMatchObject({ code: '42703' });
    expect(await db.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('closes in peace although somebody still asks', async () => {
    const own = await createDataFolder();
    const closing = await openPglite(own);
    let isAnswered = false;
    const ask = (): void => void closing.query('SELECT 1').finally(() => (isAnswered = true));
    await closing.close();
    ask();
    await setTimeout(100);
    expect(isAnswered).toBe(false);
    await rm(own, { recursive: true });
  });
});

describe('the process of the embedded database', () => {
  let world: DemoPlace;

  beforeAll(async () => {
    world = await createWorld('pglite');
  });
  afterAll(() => world.remove());

  const engineOf = (server: RunningServer): number =>
    Number(execFileSync('ps', ['-o', 'pid=', '--ppid', String(server.process.pid)], { encoding: 'utf8' }));

  it('outlives a signal that both get, as Ctrl+C sends it, so that the server can end in order', async () => {
    const server = await world.start();
    process.kill(engineOf(server), 'SIGINT');
    process.kill(engineOf(server), 'SIGTERM');
    expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('takes the server with it when it dies: nobody sells without knowing what is written', async () => {
    const server = await world.start();
    const ended = once(server.process, 'exit');
    process.kill(engineOf(server), 'SIGKILL');
    const [code] = await ended;
    expect(code).toBeGreaterThan(0);
    expect(server.output()).toContain('the embedded database has stopped');
  });

  it('ends with a server that is killed, and a start right after that waits for it', async () => {
    const server = await world.start();
    server.process.kill('SIGKILL');
    const next = await world.start();
    expect((await fetch(`${next.baseUrl}/readyz`)).status).toBe(200);
    expect(await next.stop()).toBe(0);
  });
});
