import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningProvider, settingsOf, startProvider } from '../access/sign-on/provider.ts';
import { startChromium } from '../support/chromium.ts';
import { lookAt, signInTo } from '../support/console.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';
import { pictures } from './pictures.ts';

/** A port that nobody has just now: passkeys are for a site that is known before the server starts. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Gives a browser's page a device that keeps passkeys, and checks who holds it. */
async function giveDevice(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
  return { cdp, authenticatorId };
}

describe('passkeys in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let provider: RunningProvider;
  let operator: RawCaller;
  let browser: Browser;
  let site = '';

  beforeAll(async () => {
    world = await createWorld('pglite');
    const port = await freePort();
    site = `http://localhost:${port}`;
    const env = { PORT: String(port), PUBLIC_URL: site, LOG_LEVEL: 'warn' };
    [server, browser] = await Promise.all([world.start(env), startChromium()]);
    provider = await startProvider(site);
    operator = rawCallerWith(server, world.demo.admin_token);
  });
  afterAll(async () => {
    await provider?.stop();
    await browser?.close();
    await world?.remove();
  });

  const navigation = (page: Page) => page.getByRole('navigation', { name: 'Navigation' });
  const passkeys = (page: Page) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name: 'Clés d’accès' }) });
  const make = async (page: Page, name: string, password?: string): Promise<void> => {
    await passkeys(page).getByLabel('Nom de la clé').fill(name);
    if (password !== undefined) await passkeys(page).getByLabel('Mot de passe actuel').fill(password);
    await passkeys(page).getByRole('button', { name: 'Créer une clé d’accès' }).click();
  };
  const enterBy = (page: Page) => page.getByRole('button', { name: 'Utiliser une clé d’accès' }).click();

  it('are made with the password, one on each device', async () => {
    const person = world.demo.console.viewer;
    const { page, complaints } = await signInTo(browser, `${site}/settings`, person);
    await giveDevice(page);
    await make(page, 'Caisse 4', 'three brown horses');
    await passkeys(page).getByRole('alert').waitFor();
    await make(page, 'Caisse 4', person.password);
    await passkeys(page).getByText('jamais utilisée').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'passkeys')).tooWide).toEqual([]);
    await page.reload();
    await make(page, 'Encore', person.password);
    await page.getByText('Aucune clé d’accès n’a été utilisée.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('sign in without a password, are copied by nobody, and are removed', async () => {
    const person = world.demo.console.seller;
    const { page, complaints } = await signInTo(browser, `${site}/settings`, person);
    const { cdp, authenticatorId } = await giveDevice(page);
    const signOut = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Se déconnecter' }).click();
      await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    };
    await make(page, 'Caisse 5', person.password);
    await passkeys(page).getByText('jamais utilisée').waitFor();
    await signOut();
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    await enterBy(page);
    await navigation(page).waitFor();
    await page.goto(`${site}/settings`);
    await passkeys(page)
      .getByText(/^utilisée le/)
      .waitFor();

    // A copy of the device, from before: it counts from where that one was.
    await signOut();
    await cdp.send('WebAuthn.clearCredentials', { authenticatorId });
    const [copy] = credentials;
    if (!copy) throw new Error('the device has no passkey');
    await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: copy });
    await enterBy(page);
    await page.getByText("Cette clé d'accès n'est plus connue ici", { exact: false }).waitFor();
    const { body: audit } = await operator.get('/admin/v1/audit?limit=5');
    expect(audit.map(({ action }: { action: string }) => action)).toEqual(
      expect.arrayContaining(['account.passkey_added', 'account.passkey_copied']),
    );

    // Who is not checked by the device does not come in.
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await enterBy(page);
    await page.getByText('Aucune clé d’accès n’a été utilisée.').waitFor();

    const { page: settings } = await signInTo(browser, `${site}/settings`, person);
    await passkeys(settings).getByRole('button', { name: 'Supprimer' }).click();
    await settings.getByRole('alertdialog').getByRole('button', { name: 'Supprimer' }).click();
    await passkeys(settings).getByText('Caisse 5', { exact: true }).waitFor({ state: 'detached' });
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await enterBy(page);
    await page.getByRole('alert').waitFor();
    expect(complaints).toEqual([]);
  });

  it('are the last way in to an account whose provider is gone: then the last one stays', async () => {
    const shop = await rawSignIn(server, world.demo);
    const { code } = (await shop.put('/v1/sign-on', settingsOf(provider.issuer))).body;
    await provider.plant('ada', { email: 'ada@shop.example', groups: ['topup-admins'] });
    const { page } = await lookAt(browser, `${site}/sign-on/${code}`);
    await page.getByPlaceholder('Enter any login').fill('ada');
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await navigation(page).waitFor();
    await page.goto(`${site}/settings`);
    await giveDevice(page);
    await make(page, 'Seule');
    expect(await page.getByLabel('Mot de passe actuel').count()).toBe(0);
    await passkeys(page).getByText('jamais utilisée').waitFor();

    // While nothing else signs in, passkeys do not either.
    await shop.put('/v1/sign-on', { ...settingsOf(provider.issuer), only: true });
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    await enterBy(page);
    await page.getByText('Connectez-vous avec votre entreprise', { exact: false }).waitFor();

    await shop.delete('/v1/sign-on');
    await enterBy(page);
    await navigation(page).waitFor();
    await page.goto(`${site}/settings`);
    await passkeys(page).getByRole('button', { name: 'Supprimer' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Supprimer' }).click();
    await page.getByText("C'est la seule entrée de votre compte.", { exact: false }).waitFor();
    expect(await passkeys(page).getByText('Seule', { exact: true }).count()).toBe(1);
  });
});
