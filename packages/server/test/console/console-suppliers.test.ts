import { SimulatedSupplier } from '@opentopup/client/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { made } from '../support/shop.ts';

describe('the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let vendor: SimulatedSupplier;
  let operator: PathCaller;
  let supplier: string;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn', SEALING_KEY }), startChromium()]);
    vendor = await SimulatedSupplier.start('dtone', 1_000);
    operator = callerWith(server, world.demo.admin_token);
    const { KEY: key, SECRET: secret } = vendor.credentials;
    const settings = { base_url: vendor.baseUrl };
    const body = { name: 'DT One', country: 'FR', connector: 'dtone', settings, secrets: { key, secret } };
    supplier = made(await operator.post('/admin/v1/suppliers', body)).id;
    await operator.post(`/admin/v1/suppliers/${supplier}/balance-readings`, {});
  });
  afterAll(async () => {
    await browser?.close();
    await vendor?.stop();
    await world?.remove();
  });

  it('shows the money at a supplier, and lets the operator choose from its catalogue what it has rehearsed', async () => {
    const { page, complaints } = await signInTo(browser, server.baseUrl, world.demo.console.operator);
    await page.goto(`${server.baseUrl}/settings/suppliers`);
    await page.getByRole('link', { name: 'DT One' }).click();
    await page.getByText('1 000 000,00 €').waitFor();
    await page.getByLabel('Prévenir au-dessous de').fill('500');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByRole('button', { name: 'Relire le catalogue' }).click();
    await page.getByRole('status').filter({ hasText: 'au catalogue' }).waitFor();
    await page.getByLabel('Nom ou référence').fill('Senegal');
    await page.getByRole('button', { name: 'Chercher', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Choisir Simulated One Senegal open' }).check();
    const rehearse = page.getByRole('button', { name: 'Que se passerait-il ?' });
    await rehearse.click();
    await page.getByText('il faut de 1310 à 65500 XOF').waitFor();
    await page.getByLabel('Montant pour Simulated One Senegal open').fill('2000');
    await rehearse.click();
    await page.getByText('Voici ce qui serait fait').waitFor();
    const products = async (): Promise<string[]> =>
      (await operator.get('/admin/v1/products?limit=1000')).body.map(({ name }: { name: string }) => name);
    expect(await products()).not.toContain('Simulated One Senegal open 2000 XOF');
    await page.getByRole('button', { name: 'Reprendre 1' }).click();
    await page.getByText('Produits : 1 ajoutés').waitFor();
    expect(await products()).toContain('Simulated One Senegal open 2000 XOF');
    expect((await operator.get(`/admin/v1/suppliers/${supplier}`)).body.balance_threshold).toBe(500);
    await page.getByRole('button', { name: 'Qu’ajoute-t-il en ce moment ?' }).click();
    const promotion = page.getByRole('listitem').filter({ hasText: 'Double credit at Simulated One France' });
    await promotion.getByText(/Simulated One France · France · dès le .*2026.* · jusqu’au .*2036/).waitFor();
    expect(complaints).toEqual([]);
  });

  it('narrows offers down while a number is typed, and asks for its network once, when it is whole', async () => {
    const { page, complaints } = await signInTo(browser, server.baseUrl, world.demo.console.seller, { phone: true });
    const asked: string[] = [];
    page.on('request', (request) => void (request.url().includes('/v1/lookup') && asked.push(request.url())));
    await page.goto(`${server.baseUrl}/sell`);
    const spain = page.getByRole('button', { name: /Espagne/ }).first();
    await spain.waitFor();
    const search = page.getByLabel('Numéro, code scanné, ou nom');
    await search.pressSequentially('+33 6 84 58 75 8');
    await spain.waitFor({ state: 'detached' });
    await search.pressSequentially('8');
    await page.getByText('+33684587588 · France').waitFor();
    expect(asked).toEqual([]);
    await page.getByRole('button', { name: 'Quel réseau ?' }).click();
    await page.getByText('+33684587588 · France · Réseau : Even Mobile').waitFor();
    await page.getByText('no connector').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Mobile France 10 EUR France/ }).click();
    await page
      .getByRole('alertdialog')
      .getByText(/84 ?58 ?75 ?88$/)
      .waitFor();
    expect(asked).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('sells nothing for a number that is in another network, where the seller has said so', async () => {
    const shop = await signInClient(server, world.demo);
    const { body: offers } = await shop.get('/distributors/offers');
    const { id, product } = offers.find(({ name }: { name: string }) => name === 'Mobile France 10 EUR');
    await operator.patch(`/admin/v1/products/${product.id}`, { network: { id: 'odd', name: 'Odd Mobile' } });
    const { page, complaints } = await signInTo(browser, server.baseUrl, world.demo.console.seller, { phone: true });
    await page.goto(`${server.baseUrl}/sell?offer=${id}`);
    await page.getByLabel('Numéro à recharger').fill('+33 6 84 58 75 88');
    await page.getByRole('checkbox', { name: 'Refuser si le numéro n’est pas chez Odd Mobile' }).check();
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('button', { name: 'Vendre' }).click();
    await page.getByRole('alert').filter({ hasText: 'le numéro est sur un autre réseau' }).waitFor();
    // The next customer's number is asked about as well, until somebody says otherwise.
    await page.getByRole('checkbox', { name: /Odd Mobile/ }).uncheck();
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByRole('button', { name: 'Vendre' }).click();
    await page.getByRole('heading', { name: 'Vendu', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });
});
