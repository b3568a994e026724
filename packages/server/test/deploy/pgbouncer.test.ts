import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { setUpShop } from '../support/shop.ts';
import { startKeyedSales } from './keyed-sales.ts';
import { findFreePort, type RunningTool, runTool, startTool } from './tool.ts';

const UNITS = 1_000_000;
const ENOUGH = 300;
/** It does not run as root. */
const NOBODY = 65_534;

let folder: string;
let database: TestDatabase;

beforeAll(async () => {
  console.log((await runTool('pgbouncer', ['--version'])).split('\n')[0]);
  folder = await mkdtemp(join(tmpdir(), 'opentopup-pgbouncer-'));
  await chmod(folder, 0o755);
  database = await createDatabase(await fixture('postgres'));
});
afterAll(async () => {
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts PgBouncer before the database. */
async function startPooler(settings: Record<string, string>): Promise<RunningTool & { url: string }> {
  const { hostname, port: behind, username } = new URL(database.url);
  const port = await findFreePort();
  const lines = Object.entries({ listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '', ...settings });
  const file = join(folder, `${settings['pool_mode']}.ini`);
  const text = `[databases]\n* = host=${hostname} port=${behind} user=${username}\n[pgbouncer]\nauth_type = any\n`;
  await writeFile(file, text + lines.map(([name, value]) => `${name} = ${value}\n`).join(''));
  const running = await startTool('pgbouncer', [file], port, { uid: NOBODY });
  return { ...running, url: Object.assign(new URL(database.url), { host: `127.0.0.1:${port}` }).href };
}

const start = (url: string): Promise<RunningServer> =>
  startProgram({ NODE_ENV: 'production', DATABASE_URL: url, ADMIN_TOKEN, SEALING_KEY });

describe('behind PgBouncer', () => {
  it('by session, a server sells as it does without', async () => {
    const pooler = await startPooler({ pool_mode: 'session' });
    const server = await start(pooler.url);
    const operator = rawCallerWith(server, ADMIN_TOKEN);
    const shop = await setUpShop(operator, 'Airport shop', UNITS);
    const sales = await startKeyedSales(server.baseUrl, shop);
    await sales.more(ENOUGH);
    await sales.stop();
    expect(sales.failures).toEqual([]);
    expect((await operator.get('/admin/v1/ledger/verification')).body).toMatchObject({ verified: true });
    const db = openPostgresql(database.url, () => {});
    expect(await proveLedger(db, shop.offer_id)).toMatchObject({ held: 0, sold: sales.answers.size });
    await db.close();
    expect(await server.stop()).toBe(0);
    await pooler.stop();
  });

  it.each([
    { pool_mode: 'transaction' },
    { pool_mode: 'transaction', server_round_robin: '1' },
    { pool_mode: 'statement' },
  ])('sharing sessions, a server does not start, and says why: %o', async (settings) => {
    const pooler = await startPooler(settings);
    await expect(start(pooler.url)).rejects.toThrow('Set it to pool by session (PgBouncer: pool_mode = session)');
    await pooler.stop();
  });
});
