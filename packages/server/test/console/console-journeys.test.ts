import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';

const SCREENS = [390, 768, 1440].flatMap((width) => (['fr', 'en'] as const).map((language) => ({ width, language })));
const SALES = 10;

describe('the way of a seller', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    [server, browser] = await Promise.all([world.start(), startChromium()]);
    shop = await rawSignIn(server, world.demo);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const signedIn = async (path: string, width: number, language: 'fr' | 'en'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width, height: 844 }, locale: language });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    await page.goto(server.baseUrl + path);
    const { email, password } = world.demo.console.distributor_admin;
    await page.locator('input[type=email]').fill(email);
    await page.locator('input[type=password]').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Navigation' }).waitFor();
    return page;
  };
  const fits = (page: Page): Promise<boolean> => page.evaluate('document.documentElement.scrollWidth <= innerWidth');

  it.each(SCREENS)(
    'is 13 keys to a sale, and 4 digits and a click to find it again: $width, $language',
    async (screen) => {
      const page = await signedIn('/sell', screen.width, screen.language);
      const ending = `${SCREENS.indexOf(screen) + 1}`.padStart(4, '7');
      await page.evaluate(`keys = 0; clicks = 0;
      addEventListener('keydown', () => { keys += 1; }, true);
      addEventListener('pointerdown', () => { clicks += 1; }, true)`);
      await page.locator('input.line-input:focus').waitFor();
      await page.keyboard.type(`068458${ending}`);
      await page.getByText(`+3368458${ending} · France`).waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('1');
      const question = page.getByRole('alertdialog');
      await question.waitFor();
      // A scanner's Enter comes at once and sells nothing: a person has read the question.
      await page.waitForTimeout(600);
      await page.keyboard.press('Enter');
      await page.locator('.outcome-ok').waitFor();
      expect([await page.evaluate('keys'), await page.evaluate('clicks')]).toEqual([13, 0]);
      expect(await fits(page)).toBe(true);

      await page.goto(`${server.baseUrl}/transactions`);
      await page.evaluate(`clicks = 0; addEventListener('pointerdown', () => { clicks += 1; }, true)`);
      await page.getByRole('searchbox').focus();
      await page.keyboard.type(ending);
      await page.waitForURL(new RegExp(`line_ending=${ending}`));
      await page.getByRole('link', { name: new RegExp(`3368458${ending}`) }).click();
      expect(await page.evaluate('clicks')).toBe(1);
      await page.getByRole('heading', { level: 1, name: new RegExp(ending.replace(/(..)(..)/, '$1.?$2')) }).waitFor();
      expect(await fits(page)).toBe(true);
      expect(await faultsHere(page)).toEqual([]);
    },
  );

  it('shows what is sold elsewhere without a reload, the tenth sale as the first', async () => {
    const page = await signedIn('/transactions', 1440, 'fr');
    await page.getByText('transactions', { exact: false }).first().waitFor();
    await page.waitForTimeout(3_000);
    const times: number[] = [];
    for (let i = 0; i < SALES; i++) {
      const msisdn = `06845860${String(i + 10)}`;
      await shop.sell(world.offer('msisdn'), { msisdn });
      const began = performance.now();
      await page.getByRole('link', { name: new RegExp(`33${msisdn.slice(1)}`) }).waitFor();
      times.push(performance.now() - began);
      // Whatever happens at once is shown together: each is looked at by itself.
      await page.waitForTimeout(2_500);
    }
    console.log(`from the sale to the row: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    // How long it mostly takes is for a machine that does nothing else.
    expect(Math.min(...times)).toBeLessThan(500);
  });
});
