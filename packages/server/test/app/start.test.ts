import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { DemoFile } from '../../src/app/demo-file.ts';
import { createDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { createWorld } from '../support/server.ts';

const ADMIN_TOKEN = 'operator-token-of-the-tests';
const START = join(import.meta.dirname, '../../start.js');

/** A data folder with the demo in it, for one test. */
async function demoFolder(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'opentopup-start-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, 'data');
  await cp(await fixture('demoFolder'), folder, { recursive: true });
  return folder;
}

/** What somebody reads whose start fails. */
const complaint = async (env: Record<string, string>): Promise<string> => {
  const started = await startProgram(env).catch((error: Error) => error);
  if (started instanceof Error) return started.message;
  await started.kill();
  throw new Error('the server has started');
};

describe('the first start of the demo', () => {
  let folder: string;
  let server: RunningServer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'opentopup-start-'));
    server = await startProgram({ DATA_DIR: folder });
  });
  afterAll(async () => {
    await server?.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const demoFile = async (): Promise<DemoFile> =>
    JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoFile;

  it('prints lines that get a token and sell a top-up, pasted as they are', async () => {
    const lines = server.output().split('\n');
    const pasted = lines.filter((line) => /^ *(TOKEN=\$\()?curl /.test(line)).join('\n');
    const { stdout } = await promisify(execFile)('sh', ['-e', '-c', pasted]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'ok', parameters: { msisdn: '+33684587587' } });
  });

  it('writes demo.json for its owner only, with one offer of each kind and a second distributor', async () => {
    expect((await stat(join(folder, 'demo.json'))).mode & 0o777).toBe(0o600);
    const demo = await demoFile();
    expect(demo).toMatchObject({ base_url: server.baseUrl, admin_token: expect.stringMatching(/.{16,}/) });
    const kinds = demo.offers.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['msisdn', 'simId', 'small', 'empty', 'withdrawn']));
    const shop = await rawSignIn(server, demo);
    const stock = Object.fromEntries(
      await Promise.all(demo.offers.map(async ({ id, kind }) => [kind, await shop.stock(id)] as const)),
    );
    expect(stock).toMatchObject({ simId: 1_000_000, small: 100, empty: 0 });
    const other = await rawSignIn(server, demo.other);
    expect((await other.get('/distributors/offers')).body).toEqual([]);
  });

  it('keeps a second process out of its folder, and goes on undisturbed', { tags: 'long' }, async () => {
    expect(await complaint({ DATA_DIR: folder })).toContain(`The data folder ${folder} is in use`);
    expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200);
  });

  it('is found again by the next one, at another address', async () => {
    const before = await demoFile();
    expect(await server.stop()).toBe(0);
    server = await startProgram({ DATA_DIR: folder });
    expect(await demoFile()).toEqual({ ...before, base_url: server.baseUrl });
    expect((await rawSignIn(server, before)).token).toBeTruthy();
  });
});

describe('a start that cannot be', () => {
  it('says which settings cannot be used', async () => {
    const said = await complaint({ PORT: 'eighty', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://db' });
    expect(said).toMatch(/PORT=eighty/);
    expect(said).toMatch(/LOG_LEVEL=loud/);
    expect(said).toMatch(/DATABASE_URL/);
    expect(said).not.toMatch(/mysql:/);
  });

  it('says that the port is taken, and what to do', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await vi.waitFor(() => expect(taken.address()).not.toBeNull(), { timeout: 60_000 });
    const folder = await demoFolder();
    const port = (taken.address() as { port: number }).port;
    expect(await complaint({ DATA_DIR: folder, PORT: String(port) })).toMatch(/set PORT to another port/);
  });

  it.each([
    ['a folder that is a file', { DATA_DIR: '@/file' }, /data folder \S+ cannot be used: .*Set DATA_DIR to a folder/],
    ['a folder in a file', { DATA_DIR: '@/file/below' }, /data folder \S+ cannot be used: .*Set DATA_DIR to a folder/],
    ['a host of another machine', { DATA_DIR: '@/data', HOST: '192.0.2.1' }, /192\.0\.2\.1.*Set HOST to an address/],
    ['a host that is none', { DATA_DIR: '@/data', HOST: 'no-such-host.invalid' }, /no-such-host.*Set HOST to an/],
    ['a sealing key that is none', { DATA_DIR: '@/data', SEALING_KEY: 'short' }, /SEALING_KEY must/],
  ])(
    'says in words what is wrong, without a stack: %s',
    { tags: 'long' },
    async (_, env: Record<string, string>, words) => {
      const folder = await demoFolder();
      await writeFile(join(folder, '../file'), '');
      const placed = Object.entries(env).map(([name, value]) => [name, value.replace('@', dirname(folder))] as const);
      const said = await complaint(Object.fromEntries(placed));
      expect(said).toMatch(words);
      expect(said).not.toMatch(/^ +at /m);
    },
  );

  it.each([
    ['no such database', { pathname: '/nowhere' }, /does not let us in: database "nowhere"/],
    ['no such user', { username: 'nobody' }, /does not let us in: .*Check its name, user and/],
  ])('says in words what PostgreSQL has against it: %s', { tags: 'long' }, async (_, wrong, words) => {
    const url = Object.assign(new URL(await fixture('postgres')), wrong);
    const said = await complaint({ DATABASE_URL: url.href, ADMIN_TOKEN });
    expect(said).toMatch(words);
    expect(said).not.toMatch(/^ +at /m);
  });

  it('says that the database cannot be reached, without its password', async () => {
    const said = await complaint({ DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:1/db', ADMIN_TOKEN });
    expect(said).toMatch(/database in DATABASE_URL cannot be reached/);
    expect(said).not.toMatch(/hunter2/);
  });

  it('in production wants the operator to choose a token', async () => {
    expect(await complaint({ NODE_ENV: 'production' })).toMatch(/ADMIN_TOKEN is required/);
  });
});

describe('a server that is told to end', () => {
  it('serves on for DRAIN_S, and meanwhile says that it is not ready', { tags: 'long' }, async () => {
    const server = await startProgram({ DATA_DIR: await demoFolder(), DRAIN_S: '2' });
    const ended = server.stop();
    await vi.waitFor(async () => expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(503), {
      timeout: 2_000,
    });
    expect((await fetch(`${server.baseUrl}/live`)).status).toBe(200);
    expect(await ended).toBe(0);
  });
});

describe('starting on PostgreSQL', () => {
  it('works for three processes at once on an empty database: one makes the tables, the others wait', async () => {
    const database = await createDatabase(await fixture('postgres'));
    onTestFinished(() => database.drop());
    const starts = [1, 2, 3].map(() => startProgram({ DATABASE_URL: database.url, ADMIN_TOKEN }));
    const servers = await Promise.all(starts);
    for (const server of servers) {
      expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200);
      expect(await server.stop()).toBe(0);
    }
  });
});

describe('several workers', () => {
  it('serve together on one port, replace one of them that is killed, and end together', async () => {
    const database = await createDatabase(await fixture('postgres'));
    onTestFinished(() => database.drop());
    const server = await startProgram({ DATABASE_URL: database.url, ADMIN_TOKEN, WORKERS: '2' });
    onTestFinished(() => server.kill());
    const pids = async (): Promise<string[]> => {
      const path = `/proc/${server.process.pid}/task/${server.process.pid}/children`;
      return (await readFile(path, 'utf8')).trim().split(' ');
    };
    const before = await pids();
    expect(before).toHaveLength(2);
    process.kill(Number(before[0]), 'SIGKILL');
    await vi.waitFor(
      async () => {
        const now = await pids();
        expect(now).toHaveLength(2);
        expect(now).not.toContain(before[0]);
      },
      { timeout: 60_000, interval: 100 },
    );
    expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  });

  it('need PostgreSQL, and say so', { tags: 'long' }, async () => {
    expect(await complaint({ WORKERS: '2' })).toMatch(/WORKERS needs DATABASE_URL/);
  });

  it('that cannot start say why, once and for all', { tags: 'long' }, async () => {
    const said = await complaint({ DATABASE_URL: 'postgres://u:p@127.0.0.1:1/db', ADMIN_TOKEN, WORKERS: '2' });
    expect(said).toMatch(/cannot be reached/);
  });
});

describe('a stop', () => {
  it('answers the sales under way, then ends cleanly', async () => {
    const folder = await demoFolder();
    const server = await startProgram({ DATA_DIR: folder, SIMULATOR_LATENCY_MS: '1500' });
    onTestFinished(() => server.kill());
    const demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    const shop = await rawSignIn(server, demo);
    const offerId = demo.offers[0]?.id ?? '';

    const selling = shop.sell(offerId, { msisdn: '0684587587' });
    await vi.waitFor(async () => expect(await shop.stock(offerId)).toBe(999_999), { timeout: 60_000 });
    const [code, sale] = await Promise.all([server.stop(), selling]);
    expect(sale).toMatchObject({ status: 201, body: { status: 'ok' } });
    expect(code).toBe(0);
  });

  it('gives up suppliers that never answer, as pending, and still ends cleanly within 10 s', {
    tags: 'long',
  }, async () => {
    const folder = await demoFolder();
    const server = await startProgram({
      DATA_DIR: folder,
      SIMULATOR_LATENCY_MS: '60000',
      SUPPLIER_DEADLINE_MS: '60000',
    });
    onTestFinished(() => server.kill());
    const demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8')) as DemoFile;
    const shop = await rawSignIn(server, demo);
    const offerId = demo.offers[0]?.id ?? '';

    const selling = shop.sell(offerId, { msisdn: '0684587587' });
    await vi.waitFor(async () => expect(await shop.stock(offerId)).toBe(999_999), { timeout: 60_000 });
    const asked = performance.now();
    const [code, sale] = await Promise.all([server.stop(), selling]);
    expect(sale).toMatchObject({ status: 201, body: { status: 'pending' } });
    expect(code).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
  });

  it('leaves a line in the log, the last one', { tags: 'long' }, async () => {
    const folder = await demoFolder();
    const server = await startProgram({ DATA_DIR: folder });
    expect(await server.stop()).toBe(0);
    expect(server.output().trimEnd().split('\n').at(-1)).toMatch(/"msg":"stopped"/);
  });

  it.each(['pglite', 'postgresql'] as const)(
    'follows by itself when nobody reads the log any more, on %s',
    { tags: 'long' },
    async (engine) => {
      const world = await createWorld(engine);
      onTestFinished(() => world.remove());
      const server = await world.start(engine === 'postgresql' ? { WORKERS: '2' } : {});
      const { stdout, stderr } = server.process;
      stdout?.destroy();
      const ended = once(server.process, 'exit');
      const asking = setInterval(() => void fetch(`${server.baseUrl}/readyz`).catch(() => {}), 20);
      const [code] = await ended.finally(() => clearInterval(asking));
      stderr?.destroy();
      expect(code).toBe(0);
    },
  );

  it.runIf(existsSync('/dev/full'))(
    'comes to its end although the disk of the log is full',
    { tags: 'long' },
    async () => {
      const folder = await demoFolder();
      const full = await open('/dev/full', 'w');
      onTestFinished(() => full.close());
      const server = spawn(process.execPath, [START], {
        env: { ...process.env, PORT: '0', DATA_DIR: folder },
        stdio: ['ignore', full.fd, 'ignore'],
      });
      onTestFinished(() => void server.kill('SIGKILL'));
      const demoFile = join(folder, 'demo.json');
      const before = await readFile(demoFile, 'utf8');
      await vi.waitFor(async () => expect(await readFile(demoFile, 'utf8')).not.toBe(before), { timeout: 60_000 });
      const { base_url } = JSON.parse(await readFile(demoFile, 'utf8')) as DemoFile;
      await vi.waitFor(async () => expect((await fetch(`${base_url}/readyz`)).status).toBe(200), { timeout: 60_000 });
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
    },
  );
});
