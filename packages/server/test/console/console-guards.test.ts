import { DistributorSettings } from '@opentopup/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

const GUARDS = Object.keys(DistributorSettings.properties);
const WAIT = { timeout: 30_000, interval: 50 };

describe('the guards of a distributor at the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start(), startChromium()]);
    shop = await rawSignIn(server, world.demo);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const open = async (who: keyof DemoPlace['demo']['console'], path = '/settings/guards'): Promise<Page> =>
    (await signInTo(browser, server.baseUrl + path, world.demo.console[who])).page;
  const field = (page: Page, name: string) => page.locator(`input[name=${name}]`);
  const save = (page: Page) => page.getByRole('button', { name: 'Enregistrer' }).click();

  it('are all set there, each for itself, and off again where a field is empty', async () => {
    const page = await open('distributor_admin');
    for (const name of GUARDS) await field(page, name).fill('7');
    await save(page);
    await page.getByText('Enregistré.').waitFor();
    expect((await shop.get('/v1/settings')).body).toEqual(Object.fromEntries(GUARDS.map((name) => [name, 7])));

    await field(page, 'line_units_per_day').fill('');
    await save(page);
    await page.getByText('Enregistré.').waitFor();
    await vi.waitFor(async () => {
      expect((await shop.get('/v1/settings')).body).toMatchObject({
        line_units_per_day: null,
        repeat_guard_minutes: 7,
      });
    }, WAIT);
  });

  it.each([
    ['0', '1 au moins'],
    ['44641', '44640 au plus'],
    ['1.5', 'il faut un nombre entier'],
  ])('tell at its field why %s is not taken', async (typed, words) => {
    const page = await open('distributor_admin');
    const guard = field(page, 'repeat_guard_minutes');
    await guard.fill(typed);
    await save(page);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').allInnerTexts()).toEqual([words]);
    expect(await guard.getAttribute('aria-invalid')).toBe('true');
    expect(await guard.getAttribute('aria-describedby')).toContain(await page.getByRole('alert').getAttribute('id'));
  });

  it('are shown to sellers, who cannot change them', async () => {
    const page = await open('seller');
    for (const name of GUARDS) expect(await field(page, name).getAttribute('readonly')).toBe('');
    expect(await page.getByRole('button', { name: 'Enregistrer' }).count()).toBe(0);
  });

  it('of any distributor are set by the operator', async () => {
    await shop.patch('/v1/settings', { user_units_per_hour: null });
    const page = await open('operator');
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor (Réel)' });
    await page.waitForURL(/\/settings\/guards\/[-0-9a-f]{36}$/);
    await field(page, 'user_units_per_hour').fill('30');
    await save(page);
    await page.getByText('Enregistré.').waitFor();
    expect((await shop.get('/v1/settings')).body).toMatchObject({ user_units_per_hour: 30 });
  });
});
