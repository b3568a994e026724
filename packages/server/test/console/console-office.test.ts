import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerWith, distributorClient, type PathCaller, signInClient, unitsOf } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';
import { ARTIFACTS, pictures } from './pictures.ts';

const WIDTHS = [390, 768, 1440];

describe('the back office in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: PathCaller;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
    shop = await signInClient(server, world.demo);
    await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const open = async (path: string): Promise<{ page: Page; complaints: string[] }> =>
    await signInTo(browser, server.baseUrl + path, world.demo.console.operator);

  /** What is wrong with how a page looks: to those who read it otherwise, and by width. */
  async function looksWrong(page: Page, name: string): Promise<string[]> {
    const found = await faultsHere(page);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 850 });
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found.push(`wider than ${width}`);
    }
    return [...found, ...(await pictures(page, `office-${name}`)).tooWide];
  }

  it('has a page of each distributor, to which its name leads from its stock, its sales and the list', async () => {
    const { page, complaints } = await open('/stock');
    await page.getByRole('link', { name: 'Demo distributor', exact: true }).first().waitFor();
    expect(await faultsHere(page)).toEqual([]);
    await page.getByRole('link', { name: 'Demo distributor', exact: true }).first().click();
    await page.getByRole('heading', { name: /Demo distributor/ }).waitFor();
    await page.getByRole('region', { name: 'En bref' }).getByText('1 · 7').waitFor();
    await page.getByRole('region', { name: 'Personnes' }).getByText(world.demo.console.seller.email).waitFor();
    await page.getByRole('region', { name: 'Accès par l’API' }).getByText('requêtes par minute').first().waitFor();
    await page.getByLabel('Unités par ligne en 24 heures').waitFor();
    await page.getByRole('link', { name: 'Mobile Spain 10 EUR' }).waitFor();
    await page.getByText('+33684587587').waitFor();
    expect(await looksWrong(page, 'distributor')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('says of a supplier how it does and what goes through it, and sells no more by it when told to', async () => {
    const { page, complaints } = await open('/settings/suppliers');
    await page.getByRole('link', { name: 'Orange France', exact: true }).click();
    const health = page.getByRole('region', { name: 'Santé' });
    await health.getByText('Il répond').waitFor();
    await health.getByText('Taux de réussite').waitFor();
    await page.getByRole('region', { name: 'Dernières ventes par lui' }).getByText('+33684587587').waitFor();
    await page
      .getByRole('region', { name: 'Offres qu’il peut livrer' })
      .getByRole('link', { name: 'Mobile France 10 EUR', exact: true })
      .first()
      .waitFor();
    expect(await looksWrong(page, 'supplier')).toEqual([]);
    await page.reload();
    const dialog = page.getByRole('alertdialog');
    await health.getByRole('button', { name: 'Ne plus vendre par lui' }).click();
    await dialog.getByRole('button', { name: 'Ne plus vendre par lui' }).click();
    await health.getByText('Révoqué').waitFor();
    await health.getByRole('button', { name: 'Vendre de nouveau par lui' }).click();
    await dialog.getByRole('button', { name: 'Vendre de nouveau par lui' }).click();
    await health.getByText('Révoqué').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('changes prices together: found, looked at, and then all of them or none', async () => {
    const { page, complaints } = await open('/settings/catalogue');
    await page.getByLabel('Chercher une offre').fill('mobile france');
    await page.getByText(/^Choisir les \d+ offres$/).waitFor();
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor (Réel)' });
    await page.getByRole('checkbox', { name: /^Choisir les/ }).check();
    await page.getByLabel('Pour-cent').fill('5');
    const form = page.getByRole('form', { name: 'Nouveaux prix' });
    await form.getByRole('button', { name: 'Voir les nouveaux prix' }).click();
    await form.getByText('Voici ce qui serait fait').waitFor();
    await form.getByText(/8,32/).first().waitFor();
    expect(await looksWrong(page, 'prices')).toEqual([]);
    const before = (await shop.get(`/distributors/offers/${world.offer('msisdn')}`)).body.resell_value;
    expect(before).toBe(7.92);
    await page.getByRole('button', { name: /Change \d+ prices, all or none/ }).click();
    await form.page().getByRole('button', { name: 'Close' }).click();
    const after = (await shop.get(`/distributors/offers/${world.offer('msisdn')}`)).body.resell_value;
    expect(after).toBe(8.32);
    expect(complaints).toEqual([]);
  });

  it('finds products, and leads to their offers', async () => {
    const { page, complaints } = await open('/settings/catalogue/products');
    await page.getByLabel('Chercher un produit').fill('spain');
    const row = page.getByRole('list', { name: 'Produits' }).getByRole('listitem');
    await expect.poll(() => row.count()).toBe(1);
    expect(await looksWrong(page, 'products')).toEqual([]);
    await page.getByRole('link', { name: /offer/ }).click();
    await page
      .getByRole('list', { name: 'Offers' })
      .getByRole('link', { name: 'Mobile Spain 10 EUR' })
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('imports a file after it has said what that would do, and nothing of it where a row is wrong', async () => {
    const { page, complaints } = await open('/settings/catalogue/import');
    const file = (text: string) => ({ name: 'units.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const head = 'offer_id,units,reference,justification\n';
    await page.getByLabel('Ce qu’il contient').selectOption('grants');
    await page.getByLabel('Fichier').setInputFiles(file(`${head}${world.offer('empty')},none,PO-1,Monthly\n`));
    await page.getByRole('button', { name: 'Que se passerait-il ?' }).click();
    await page.getByRole('alert').getByText('units').waitFor();
    expect(await looksWrong(page, 'import')).toEqual([]);
    await page.reload();
    await page.getByLabel('Ce qu’il contient').selectOption('grants');
    await page.getByLabel('Fichier').setInputFiles(file(`${head}${world.offer('empty')},25,PO-1,Monthly\n`));
    await page.getByRole('button', { name: 'Que se passerait-il ?' }).click();
    await page.getByRole('status').getByText('1 nouvelles').waitFor();
    expect(await unitsOf(distributorClient(server, world.demo), world.offer('empty'))).toBe(0);
    await page.getByRole('button', { name: 'Importer 1' }).click();
    await page.getByText(/^Fait :/).waitFor();
    expect(await unitsOf(distributorClient(server, world.demo), world.offer('empty'))).toBe(25);
    expect(complaints).toEqual([]);
  });

  it('grants units in words, and says whose and in which world', async () => {
    const { page, complaints } = await open('/stock');
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor' });
    await page.getByRole('button', { name: 'Approvisionner : Mobile France 10 EUR', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Unités').fill('280');
    await dialog.getByLabel('Référence').fill('PO-2');
    await dialog.getByLabel('Justification').fill('Monthly order');
    await dialog.getByRole('button', { name: 'Vérifier' }).click();
    await dialog.getByText('deux cent quatre-vingts').waitFor();
    await dialog.getByText('Demo distributor', { exact: true }).waitFor();
    await dialog.getByText('Réel', { exact: true }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('takes units out of a stock again, after it has said so in words', async () => {
    const { page, complaints } = await open('/stock');
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor' });
    await page.getByRole('button', { name: 'Approvisionner : Mobile Spain 10 EUR', exact: true }).click();
    const before = await unitsOf(distributorClient(server, world.demo), world.offer('spain'));
    const dialog = page.getByRole('alertdialog');
    await dialog.getByLabel('Quoi').selectOption('take');
    await dialog.getByLabel('Unités').fill('3');
    await dialog.getByLabel('Référence').fill('INV-1');
    await dialog.getByLabel('Justification').fill('Stock-taking');
    await dialog.getByRole('button', { name: 'Vérifier' }).click();
    await dialog.getByText('trois retirées').waitFor();
    await dialog.getByText('Réel', { exact: true }).waitFor();
    await page.setViewportSize({ width: 390, height: 850 });
    expect(await faultsHere(page)).toEqual([]);
    await page.screenshot({ path: join(ARTIFACTS, 'office-correction.png') });
    await dialog.getByRole('button', { name: 'Corriger le stock' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await unitsOf(distributorClient(server, world.demo), world.offer('spain'))).toBe(before - 3);
    expect(complaints).toEqual([]);
  });

  it('tells who did what and when, narrowed down, and as a file', async () => {
    const operator = callerWith(server, world.demo.admin_token);
    await operator.patch(`/admin/v1/offers/${world.offer('empty')}`, { tags: ['audited'] });
    const { page, complaints } = await open('/settings/audit');
    await page.getByLabel('Quoi', { exact: true }).selectOption({ label: 'A modifié une offre' });
    await page.getByLabel('Qui', { exact: true }).fill('operator');
    await page.getByLabel('À quoi', { exact: true }).fill(world.offer('empty'));
    await page.getByLabel('Du', { exact: true }).fill(new Date().toISOString().slice(0, 10));
    const trail = page.getByRole('region', { name: 'Journal d’audit' });
    await trail.getByRole('link', { name: 'Mobile France 10 EUR, sold out' }).waitFor();
    await trail.getByRole('link', { name: 'Demo distributor' }).waitFor();
    await trail.getByText('Détails').first().click();
    await trail.getByText('audited').waitFor();
    await expect.poll(() => trail.getByText('A modifié une offre').count()).toBe(1);
    expect(await looksWrong(page, 'audit')).toEqual([]);
    await page.reload();
    await page.getByLabel('Fichier', { exact: true }).selectOption('csv');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^journal-.*\.csv$/);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split(/\r?\n/);
    expect(lines[0]).toBe('date,actor,actor_email,action,subject,distributor_id,details,id');
    expect(lines).toHaveLength(2);
    expect(complaints).toEqual([]);
  });

  it('proves the ledger', async () => {
    const { page, complaints } = await open('/month-end/ledger');
    await page.getByRole('button', { name: 'Prouver le registre' }).click();
    await page.getByText('Le registre est prouvé.').waitFor();
    expect(await looksWrong(page, 'ledger')).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('ranks distributors, offers and sellers, in days of the business, and as a file', async () => {
    const { page, complaints } = await open('/overview');
    await page.getByRole('link', { name: 'Meilleures ventes' }).click();
    await page.getByRole('region', { name: 'distributeur' }).getByRole('link', { name: 'Demo distributor' }).waitFor();
    await page.getByLabel('Par', { exact: true }).selectOption('offer');
    await page.getByRole('link', { name: 'Mobile France 10 EUR', exact: true }).waitFor();
    await page.getByLabel('Fuseau horaire').fill('Paris');
    await page.getByText('Ce fuseau n’existe pas').waitFor();
    await page.getByLabel('Fuseau horaire').fill('Pacific/Auckland');
    await page.getByRole('link', { name: 'Mobile France 10 EUR', exact: true }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^Offre-.*\.xlsx$/);
    expect(await looksWrong(page, 'ranking')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
