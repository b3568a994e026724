import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';
import { pictures } from './pictures.ts';

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
      .getByRole('region', { name: 'Offres de ses produits' })
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
});
