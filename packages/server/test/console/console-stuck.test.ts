import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../support/browser.ts';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';

const NUMBERS = ['0684581009', '0684582009'];

describe('sales without an outcome', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: PathCaller;
  let operator: PathCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn', ADMIN_TOKEN }), startChromium()]);
    shop = await signInClient(server, world.demo);
    operator = callerWith(server, ADMIN_TOKEN);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  /** The queue, as it stands two minutes later: what was just ordered is still under way. */
  const queue = async (person: Person): Promise<Page> => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions`, person);
    await page.clock.setFixedTime(Date.now() + 120_000);
    await page.goto(`${server.baseUrl}/transactions/unresolved`);
    await page.getByRole('heading', { level: 1, name: 'Ventes sans résultat' }).waitFor();
    return page;
  };

  it('are decided at once, and each that is refused is told with its number and why', async () => {
    const ids: string[] = [];
    for (const msisdn of NUMBERS) ids.push((await shop.sell(world.offer('msisdn'), { msisdn })).body.id);
    const page = await queue(world.demo.console.operator);
    await page.getByRole('checkbox', { name: '2 ventes' }).check();
    await page.getByRole('radio', { name: 'Pas livrée' }).check();
    await page.getByLabel('Justification').fill('Relevé du fournisseur');
    await page.getByRole('button', { name: 'Décider' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.waitFor();
    // Somebody else decides about both meanwhile.
    for (const id of ids) {
      const decision = { status: 'ok', justification: 'The customers have it' };
      expect((await operator.post(`/admin/v1/transactions/${id}/resolutions`, decision)).status).toBe(201);
    }
    await dialog.getByRole('button', { name: 'Décider' }).click();
    for (const line of ['+33684581009', '+33684582009']) await dialog.getByRole('link', { name: line }).waitFor();
    expect(await dialog.getByRole('alert').count()).toBe(2);
    expect(await faultsHere(page)).toEqual([]);
  });
});
