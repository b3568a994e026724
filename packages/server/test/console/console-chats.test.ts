import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

const SECRET = 'https://hooks.chat.example/services/T00/B00/secret';
const SHOWN = 'https://hooks.chat.example/…';
const WAIT = { timeout: 60_000, interval: 50 };

describe('the chat of an alert at the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ SEALING_KEY }), startChromium()]);
    shop = await rawSignIn(server, world.demo);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  it('is set there, shown without its secret, and left again; what is wrong with it stands at its field', async () => {
    const url = `${server.baseUrl}/stock/alerts`;
    const { page } = await signInTo(browser, url, world.demo.console.distributor_admin);
    const chat = page.getByLabel('Écrire dans une messagerie');
    await page.getByLabel('Quand il reste (unités)').fill('5');
    await chat.fill('https://10.0.0.1/hook');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('il faut une adresse publique').waitFor();
    expect(await chat.getAttribute('aria-invalid')).toBe('true');

    await chat.fill(SECRET);
    await page.getByLabel('Langue des messages').selectOption('en');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText(SHOWN).first().waitFor();
    expect((await shop.get('/v1/alerts')).body[0].chat).toEqual({ address: SHOWN, language: 'en' });

    await page
      .getByRole('button', { name: /^Modifier/ })
      .first()
      .click();
    await page.getByText(`Vide : elle reste ${SHOWN}`).waitFor();
    expect(await page.content()).not.toContain('secret');
    await page.getByLabel('Ne plus écrire dans la messagerie').check();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await vi.waitFor(async () => expect((await shop.get('/v1/alerts')).body[0]).not.toHaveProperty('chat'), WAIT);
  });
});
