import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { newSigningKey } from '../../src/access/tokens.ts';
import type { DemoFile } from '../../src/app/demo-file.ts';
import { fixture } from '../support/fixtures.ts';
import { startProgram } from '../support/program.ts';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, ENGINES } from '../support/server.ts';

/** What lies below a folder, itself included, with what others may do with it. */
async function openTo(folder: string): Promise<string[]> {
  const names = ['', ...(await readdir(folder, { recursive: true }))];
  const all = await Promise.all(
    names.map(async (name) => `${((await lstat(join(folder, name))).mode & 0o777).toString(8)} ${name}`),
  );
  return all.filter((each) => !/^[67]00 /.test(each));
}

describe('the data folder', () => {
  let parent: string;
  let folder: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'opentopup-private-'));
    folder = join(parent, 'data');
    onTestFinished(() => rm(parent, { recursive: true, force: true }));
  });
  const start = async () => {
    const server = await startProgram({ DATA_DIR: folder });
    onTestFinished(() => server.kill());
    return server;
  };

  it('that there is not yet is made for its user alone, with all that is written to it', async () => {
    const server = await start();
    expect(await openTo(folder)).toEqual([]);
    const demo = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
    const shop = await rawSignIn(server, demo as DemoFile);
    const offer = (demo as DemoFile).offers.find(({ kind }) => kind === 'msisdn');
    expect((await shop.sell(offer?.id ?? '', { msisdn: '0684587587' })).status).toBe(201);
    await server.stop();
    expect(await openTo(folder)).toEqual([]);
  });

  it('of an earlier version, which all could read, is closed, and so is every file in it', async () => {
    await cp(await fixture('demoFolder'), folder, { recursive: true });
    for (const name of ['', ...(await readdir(folder, { recursive: true }))]) {
      const path = join(folder, name);
      await chmod(path, (await lstat(path)).isDirectory() ? 0o755 : 0o666);
    }
    expect(await openTo(folder)).not.toEqual([]);
    const server = await start();
    expect(await openTo(folder)).toEqual([]);
    await server.stop();
    expect(await openTo(folder)).toEqual([]);
  });

  it('that somebody has made is closed where it is empty', async () => {
    await mkdir(folder);
    await chmod(folder, 0o755);
    await start();
    expect(await openTo(folder)).toEqual([]);
  });

  it('in which others’ things lie is not closed to them: the start says what to do instead', async () => {
    await mkdir(folder);
    await writeFile(join(folder, 'holidays.jpg'), '');
    await chmod(folder, 0o755);
    const refused = await startProgram({ DATA_DIR: folder }).catch((error: Error) => error.message);
    expect(refused).toBe(
      `OpenTopup cannot start.\nOthers can look into the data folder ${folder}, and it holds other things. ` +
        `Make it yours alone (chmod 700 ${folder}), or set DATA_DIR to a folder of its own, as in ${folder}/opentopup.\n`,
    );
    expect((await lstat(folder)).mode & 0o777).toBe(0o755);
    await chmod(folder, 0o700);
    await start();
  });
});

describe.each(ENGINES)('the key that signs tokens, on %s', (engine) => {
  it('is not in the database in clear; one that was is sealed, or replaced where files told it', async () => {
    const world = await createWorld(engine);
    onTestFinished(() => world.remove());
    const first = await world.start({ SEALING_KEY });
    await first.stop();
    const plain = newSigningKey();
    const db = await world.openDb();
    const inClear = () => db.query<{ secret: string | null }>('SELECT secret FROM signing_keys');
    expect(await inClear()).toEqual([{ secret: null }]);
    await db.query('UPDATE signing_keys SET id = $1, secret = $2, sealed = NULL', [plain.id, plain.secret]);
    await db.close();

    // As an earlier version left it: PostgreSQL without a SEALING_KEY still does.
    const earlier = engine === 'postgresql' ? await world.start() : null;
    const { token } = earlier ? await rawSignIn(earlier, world.demo) : { token: '' };
    await earlier?.stop();
    const sealing = await world.start({ SEALING_KEY });
    if (earlier) expect((await rawCallerWith(sealing, token).get('/distributors/offers')).status).toBe(200);
    await rawSignIn(sealing, world.demo);
    await sealing.stop();
    const after = await world.openDb();
    const [kept] = await after.query<{ id: string; secret: string | null; sealed: string }>(
      'SELECT * FROM signing_keys',
    );
    await after.close();
    expect(kept?.secret).toBeNull();
    expect(kept?.sealed).not.toContain(plain.secret);
    expect(kept?.id === plain.id).toBe(engine === 'postgresql');
  });

  it('needs the SEALING_KEY that it was sealed under, and says so in a sentence', async () => {
    const world = await createWorld(engine);
    onTestFinished(() => world.remove());
    await (await world.start({ SEALING_KEY })).stop();
    const refused = async (env: Record<string, string>): Promise<unknown> =>
      world.start(env).catch((error: Error) => error.message);
    const other = randomBytes(32).toString('base64');
    expect(await refused({ SEALING_KEY: other })).toMatch(
      /^OpenTopup cannot start\.\nSEALING_KEY is not the key that the database was sealed under: .*\n$/,
    );
    if (engine === 'postgresql') {
      expect(await refused({})).toMatch(/^OpenTopup cannot start\.\nThe database was sealed .*set SEALING_KEY.*\n$/);
    }
    await world.start({ SEALING_KEY });
  });
});
