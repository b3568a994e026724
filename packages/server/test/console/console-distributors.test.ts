import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';

const WAIT = { timeout: 60_000, interval: 500 };

describe('the distributors in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    [server, browser] = await Promise.all([world.start(), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  it('are found by name, and suspended and let sell again in two clicks each', async () => {
    const shop = await rawSignIn(server, world.demo);
    const offer_id = world.offer('msisdn');
    const sell = async (): Promise<number> =>
      (await shop.post('/distributors/transactions', { offer_id, parameters: { msisdn: '0684587587' } })).status;
    const { page } = await signInTo(browser, `${server.baseUrl}/settings/distributors`, world.demo.console.operator);
    await page.getByLabel('Chercher un distributeur').fill('sandbox');
    const entries = page.locator('li.entry');
    await expect.poll(() => entries.count()).toBe(1);
    await page.getByLabel('Chercher un distributeur').fill('demo');
    const dialog = page.getByRole('alertdialog');
    await page.getByRole('button', { name: 'Suspendre : Demo distributor', exact: true }).click();
    await dialog.getByText('aucune de ses commandes').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Suspendre' }).click();
    await page.getByText('Suspendu', { exact: true }).waitFor();
    await expect.poll(sell, WAIT).toBeGreaterThanOrEqual(400);
    await page.getByRole('button', { name: 'Rétablir la vente : Demo distributor' }).click();
    await dialog.getByRole('button', { name: 'Rétablir la vente' }).click();
    await page.getByText('Suspendu', { exact: true }).waitFor({ state: 'detached' });
    await expect.poll(sell, WAIT).toBe(201);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  });
});
