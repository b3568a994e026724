import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';

const WAIT = { timeout: 60_000, interval: 100 };

describe('finding and deciding sales in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;
  let operator: RawCaller;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    [server, browser] = await Promise.all([world.start(), startChromium()]);
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
    await shop.sell(world.offer('msisdn'), { msisdn: '0684580002' });
    await shop.sell(world.offer('msisdn'), { msisdn: '0684584711' });
    const named = { offer_id: world.offer('msisdn'), parameters: { msisdn: '0684580017' }, voucher_id: 'V-2026-118' };
    await shop.post('/distributors/transactions', named);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const to = (who: 'distributor_admin' | 'operator' | 'viewer', path: string): Promise<Page> =>
    signInTo(browser, server.baseUrl + path, world.demo.console[who]).then(({ page }) => page);
  const rows = (page: Page) => page.getByRole('list', { name: 'Transactions' }).getByRole('listitem');
  const field = (page: Page) => page.getByLabel('Numéro, derniers chiffres');

  it('shows at a desk who sold what of whom, and why it came to nothing, in columns', async () => {
    const page = await to('distributor_admin', '/transactions');
    const failed = rows(page).filter({ hasText: '+33684580002' });
    for (const said of ['Mobile France 10 EUR', 'Orange France', '7,92 €', 'Échouée']) {
      await failed.getByText(said).first().waitFor();
    }
    await failed.locator('.sale-why').waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    await failed.locator('.sale-why').waitFor({ state: 'hidden' });
    const { height } = (await failed.locator('.sale-line').boundingBox()) ?? {};
    expect(height).toBeLessThan(30);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(await faultsHere(page)).toEqual([]);
  });

  it('finds a sale while its last four digits are typed, without a click, and by a voucher with Enter', async () => {
    const page = await to('distributor_admin', '/transactions');
    await field(page).pressSequentially('4711');
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(1), WAIT);
    await rows(page).getByText('+33684584711').waitFor();
    expect(new URL(page.url()).search).toBe('?line_ending=4711');
    await field(page).fill('V-2026-118');
    await page.keyboard.press('Enter');
    await page.waitForURL(/voucher=V-2026-118/);
    await rows(page).getByText('+33684584711').waitFor({ state: 'detached' });
    await rows(page).getByText('+33684580017').waitFor();
    await vi.waitFor(async () => expect(await rows(page).count()).toBe(1), WAIT);
  });

  it('leads from a sale to the others of its line, its offer and its seller', async () => {
    const page = await to('operator', '/transactions?line_ending=4711');
    await rows(page).first().click();
    await page.getByRole('heading', { name: /06 84 58 47 11 · 7,92/ }).waitFor();
    const facts = page.getByRole('region', { name: 'Faits' });
    const hrefs = await facts.getByRole('link').evaluateAll((all) => all.map((each) => each.getAttribute('href')));
    expect(hrefs.map((href) => href?.replace(/=.*|[0-9a-f-]{36}$/, ''))).toEqual([
      '/transactions?line',
      '/stock/',
      '/settings/distributors/',
      '/transactions?supplier',
    ]);
  });

  it('decides about several stuck sales at once, with one justification that each of them tells afterwards', async () => {
    const page = await to('operator', '/transactions');
    const lines = ['0684581009', '0684582009'];
    const ids: string[] = [];
    for (const msisdn of lines) ids.push((await shop.sell(world.offer('msisdn'), { msisdn })).body.id);
    await page.getByRole('link', { name: 'Ventes sans résultat' }).click();
    await page.getByText('Aucune vente n’attend de décision').waitFor();
    // What was ordered within the last minute is under way; two minutes later it is not any more.
    await page.clock.setFixedTime(Date.now() + 120_000);
    await page.reload();
    let clicks = 0;
    const click = async (name: string, role: 'button' | 'radio' | 'checkbox'): Promise<void> => {
      const place = role === 'button' && clicks > 2 ? page.getByRole('alertdialog') : page;
      await place.getByRole(role, { name }).click();
      clicks += 1;
    };
    await click('2 ventes, la plus ancienne', 'checkbox');
    await page.getByText('2 ventes choisies.').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    await click('Pas livrée', 'radio');
    await page.getByLabel('Justification').fill('Relevé du fournisseur ; ticket 4711');
    await click('Décider', 'button');
    await click('Décider', 'button');
    await page.getByText('Aucune vente n’attend de décision').waitFor();
    expect(clicks).toBe(4);
    for (const id of ids) {
      const { body } = await operator.get(`/admin/v1/transactions/${id}`);
      expect(body).toMatchObject({ status: 'ko', decision: { justification: 'Relevé du fournisseur ; ticket 4711' } });
    }
    await page.goto(`${server.baseUrl}/transactions/${ids[0]}`);
    await page.getByText(/Décidé par .*Relevé du fournisseur ; ticket 4711/).waitFor();
  });
});
