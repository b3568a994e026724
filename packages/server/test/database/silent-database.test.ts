import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseDown, type Db } from '../../src/database/database.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';

describe('a database that falls silent, as behind a firewall that has forgotten its connections', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let proxy: net.Server;
  let db: Db;
  const connections = new Set<net.Socket>();
  const silent = new Set<net.Socket>();

  beforeAll(async () => {
    database = await createDatabase(await fixture('postgres'));
    const url = new URL(database.url);
    const [port, host] = [Number(url.port), url.hostname];
    proxy = net.createServer((client) => {
      const server = net.connect(port, host);
      connections.add(client);
      const pass = (to: net.Socket) => (data: Buffer) => {
        if (!silent.has(client)) to.write(data);
      };
      client.on('data', pass(server)).on('error', () => {});
      server.on('data', pass(client)).on('error', () => {});
      client.on('close', () => server.destroy());
    });
    await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
    url.port = String((proxy.address() as net.AddressInfo).port);
    db = openPostgresql(url.href, () => {});
  });
  afterAll(async () => {
    for (const client of connections) client.destroy();
    await db?.close();
    proxy?.close();
    await database?.drop();
  });

  it('is an outage for what waits for it, and the next statements find new connections', async () => {
    const ask = (): Promise<unknown> => Promise.all([db.query('SELECT 1'), db.batches.query('SELECT 1')]);
    await ask();
    for (const client of connections) silent.add(client);
    const waiting = [
      db.query('SELECT 1'),
      db.batches.query('SELECT 1'),
      db.transaction((tx) => tx.query('SELECT 1')),
    ].map((each) => each.catch((error: unknown) => error));
    // Those on new connections are answered at once; those on the old ones learn that they never will be.
    const answers = await Promise.all(waiting);
    expect(answers.filter((answer) => answer instanceof DatabaseDown).length).toBeGreaterThan(0);
    expect(answers.filter((answer) => answer instanceof Error && !(answer instanceof DatabaseDown))).toEqual([]);
    await ask();
    await db.transaction((tx) => tx.query('SELECT 1'));
  });
});
