import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operatorOf, PATIENT } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
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
  let receiver: Receiver;

  const start = async (): Promise<void> => {
    server = await world.start({ SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.1' });
    shop = await rawSignIn(server, world.demo);
  };
  const chatOf = async () => (await shop.get('/v1/alerts')).body[0].chat;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [receiver, browser] = await Promise.all([startReceiver(), startChromium()]);
    await start();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
    await receiver?.stop();
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

  it('tells in place whether a test message was taken', async () => {
    const [{ id }] = (await shop.get('/v1/alerts')).body;
    const body = { offer_id: world.offer('small'), units: 50, chat: { url: receiver.url } };
    expect((await shop.delete(`/v1/alerts/${id}`)).status).toBe(200);
    expect((await shop.post('/v1/alerts', body)).status).toBe(201);
    const { distributor_admin } = world.demo.console;
    const { page } = await signInTo(browser, `${server.baseUrl}/stock/alerts`, distributor_admin);
    const test = page.getByRole('button', { name: 'Envoyer un message d’essai : Mobile France 10 EUR' });
    receiver.react(() => 404);
    await test.click();
    await page.getByText('n’a pas accepté le message d’essai : réponse 404.').waitFor();
    receiver.react(() => 204);
    await test.click();
    await page.getByText('a accepté le message d’essai.').waitFor();
    expect(await page.getByText('n’a pas accepté').count()).toBe(0);
    expect(await page.content()).not.toContain('/hook');
  });

  it.each([
    [503, -55, 'failure_date', /Un message à la messagerie a été abandonné le .+ : réponse 503\./],
    [404, 500, 'stop_date', /Plus rien n’est écrit dans la messagerie depuis le .+ : réponse 404\. Saisissez/],
  ])('tells of a message that was given up because of answers of %i', async (status, units, date, words) => {
    receiver.react(() => status);
    const before = receiver.received.length;
    const operator = operatorOf(server, world.demo.admin_token, PATIENT);
    const booking = { units, reference: `INV-${status}`, justification: 'Count' };
    await operator.stock.adjust(world.offer('small'), booking);
    await receiver.waitFor((received) => received.length > before);
    await server.stop();
    const db = await world.openDb();
    // The pauses between ten tries are an hour and a half.
    await db.query(`UPDATE notices SET attempts = 9, next_at = now() - interval '1 second' WHERE channel = 'chat'`);
    await db.close();
    await start();
    await vi.waitFor(async () => expect(await chatOf()).toHaveProperty(date), WAIT);
    const { distributor_admin } = world.demo.console;
    const { page } = await signInTo(browser, `${server.baseUrl}/stock/alerts`, distributor_admin);
    await page.getByText(words).waitFor();
    expect(await page.locator('.entry .error').count()).toBe(1);
  });
});
