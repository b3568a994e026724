import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { lookAt } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';

describe('the page that describes the API', () => {
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

  it.each([false, true])(
    'has no accessibility faults in either language, and leads back (phone: %s)',
    async (phone) => {
      const { page } = await lookAt(browser, `${server.baseUrl}/docs`, { phone, locale: 'fr-FR' });
      await page.getByRole('heading', { level: 1, name: /^L’API/ }).waitFor();
      expect(await faultsHere(page)).toEqual([]);
      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('heading', { level: 1, name: /^The API/ }).waitFor();
      expect(await faultsHere(page)).toEqual([]);
      await page.getByRole('link', { name: 'To the console' }).click();
      await page.waitForURL(`${server.baseUrl}/`);
    },
  );

  it('says in French what there are French words for, and marks the rest as English', async () => {
    const { page } = await lookAt(browser, `${server.baseUrl}/docs?language=fr`);
    const call = page.locator('#getTransactionTotals');
    expect(await call.locator('h3').textContent()).toContain('Les totaux des transactions');
    const described = page.locator('#claimTransaction > [lang="en"]').first();
    expect(await described.textContent()).toContain('It is shown as');
  });
});
