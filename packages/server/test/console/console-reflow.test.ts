import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { lookAt, signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

vi.setConfig({ testTimeout: 600_000 });

/** Offers have names of any length, and some are one word. */
const LONG_NAME = `Rechargement${'extraordinairement'.repeat(4)} 10 EUR`;

/** The screens that a page has to fit: the narrowest one, and text of twice its size on a phone and at a desk. */
const SCREENS = [
  { width: 320, text: '100%' },
  { width: 390, text: '200%' },
  { width: 1280, text: '200%' },
] as const;

/** What stands beyond the right edge of the page, where the page can be moved aside. */
const beyond = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const isWithin = (element) => {
      for (let each = element.parentElement; each; each = each.parentElement)
        if (getComputedStyle(each).overflowX !== 'visible') return true;
      return false;
    };
    return [...document.querySelectorAll('body *')]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !isWithin(each))
      .map((each) => each.tagName + '.' + each.className + ': ' + each.textContent.slice(0, 40));
  })()`);

describe('every page of the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: PathCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
    shop = await signInClient(server, world.demo);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  /** The pages of somebody that can be moved aside, with what sticks out of them. */
  async function tooWide(page: Page, paths: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 850 });
      await page.goto(server.baseUrl + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').waitFor({ state: 'detached' });
      for (const { width, text } of SCREENS) {
        await page.setViewportSize({ width, height: 850 });
        await page.evaluate(`document.documentElement.style.fontSize = '${text}'`);
        const out = await beyond(page);
        if (out.length > 0) found.push(`${path} at ${width} with text of ${text}: ${out.slice(0, 4).join(' | ')}`);
      }
    }
    return found;
  }

  it('fits 320 pixels and text of twice its size, for every role, with names that are one long word', async () => {
    const offer = world.offer('msisdn');
    await shop.patch(`/distributors/offers/${offer}`, { name: LONG_NAME });
    await Promise.all(['0684587587', '0684587002'].map((msisdn) => shop.sell(offer, { msisdn })));
    const pending = (await shop.sell(offer, { msisdn: '0684587009' })).body.id as string;
    const own = [
      '/sell',
      `/sell?offer=${offer}`,
      '/transactions',
      '/transactions/identifications',
      `/transactions/${pending}`,
      '/stock',
      '/stock/alerts',
      `/stock/${offer}`,
      '/overview',
      '/overview/statements',
      '/integrate',
      ...['', '/staff', '/clients', '/webhooks', '/guards', '/messages', '/receipts', '/key', '/offers'].map(
        (part) => `/settings${part}`,
      ),
    ];
    const all = [
      '/transactions',
      '/transactions/unresolved',
      `/transactions/${pending}`,
      '/stock',
      `/stock/${offer}`,
      '/overview',
      ...['reconciliations', 'file', 'cases', 'statements', 'vat', 'recovery'].map((part) => `/month-end/${part}`),
      ...['', '/staff', '/distributors', '/suppliers'].map((part) => `/settings${part}`),
    ];
    const { page: stranger } = await lookAt(browser, server.baseUrl);
    await stranger.setViewportSize({ width: 320, height: 850 });
    await stranger.getByLabel('Adresse e-mail').waitFor();
    const { distributor_admin, seller, operator } = world.demo.console;
    const { page: admin } = await signInTo(browser, server.baseUrl, distributor_admin);
    const { page: clerk } = await signInTo(browser, server.baseUrl, seller);
    const { page: boss } = await signInTo(browser, server.baseUrl, operator);
    const found = [
      await beyond(stranger),
      await tooWide(admin, own),
      await tooWide(clerk, ['/sell', '/transactions', `/transactions/${pending}`, '/stock', '/overview', '/settings']),
      await tooWide(boss, all),
    ];
    expect(found.flat()).toEqual([]);
  });
});
