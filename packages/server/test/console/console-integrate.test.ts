import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { lookAt, signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { ARTIFACTS } from './pictures.ts';

const BASE = '/travel-b2b-sandbox/v1';
/** What recharges SIMs by their serial in the demo. */
const BY_SERIAL = 'Welcome Travelers 10 EUR';

describe('trying calls in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let live: PathCaller;
  let sandbox: PathCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
    [live, sandbox] = await Promise.all([signInClient(server, world.demo), signInClient(server, world.demo.sandbox)]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const open = async () => {
    const who = world.demo.console.distributor_admin;
    const screen = await signInTo(browser, `${server.baseUrl}/integrate`, who);
    await screen.page.getByLabel('Appel', { exact: true }).waitFor();
    return screen;
  };
  const code = (page: Page, name: string): Promise<string> => page.getByRole('region', { name }).innerText();
  /** Sends what stands in the form, and gives the status and the body of the answer. */
  const send = async (page: Page): Promise<{ status: string; body: any }> => {
    await page.getByRole('button', { name: 'Envoyer' }).click();
    const status = await page.locator('[aria-live] .badge').innerText();
    return { status, body: JSON.parse(await code(page, 'Corps de la réponse')) };
  };
  const choose = (page: Page, call: string) => page.getByLabel('Appel', { exact: true }).selectOption({ label: call });

  it('is done with examples that work, all of them in the sandbox', async () => {
    const { page, complaints } = await open();
    const calls = await page.getByLabel('Appel', { exact: true }).getByRole('option').allInnerTexts();
    const sent: string[] = [];
    const failed: string[] = [];
    // The others ask for what these make.
    await choose(page, 'POST /distributors/keys');
    expect((await send(page)).status).toBe('201');
    await choose(page, 'POST /distributors/transactions');
    expect((await send(page)).status).toBe('201');
    await page.getByLabel(/^offer_id/).selectOption({ label: BY_SERIAL });
    expect((await send(page)).status).toBe('201');
    page.on('request', (request) => sent.push(new URL(request.url()).pathname));
    for (const call of calls) {
      await choose(page, call);
      const { status, body } = await send(page);
      if (Number(status) >= 400) failed.push(`${call}: ${JSON.stringify(body)}`);
    }
    expect(failed).toEqual([]);
    expect(calls.length).toBeGreaterThan(14);
    expect(complaints).toEqual([]);
    const called = sent.filter((path) => !/^\/(accounts\/v1|v1\/events|v1\/simulator)\//.test(path));
    expect(called.filter((path) => !path.startsWith(`${BASE}/`))).toEqual([]);
    expect((await live.get('/distributors/transactions/count')).body).toEqual({ count: 0 });
  });

  it('shows a refusal as it is answered, for a number chosen by what it does, and the same order as code', async () => {
    const { page } = await open();
    await page.getByLabel('Numéro du simulateur').selectOption('002');
    const number = await page.getByLabel(/^parameters\.msisdn/).inputValue();
    expect(number).toMatch(/^\+33\d{6}002$/);
    await page.getByLabel('user_id').fill('it’s me');
    const curl = await code(page, 'Code : curl');
    expect(curl).toContain(`"msisdn":"${number}"`);
    expect(curl).toContain(`${server.baseUrl}${BASE}/distributors/transactions'`);
    await page.getByLabel('Langage').selectOption('TypeScript');
    expect(await code(page, 'Code : TypeScript')).toMatch(/topups\.create\(\{.*msisdn: "\+33\d{6}002"/s);
    const { status, body } = await send(page);
    expect(status).toBe('400');
    expect(body).toMatchObject({ reason: 'line_barred' });
    const { body: found } = await sandbox.get(
      `${BASE}/distributors/transactions?user=${encodeURIComponent('it’s me')}`,
    );
    expect(found).toHaveLength(1);
  });

  it('makes credentials in one click, which count in the sandbox and nowhere else', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Créer un accès au bac à sable' }).click();
    const told = await code(page, 'Identifiant et secret');
    const [client_id = '', client_secret = ''] = [...told.matchAll(/='(.+)'/g)].map(([, value]) => value);
    const program = await signInClient(server, { client_id, client_secret });
    expect((await program.get(`${BASE}/distributors/offers`)).status).toBe(200);
    expect((await program.get('/travel-b2b/v1/distributors/offers')).status).toBe(403);
    await page.reload();
    await page.getByRole('button', { name: 'Créer un accès au bac à sable' }).waitFor();
    expect(await page.getByText(client_secret).count()).toBe(0);
  });

  /** How the code of a language is run, the file that it stands in, and what a machine without it installs. */
  const RUNTIMES = [
    ['curl', 'bash', 'sell.sh', 'curl and jq'],
    ['TypeScript', process.execPath, 'sell.ts', 'Node.js'],
    ['Python', 'python3', 'sell.py', 'python3'],
    ['PHP', 'php', 'sell.php', 'php-cli'],
    ['Java', 'java', 'Example.java', 'a JDK of version 17 or later'],
  ] as const;
  it.for(RUNTIMES)('shows code that sells as it stands: %s', async ([language, program, file, needed], { skip }) => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Créer un accès au bac à sable' }).click();
    const told = await code(page, 'Identifiant et secret');
    const [CLIENT_ID = '', CLIENT_SECRET = ''] = [...told.matchAll(/='(.+)'/g)].map(([, value]) => value);
    const user = `l’été "\\" $HOME ${language}`;
    await page.getByLabel('user_id').fill(user);
    await page.getByLabel('Langage').selectOption(language);
    await mkdir(ARTIFACTS, { recursive: true });
    const folder = await mkdtemp(join(ARTIFACTS, 'code-'));
    await writeFile(join(folder, file), await code(page, `Code : ${language}`));
    const env = { ...process.env, CLIENT_ID, CLIENT_SECRET };
    const output = await promisify(execFile)(program, [file], { cwd: folder, env }).catch((error) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    await rm(folder, { recursive: true });
    if (!output) skip(`${program} is not here: install ${needed}`);
    expect(output?.stdout).toMatch(/status"?: ?["']ok["']/);
    const { body: found } = await sandbox.get(`${BASE}/distributors/transactions?user=${encodeURIComponent(user)}`);
    expect(found).toHaveLength(1);
  });

  it('fits a phone, in English too', async () => {
    const look = { phone: true, locale: 'en-GB' };
    const { page } = await lookAt(browser, `${server.baseUrl}/integrate`, look);
    const { email, password } = world.demo.console.distributor_admin;
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.locator('[aria-live] .badge').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });
});
