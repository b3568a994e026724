import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { setUpShop } from '../support/shop.ts';
import { startKeyedSales } from './keyed-sales.ts';
import { findFreePort, runTool, startTool } from './tool.ts';

const exec = promisify(execFile);
const root = join(import.meta.dirname, '../../../..');
const IMAGE = 'localhost/opentopup';
/** The most that an image may have, compressed, in bytes. */
const LARGEST = 200_000_000;

let folder: string;

// In a storage of its own.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opentopup-image-'));
  const storage = ['driver="vfs"', `graphroot="${folder}/storage"`, `runroot="${folder}/run"`].join('\n');
  await writeFile(join(folder, 'storage.conf'), `[storage]\n${storage}\n`);
  process.env['CONTAINERS_STORAGE_CONF'] = join(folder, 'storage.conf');
  process.env['BUILDAH_ISOLATION'] = 'chroot';
  await runTool('buildah', ['--version']);
  await exec(process.execPath, ['release.ts', join(folder, 'release')], { cwd: root });
  const [packed = ''] = (await readdir(join(folder, 'release'))).filter((name) => /^opentopup-\d.*\.tgz$/.test(name));
  await exec('deploy/image/build.sh', [join(folder, 'release', packed), IMAGE], { cwd: root });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the image', () => {
  it('has 200 MB at most, a user without rights, and a look at its health', async () => {
    const archive = join(folder, 'image.tar');
    await runTool('buildah', ['push', '--quiet', IMAGE, `oci-archive:${archive}`]);
    const { size } = await stat(archive);
    console.log(`${Math.round(size / 1_000_000)} MB compressed`);
    expect(size).toBeLessThan(LARGEST);
    const { Docker } = JSON.parse(await runTool('buildah', ['inspect', '--type', 'image', IMAGE]));
    expect(Docker.config).toMatchObject({
      User: '65532:65532',
      Healthcheck: { Test: expect.arrayContaining(['CMD']) },
    });
  });

  // Not every machine lets containers be started; its files, its user and a file system that nothing can be written to it does.
  it('has all that a server needs, where nothing can be written but /tmp', async () => {
    const container = (await runTool('buildah', ['from', IMAGE])).trim();
    const files = (await runTool('buildah', ['mount', container])).trim();
    const database = await createDatabase(await fixture('postgres'));
    const port = await findFreePort();
    const mounts = `mount --bind ${files} ${files} && mount -o remount,ro,bind ${files} && mount -t tmpfs tmpfs ${files}/tmp`;
    const command = '/bin/node /app/packages/opentopup/bin/opentopup.js serve';
    const run = `${mounts} && exec chroot --userspec=65532:65532 ${files} ${command}`;
    const settings = { DATABASE_URL: database.url, ADMIN_TOKEN, SEALING_KEY, PORT: String(port) };
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/tmp', NODE_ENV: 'production', ...settings };
    const server = await startTool('unshare', ['--mount', 'sh', '-c', run], port, { env });
    const front = { baseUrl: `http://127.0.0.1:${port}` } as Parameters<typeof rawCallerWith>[0];
    const shop = await setUpShop(rawCallerWith(front, ADMIN_TOKEN), 'Airport shop', 1_000);
    const sales = await startKeyedSales(front.baseUrl, shop);
    await sales.more(50);
    await sales.stop();
    expect([...sales.answers.values()].filter(({ status }) => status !== 201)).toEqual([]);
    await server.stop();
    expect(server.process.exitCode).toBe(0);
    await database.drop();
    await runTool('buildah', ['rm', container]);
  });
});
