import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { readMigrations } from '../../src/database/migrate.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { type Shop, setUpShop } from '../support/shop.ts';
import { type KeyedSales, startKeyedSales } from './keyed-sales.ts';

const exec = promisify(execFile);
const root = join(import.meta.dirname, '../../../..');
const UNITS = 1_000_000;
/** So many sales show that a server sells. */
const ENOUGH = 200;

let folder: string;
let env: Record<string, string>;
let db: Db;
let database: TestDatabase;
let shop: Shop;
let sales: KeyedSales;
const servers: RunningServer[] = [];

const started = async (starting: Promise<RunningServer>): Promise<RunningServer> => {
  const server = await starting;
  servers.push(server);
  return server;
};
const startNew = (more: Record<string, string> = {}) => started(startProgram({ ...env, ...more }));
const startOld = () => started(startProgram(env, join(folder, 'node_modules/opentopup/packages/server/start.js')));
const newestMigration = async (): Promise<string | undefined> =>
  (await db.query<{ name: string }>('SELECT max(name) AS name FROM migrations'))[0]?.name;
const proved = async (server: RunningServer): Promise<unknown> =>
  (await rawCallerWith(server, ADMIN_TOKEN).get('/admin/v1/ledger/verification')).body;

/** What one server has sold is told by the other one in the same words, by its key. */
async function expectSameAnswer(at: RunningServer, of: RunningServer): Promise<void> {
  const [sold] = [...sales.answers].filter(([, { baseUrl }]) => baseUrl === of.baseUrl);
  const [key, { line, body }] = sold as NonNullable<typeof sold>;
  const again = await rawCallerWith(at, sales.token()).sell(shop.offer_id, line, { 'idempotency-key': key });
  expect([again.status, again.body.id]).toEqual([201, body.id]);
}

// The release before this one, as somebody has installed it from its file.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opentopup-upgrade-'));
  await exec(process.execPath, ['release-before.ts', join(folder, 'release')], { cwd: root });
  const [packed = ''] = (await readdir(join(folder, 'release'))).filter((name) => /^opentopup-\d.*\.tgz$/.test(name));
  const install = ['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder];
  await exec('npm', [...install, join(folder, 'release', packed)]);

  database = await createDatabase(await fixture('postgres'));
  db = openPostgresql(database.url, () => {});
  env = { NODE_ENV: 'production', DATABASE_URL: database.url, ADMIN_TOKEN, SEALING_KEY };
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  await db?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('an upgrade', () => {
  let old: RunningServer;
  let next: RunningServer;

  it('brings the database to the new version while the old one sells, and then both sell', async () => {
    old = await startOld();
    shop = await setUpShop(rawCallerWith(old, ADMIN_TOKEN), 'Airport shop', UNITS);
    sales = await startKeyedSales(old.baseUrl, shop);
    await sales.more(ENOUGH);
    const before = sales.answers.size;
    next = await startNew();
    expect(sales.answers.size).toBeGreaterThan(before);
    expect(await newestMigration()).toBe(readMigrations().at(-1)?.name);

    await sales.sellAt(old.baseUrl, next.baseUrl);
    await sales.more(2 * ENOUGH);
    await expectSameAnswer(next, old);
    await expectSameAnswer(old, next);
  });

  it('can be taken back as long as an old server runs: it sells on alone', async () => {
    await sales.sellAt(old.baseUrl);
    expect(await next.stop()).toBe(0);
    await sales.more(ENOUGH);
    expect(await proved(old)).toMatchObject({ verified: true });
    next = await startNew();
  });

  it('ends with the new version alone, after which an old one does not start any more, and says so', async () => {
    await sales.sellAt(next.baseUrl);
    expect(await old.stop()).toBe(0);
    await sales.more(ENOUGH);
    await expect(startOld()).rejects.toThrow('which this version does not know');
  });

  it('has a way back to the version right before it, where that is told which database it works on', async () => {
    // What the next version will leave behind, for this one.
    await db.query(`INSERT INTO migrations (name, sha256) VALUES ('9999-later.sql', '')`);
    await expect(startNew()).rejects.toThrow('LATER_SCHEMA=9999-later.sql lets it work on it');
    const back = await startNew({ LATER_SCHEMA: '9999-later.sql' });
    await sales.sellAt(next.baseUrl, back.baseUrl);
    await sales.more(ENOUGH);
  });

  it('fails no order, sells none twice, and leaves a ledger that is proved', async () => {
    await sales.stop();
    expect(sales.failures).toEqual([]);
    const answers = [...sales.answers.values()];
    expect(answers.filter(({ status, body }) => status !== 201 || body.status !== 'ok')).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(answers.length);
    expect(await proveLedger(db, shop.offer_id)).toMatchObject({
      granted: UNITS,
      available: UNITS - answers.length,
      sold: answers.length,
      held: 0,
    });
    expect(await proved(next)).toMatchObject({ verified: true });
  });
});
