import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningProvider, settingsOf, startProvider } from '../access/sign-on/provider.ts';
import { startChromium } from '../support/chromium.ts';
import { fillSignIn, lookAt, signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';
import { pictures } from './pictures.ts';

describe('single sign-on in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let provider: RunningProvider;
  let browser: Browser;
  let code = '';

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
    provider = await startProvider(server.baseUrl);
    await provider.plant('ada', { email: 'ada@shop.example', groups: ['tills'] });
    await provider.plant('bob', { email: 'bob@shop.example', groups: ['gardeners'] });
    await provider.plant('viewer', { email: world.demo.console.viewer.email, groups: ['tills'] });
  });
  afterAll(async () => {
    await provider?.stop();
    await browser?.close();
    await world?.remove();
  });

  const navigation = (page: Page) => page.getByRole('navigation', { name: 'Navigation' });
  const company = (page: Page) => page.getByRole('link', { name: 'Se connecter avec votre entreprise' });
  /** Signs in at the provider; its pages would fetch letters from elsewhere. */
  const signInThere = async (page: Page, name: string): Promise<void> => {
    await page.getByPlaceholder('Enter any login').fill(name);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
  };
  const open = async (path: string) => {
    const screen = await lookAt(browser, server.baseUrl + path);
    await screen.page.route(/fonts\.googleapis/, (route) => route.abort());
    return screen;
  };

  it('is set by an administrator, who is told what the provider has to know', async () => {
    const { page, complaints } = await signInTo(
      browser,
      `${server.baseUrl}/settings/sign-on`,
      world.demo.console.distributor_admin,
    );
    const { issuer, client_id, client_secret, role_claim } = settingsOf(provider.issuer);
    await page.getByLabel('Adresse du fournisseur (issuer)').fill(issuer);
    await page.getByLabel('Identifiant du client').fill(client_id);
    await page.getByLabel('Secret du client').fill(client_secret);
    await page.getByLabel('Déclaration qui dit le rôle (claim)').fill(role_claim);
    await page.getByLabel('Valeur 1', { exact: true }).fill('topup-admins');
    await page.getByRole('button', { name: 'Ajouter une valeur' }).click();
    await page.getByLabel('Valeur 2', { exact: true }).fill('tills');
    await page.getByLabel('Rôle pour la valeur 2').selectOption('seller');
    await page.getByLabel(/^Seule entrée/).check();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText(/qu'un administrateur se connecte avec l'entreprise/).waitFor();
    await page.getByLabel(/^Seule entrée/).uncheck();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Où l’on commence à se connecter').waitFor();
    const url = await page.getByRole('region', { name: 'Où l’on commence à se connecter' }).innerText();
    code = url.trim().split('/').at(-1) ?? '';
    expect(code).toMatch(/^[a-z0-9]{10}$/);
    expect(await page.getByLabel('Secret du client').inputValue()).toBe('');
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'sign-on-settings')).tooWide).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('lets in by the code of the business, to where somebody was going, and out at the provider too', async () => {
    const { page, complaints } = await open('/stock');
    await company(page).click();
    await page.getByLabel('Code de votre entreprise').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'sign-on-code')).tooWide).toEqual([]);
    await page.reload();
    await page.getByLabel('Code de votre entreprise').fill(code.toUpperCase());
    await page.getByRole('button', { name: 'Continuer' }).click();
    await signInThere(page, 'ada');
    await navigation(page).waitFor();
    expect(page.url()).toBe(`${server.baseUrl}/stock`);
    await page.goto(`${server.baseUrl}/settings`);
    await page.getByText('Ce compte est relié à votre entreprise').waitFor();

    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    expect(page.url()).toBe(`${server.baseUrl}/`);
    // The browser remembers the code, the provider nobody.
    await company(page).click();
    await signInThere(page, 'ada');
    await navigation(page).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says in words what has gone wrong, in both languages, and leaves ways on', async () => {
    const { page } = await open(`/sign-on/${code}`);
    await signInThere(page, 'bob');
    await page.getByText('Votre entreprise ne vous a donné aucun rôle ici.', { exact: false }).waitFor();
    expect(page.url()).toBe(`${server.baseUrl}/sign-on`);
    expect(await faultsHere(page)).toEqual([]);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Your company has given you no role here.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Français' }).click();
    await provider.lie('down');
    await page.getByRole('link', { name: 'Recommencer' }).click();
    await page.getByText('ne répond pas comme il faut', { exact: false }).waitFor();
    expect((await pictures(page, 'sign-on-away')).tooWide).toEqual([]);
    await provider.lie('none');
    await page.goto(`${server.baseUrl}/sign-on/aaaaaaaaaa`);
    await page.getByLabel('Code de votre entreprise').waitFor();
    await page.getByRole('link', { name: 'Se connecter avec un mot de passe' }).click();
    await fillSignIn(page, world.demo.console.viewer);
    await navigation(page).waitFor();
  });

  it('says that the company has given another role', async () => {
    await provider.plant('kim', { email: 'kim@shop.example', groups: ['topup-admins'] });
    const { page } = await open(`/sign-on/${code}`);
    await signInThere(page, 'kim');
    await navigation(page).waitFor();
    await provider.plant('kim', { email: 'kim@shop.example', groups: ['tills'] });
    const { page: other } = await open(`/sign-on/${code}`);
    await signInThere(other, 'kim');
    await other.getByText('un autre rôle : vendeur (avant : administrateur)', { exact: false }).waitFor();
    expect(await faultsHere(other)).toEqual([]);
    expect((await pictures(other, 'sign-on-other-role')).tooWide).toEqual([]);
    await other.getByRole('button', { name: 'Continue' }).click();
    await navigation(other).waitFor();
  });

  it('leaves somebody signed in who opens the link of another business, until they want otherwise', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/settings`, world.demo.console.viewer);
    await page.route(/fonts\.googleapis/, (route) => route.abort());
    await page.goto(`${server.baseUrl}/sign-on/${code}`);
    await page.getByText(`connecté à ${world.demo.console.viewer.email}`, { exact: false }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'sign-on-signed-in')).tooWide).toEqual([]);
    await page.reload();
    await page.getByRole('link', { name: 'Rester dans cette session' }).click();
    await navigation(page).waitFor();
    await page.goto(`${server.baseUrl}/sign-on/${code}`);
    await page.getByRole('button', { name: 'Continuer' }).click();
    await signInThere(page, 'ada');
    await navigation(page).waitFor();
  });

  it('links an account that there is, once its owner has signed in to it', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/settings`, world.demo.console.viewer);
    await page.route(/fonts\.googleapis/, (route) => route.abort());
    await page.getByRole('button', { name: 'Relier' }).click();
    await signInThere(page, 'viewer');
    await page.getByText('Ce compte est relié à votre entreprise').waitFor();
    expect(page.url()).toBe(`${server.baseUrl}/settings`);
  });
});
