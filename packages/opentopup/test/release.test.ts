import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

const exec = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const MB = 1_000_000;
/** The most that an installation may take, in bytes. */
const LARGEST = 120 * MB;

let parent: string;
let folder: string;
const installed = (...path: string[]): string => join(folder, 'node_modules', ...path);
/** The command of the release before. */
const OLD = '../before/node_modules/.bin/opentopup';
/** Runs the installed command there, as somebody who has nothing else of OpenTopup. */
const opentopup = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  exec(installed('.bin/opentopup'), args, { cwd: folder, env: { PATH: process.env['PATH'], HOME: folder, ...env } });

async function sizeOf(path: string): Promise<number> {
  const names = await readdir(path, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(path, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Packs by one of our programs, and installs what it has packed in an empty folder, without a registry. */
async function install(by: string, into: string): Promise<void> {
  const packed = join(into, 'release');
  await exec(process.execPath, [by, packed], { cwd: root });
  const [program = ''] = (await readdir(packed)).filter((name) => /^opentopup-\d.*\.tgz$/.test(name));
  const options = ['--offline', '--no-audit', '--no-fund', '--prefix', into];
  await exec('npm', ['install', ...options, join(packed, program)]);
}

// What is packed, and was before, without this repository.
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'opentopup-release-'));
  folder = join(parent, 'this');
  await install('release.ts', folder);
  await install('release-before.ts', join(parent, 'before'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

describe('the packed program', () => {
  let server: ChildProcess | null = null;
  let said = '';
  const address = (): string => /is ready at (\S+)/.exec(said)?.[1] ?? '';
  /** Starts a server on a folder of data, and waits until it answers. */
  async function serve(data = 'data', command = installed('.bin/opentopup')): Promise<void> {
    said = '';
    const env = { PATH: process.env['PATH'], HOME: folder };
    server = spawn(command, ['serve', '--port', '0', '--data', data], { cwd: folder, env });
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (text) => (said += text));
    await vi.waitFor(() => expect(address()).not.toBe(''), { timeout: 100_000, interval: 50 });
  }
  const stop = async (): Promise<number> => {
    const ended = server && once(server, 'exit');
    server?.kill('SIGTERM');
    server = null;
    return ended ? Number((await ended)[0]) : 0;
  };
  afterAll(stop);

  it('takes no more than 120 MB installed, and brings the licences and the bill of what is in it', async () => {
    expect(await sizeOf(installed('opentopup'))).toBeLessThan(LARGEST);
    const manifest = JSON.parse(await readFile(installed('opentopup/package.json'), 'utf8'));
    const bill = JSON.parse(await readFile(installed('opentopup/sbom.cdx.json'), 'utf8'));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { version: manifest.version } } });
    const licences = await readFile(installed('opentopup/THIRD-PARTY-LICENSES.txt'), 'utf8');
    const names = bill.components.map(({ name }: { name: string }) => name);
    for (const name of ['fastify', 'pg', 'react', '@electric-sql/pglite', '@modelcontextprotocol/server']) {
      expect(names).toContain(name);
      expect(licences).toContain(`\n${name} `);
    }
    const { messages } = await publint({ pkgDir: installed('opentopup'), level: 'error', pack: false });
    expect(messages).toEqual([]);
  });

  it('tells its version, its build and the schema that it needs', async () => {
    const { version } = JSON.parse(await readFile(installed('opentopup/package.json'), 'utf8'));
    const { stdout } = await opentopup(['--version']);
    expect(stdout).toMatch(new RegExp(`^${version} \\(build [0-9a-f]{7,}, schema \\d{4}\\)\n$`));
  });

  const SELL = ['sell', '--offer', 'Mobile France 10 EUR', '--json', '--msisdn'];
  /** What a program of the demo's distributor has in its environment. */
  async function clientEnv(data = 'data'): Promise<Record<string, string>> {
    const demo = JSON.parse(await readFile(join(folder, data, 'demo.json'), 'utf8'));
    return {
      OPENTOPUP_URL: address(),
      OPENTOPUP_CLIENT_ID: demo.client_id,
      OPENTOPUP_CLIENT_SECRET: demo.client_secret,
    };
  }

  it('serves, sells one by one and from a file, shows its console, and finds it all again', async () => {
    await serve();
    const env = await clientEnv();
    const { stdout: sold } = await opentopup([...SELL, '0684587587'], env);
    expect(JSON.parse(sold)).toMatchObject({ status: 'ok' });
    await writeFile(
      join(folder, 'customers.csv'),
      'offer,msisdn\nMobile France 10 EUR,0684587588\nMobile France 10 EUR,0684587589\n',
    );
    await opentopup(['bulk', 'customers.csv', '--yes'], env);

    const page = await fetch(address());
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
    expect((await fetch(`${address()}/docs`)).status).toBe(200);

    expect(await stop()).toBe(0);
    await serve();
    const again = { ...env, OPENTOPUP_URL: address() };
    const { stdout } = await opentopup(['transactions', '--status', 'ok', '--limit', '3', '--json'], again);
    const sales = stdout.trim().split('\n');
    expect(sales).toHaveLength(3);
    for (const line of ['684587587', '684587588', '684587589']) expect(stdout).toContain(line);
  });

  it('takes over what the release before it has left, and sells on', async () => {
    await serve('older', join(folder, OLD));
    await opentopup([...SELL, '0684587590'], await clientEnv('older'));
    expect(await stop()).toBe(0);
    const { stdout: checked } = await opentopup(['check', '--data', 'older', '--json']);
    expect(JSON.parse(checked).status).toMatch(/^(behind|current)$/);

    await serve('older');
    const env = await clientEnv('older');
    await opentopup([...SELL, '0684587591'], env);
    const { stdout } = await opentopup(['transactions', '--status', 'ok', '--json'], env);
    expect(await stop()).toBe(0);
    for (const line of ['684587590', '684587591']) expect(stdout).toContain(line);
  });
});
