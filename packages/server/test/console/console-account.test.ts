import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { fillSignIn, lookAt, signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

describe('accounts in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const navigation = (page: Page) => page.getByRole('navigation', { name: 'Navigation' });

  it('refuses a wrong password in words, and then lets in', async () => {
    const { seller } = world.demo.console;
    const { page } = await lookAt(browser, server.baseUrl);
    await fillSignIn(page, { ...seller, password: 'three brown horses' });
    await page.getByText('Adresse, mot de passe, secret ou code incorrect.').waitFor();
    await fillSignIn(page, seller);
    await navigation(page).waitFor();
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    expect(await navigation(page).count()).toBe(0);
  });

  it('asks for the code of a second factor, once there is one', async () => {
    const person = world.demo.console.distributor_admin;
    const { page, complaints } = await signInTo(browser, `${server.baseUrl}/settings`, person);
    const factor = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Second facteur' }) });
    await factor.getByLabel('Mot de passe actuel').fill(person.password);
    await factor.getByRole('button', { name: 'Activer' }).click();
    await page.getByRole('img', { name: 'Code QR pour l’application d’authentification' }).waitFor();
    const secret = (await page.getByRole('region', { name: 'Clé à saisir à la main' }).innerText()).trim();
    const totp = new TOTP({ secret });
    await factor.getByLabel('Code', { exact: true }).fill(totp.generate());
    await factor.getByRole('button', { name: 'Confirmer' }).click();
    await page.getByRole('region', { name: /^Codes de secours/ }).waitFor();
    await page.getByText('Le second facteur est activé.').waitFor();
    expect(complaints).toEqual([]);

    const { page: next } = await lookAt(browser, server.baseUrl);
    await fillSignIn(next, person);
    await next.getByLabel('Code', { exact: true }).fill(totp.generate({ timestamp: Date.now() + 30_000 }));
    await next.getByRole('button', { name: 'Se connecter' }).click();
    await navigation(next).waitFor();
  });

  it('shows a viewer no way to sell', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/sell`, world.demo.console.viewer);
    await page.getByText('Votre rôle ne permet pas de vendre.').waitFor();
    const names = await navigation(page).getByRole('link').allInnerTexts();
    expect(names.map((name) => name.trim())).toEqual(['Transactions', 'Stock', 'Aperçu', 'Réglages']);
  });

  it('keeps the session while somebody is there, and says so once nobody is', async () => {
    const { page } = await lookAt(browser, server.baseUrl);
    await page.clock.install();
    await fillSignIn(page, world.demo.console.viewer);
    await navigation(page).waitFor();
    /** What the page says with its next request by itself. While one is under way, the page asks for no other. */
    const nextSays = async (after_ms: number): Promise<string | undefined> => {
      const next = page.waitForResponse(/\/distributors\/transactions/);
      await page.clock.fastForward(after_ms);
      const answer = await next;
      await answer.finished();
      return answer.request().headers()['x-opentopup-console'];
    };
    await page.goto(`${server.baseUrl}/transactions`);
    await page.getByText('Aucune transaction').waitFor();
    expect(await nextSays(120_000)).toBe('1');
    expect(await nextSays(6 * 60_000)).toBe('unattended');
    await page.mouse.move(200, 200);
    expect(await nextSays(120_000)).toBe('1');
  });

  it('shows a client’s secret once, and revokes it after a question', async () => {
    const { operator } = world.demo.console;
    const { page: boss } = await signInTo(browser, `${server.baseUrl}/settings/staff`, operator);
    await boss.getByLabel('Adresse e-mail').fill('second@shop.example');
    await boss.getByLabel('Rôle').selectOption({ label: 'administrateur' });
    await boss.getByLabel('Distributeur').selectOption({ label: 'Demo distributor' });
    await boss.getByRole('button', { name: 'Inviter' }).click();
    const link = (await boss.getByRole('region', { name: 'Lien personnel' }).innerText()).trim();
    const { page } = await lookAt(browser, link);
    await page.getByLabel('Nouveau mot de passe').fill('five white horses');
    await page.keyboard.press('Enter');
    await navigation(page).waitFor();

    await page.goto(`${server.baseUrl}/settings/clients`);
    await page.getByLabel('Nom').fill('Till 4');
    await page.getByRole('button', { name: 'Nouvel accès' }).click();
    const told = await page.getByRole('region', { name: 'Identifiant et secret' }).innerText();
    const [id, secret] = told.split('\n').map((line) => line.split('=')[1] ?? '');
    const knock = async (): Promise<number> => {
      const headers = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
      const body = new URLSearchParams({ grant_type: 'client_credentials' });
      return (await fetch(`${server.baseUrl}/oauth/v3/token`, { method: 'POST', headers, body })).status;
    };
    expect(await knock()).toBe(200);
    await page.reload();
    const till = page.getByRole('listitem').filter({ hasText: 'Till 4' });
    await till.getByRole('button', { name: 'Révoquer' }).click();
    expect(await page.getByText(String(secret)).count()).toBe(0);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Révoquer' }).click();
    await till.getByText('Révoqué', { exact: true }).waitFor();
    expect(await knock()).toBe(401);
  });
});
