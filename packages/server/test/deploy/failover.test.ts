import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createDatabase } from '../support/database.ts';
import { proveLedger } from '../support/ledger.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { type Shop, setUpShop } from '../support/shop.ts';
import { type KeyedSales, startKeyedSales } from './keyed-sales.ts';

const UNITS = 1_000_000;
const ENOUGH = 300;
/** How long whoever promotes takes to find out that the primary is gone. */
const UNNOTICED_MS = 1_000;

let primary: PostgresServer;
let replica: PostgresServer;
let shop: Shop;
let sales: KeyedSales;
const servers: RunningServer[] = [];
const opened: Db[] = [];

/** Opens a database of one host. */
function open(host: PostgresServer, name = 'postgres'): Db {
  const db = openPostgresql(Object.assign(new URL(host.url), { pathname: `/${name}` }).href, () => {});
  opened.push(db);
  return db;
}

/** Starts a server on a database of several hosts. */
async function start(name: string, ...hosts: PostgresServer[]): Promise<RunningServer> {
  const names = hosts.map(({ url }) => new URL(url).host);
  const DATABASE_URL = `postgres://postgres@${names.join(',')}/${name}`;
  const server = await startProgram({ NODE_ENV: 'production', DATABASE_URL, ADMIN_TOKEN, SEALING_KEY });
  servers.push(server);
  return server;
}

beforeAll(async () => {
  primary = await startPostgres();
  replica = await primary.replica();
  const admin = open(primary);
  await admin.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
  await admin.query('SELECT pg_reload_conf()');
  const isSynchronous = async (): Promise<void> => {
    const [row] = await admin.query<{ sync_state: string }>('SELECT sync_state FROM pg_stat_replication');
    if (row?.sync_state !== 'sync') throw new Error(`the replica is ${row?.sync_state}`);
  };
  await vi.waitFor(isSynchronous, { timeout: 60_000 });
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await Promise.all(opened.map((db) => db.close()));
  await replica?.stop();
  await primary?.stop();
});

describe('a primary that is killed under load, with a replica that has all that was acknowledged', () => {
  let name: string;
  let before: Db;
  const countOn = async (db: Db): Promise<number> =>
    (await db.query<{ n: number }>('SELECT count(*) AS n FROM transactions'))[0]?.n ?? 0;

  it('is replaced once the replica is promoted, without anybody else: sales fail cleanly in between', async () => {
    const { url } = await createDatabase(primary.url);
    name = new URL(url).pathname.slice(1);
    before = open(primary, name);
    const both = [await start(name, primary, replica), await start(name, replica, primary)];
    const [first] = both as [RunningServer];
    shop = await setUpShop(rawCallerWith(first, ADMIN_TOKEN), 'Airport shop', UNITS);
    sales = await startKeyedSales(first.baseUrl, shop);
    await sales.sellAt(...both.map(({ baseUrl }) => baseUrl));
    await sales.more(ENOUGH);

    const killedAt = Date.now();
    await primary.kill();
    await sleep(UNNOTICED_MS);
    const promotedAt = Date.now();
    await open(replica).query('SELECT pg_promote()');
    await sales.more(ENOUGH);
    const times = [...sales.answers.values()].map(({ at }) => at);
    const last = Math.max(...times.filter((at) => at < promotedAt));
    const resumed = Math.min(...times.filter((at) => at > promotedAt));
    console.log(
      `killed: no sale for ${resumed - last} ms, ${resumed - promotedAt} ms of them after the promotion began`,
    );
    expect(resumed - killedAt).toBeLessThan(UNNOTICED_MS + 10_000);
    expect(sales.failures.filter(({ what }) => !what.startsWith('503 '))).toEqual([]);
    console.log(new Set(sales.failures.map(({ what }) => what)));
    for (const { baseUrl } of both) {
      const since = [...sales.answers.values()].filter((answer) => answer.at > promotedAt);
      expect(since.some((answer) => answer.baseUrl === baseUrl)).toBe(true);
    }
  });

  it('is not sold on when it comes back by mistake, as another one has taken over', async () => {
    await primary.restart();
    const left = await countOn(before);
    const third = await start(name, primary, replica);
    await sales.sellAt(...servers.map(({ baseUrl }) => baseUrl));
    await sales.more(ENOUGH);
    expect(sales.failures.filter(({ what }) => !what.startsWith('503 '))).toEqual([]);
    expect([...sales.answers.values()].some(({ baseUrl }) => baseUrl === third.baseUrl)).toBe(true);
    expect(await countOn(before)).toBe(left);
  });

  it('loses nothing that was acknowledged, sells nothing twice, and leaves a ledger that is proved', async () => {
    await sales.stop();
    const operator = rawCallerWith(servers[0] as RunningServer, ADMIN_TOKEN);
    const pending = async (): Promise<unknown> =>
      (await operator.get('/admin/v1/transactions?status=pending&limit=1')).body;
    await vi.waitFor(async () => expect(await pending()).toEqual([]), { timeout: 90_000, interval: 500 });

    const answers = [...sales.answers.values()];
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    const ids = new Set(answers.map(({ body }) => body.id as string));
    expect(ids.size).toBe(answers.length);
    const db = open(replica, name);
    const known = await db.query(
      "SELECT transaction_id FROM resolutions WHERE status = 'ok' AND transaction_id = ANY($1)",
      [[...ids]],
    );
    expect(known).toHaveLength(ids.size);
    expect(await proveLedger(db, shop.offer_id)).toMatchObject({ granted: UNITS, held: 0, sold: answers.length });
    expect((await operator.get('/admin/v1/ledger/verification')).body).toMatchObject({ verified: true });
  });
});
