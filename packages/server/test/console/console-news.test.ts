import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewBooking } from '../../src/ledger/balances.rules.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { replay } from '../support/replay.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

const HOUR_MS = 3_600_000;
const DAYS = 20;
/** Much shorter than the time after which a page looks by itself. */
const AT_ONCE = { timeout: 10_000 };

describe('the console tells', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;
  let operator: RawCaller;
  let receiver: Receiver;

  beforeAll(async () => {
    world = await createWorld('pglite');
    const db = await world.openDb();
    const offer_id = world.offer('empty');
    const first = Math.floor(Date.now() / HOUR_MS) - DAYS * 24;
    const grant = { kind: 'grant', offer_id, units: 300, reference: 'PO-1', justification: 'First' };
    await db.transaction((tx) => bookUnits(tx, grant as NewBooking, new Date(first * HOUR_MS), 1_000));
    // Ten units on each day that has passed.
    const hours = Array.from({ length: DAYS * 24 }, (_, i) => first + i).filter((hour) => hour % 24 < 10);
    await replay(
      db,
      offer_id,
      hours.map((hour) => new Date(hour * HOUR_MS + 60_000)),
    );
    await db.close();
    [server, browser, receiver] = await Promise.all([
      world.start({ LOG_LEVEL: 'warn', SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.0/8' }),
      startChromium(),
      startReceiver(),
    ]);
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
  });
  afterAll(async () => {
    await browser?.close();
    await receiver?.stop();
    await world?.remove();
  });

  const admin = async (path: string): Promise<Page> =>
    (await signInTo(browser, server.baseUrl + path, world.demo.console.distributor_admin)).page;
  const row = (page: Page, name: string | RegExp) => page.getByRole('listitem').filter({ hasText: name });
  const dialog = (page: Page) => page.getByRole('alertdialog');

  it('how fast a stock is sold, how long it will last, and how it came to that', async () => {
    const page = await admin('/stock');
    await row(page, 'Mobile France 10 EUR, sold out')
      .getByText(/^[\d,]+ jours, entre [\d,]+ et/)
      .waitFor();
    await row(page, 'Mobile France 10 EUR, sold out').getByRole('link').click();
    await page.getByRole('img', { name: /^Le stock au fil du temps/ }).waitFor();
    await page.getByText('Les chiffres').first().click();
    const days = page.getByRole('table').getByRole('row');
    expect(await days.count()).toBeGreaterThan(DAYS);
    const granted = days.filter({ has: page.getByRole('cell', { name: '300', exact: true }) });
    expect(await granted.count()).toBe(1);
  });

  it('that a stock is low, as soon as it is; after an alert was set, and no more once it is gone', async () => {
    const stock = await admin('/stock');
    const small = row(stock, 'Mobile France 10 EUR, few left');
    await small.waitFor();
    const page = await admin(`/stock/${world.offer('small')}`);
    await page.getByRole('link', { name: 'Alertes' }).click();
    await page.getByLabel('Quand il reste (unités)').fill('100');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await row(page, 'à 100 unités').waitFor();
    await small.getByText('Bas', { exact: true }).waitFor(AT_ONCE);

    await page.getByRole('button', { name: 'Modifier l’alerte : Mobile France 10 EUR, few left' }).click();
    await page.getByLabel('Quand il reste (unités)').fill('20');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await row(page, 'à 20 unités').waitFor();
    await small.getByText('Bas', { exact: true }).waitFor({ state: 'detached', ...AT_ONCE });
    await page.getByRole('button', { name: /^Supprimer l’alerte/ }).click();
    await dialog(page).getByRole('button', { name: 'Supprimer' }).click();
    await page.getByText('Aucune alerte').waitFor();
    expect((await shop.get('/v1/alerts')).body).toEqual([]);
  });

  it('the secret of a webhook once, and how what was sent to it has fared', async () => {
    const page = await admin('/settings/webhooks');
    await page.getByLabel('Adresse').fill(receiver.url);
    await page.getByLabel('Stock vide').check();
    await page.getByRole('button', { name: 'Nouveau webhook' }).click();
    const secret = (await page.getByRole('region', { name: 'Secret de signature' }).innerText()).trim();
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('link', { name: receiver.url }).click();
    await page.getByRole('button', { name: 'Tester' }).click();
    await row(page, 'Test du webhook').getByText('Remis').waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    await row(page, 'Test du webhook').getByRole('button', { name: 'Renvoyer' }).click();
    await receiver.waitFor((received) => received.length === 2);

    expect(await page.getByLabel('Stock vide').isChecked()).toBe(true);
    await page.getByLabel('Stock bas').check();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('C’est enregistré.').waitFor();
    await page.getByRole('button', { name: 'Mettre en pause' }).click();
    await page.getByText('En pause', { exact: true }).waitFor();
    expect((await shop.get('/v1/webhooks')).body).toMatchObject([
      { status: 'paused', events: ['stock.depleted', 'stock.low'] },
    ]);
    await page.getByRole('button', { name: 'Supprimer' }).click();
    await dialog(page).getByRole('button', { name: 'Supprimer' }).click();
    await page.getByText('Aucun webhook').waitFor();
    expect((await shop.get('/v1/webhooks')).body).toEqual([]);
  });

  it('end customers what the distributor wants them told, until the default is good enough again', async () => {
    const sell = async () =>
      (await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' }, { 'accept-language': 'fr' })).body;
    const page = await admin('/settings/messages');
    await page.getByLabel('Votre phrase').fill('Merci ! Pour ');
    await page.getByRole('button', { name: 'le numéro masqué' }).click();
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await row(page, 'Merci ! Pour {msisdn_masked}').waitFor();
    const { id, customer_message } = await sell();
    expect(customer_message).toMatch(/^Merci ! Pour \+33•+87$/);
    await page.goto(`${server.baseUrl}/sell?sale=${id}`);
    await page.getByText(customer_message).waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('The recharge has been made.').waitFor();
    await page.getByRole('button', { name: 'Français' }).click();

    await page.goto(`${server.baseUrl}/settings/messages`);
    await page.getByRole('button', { name: 'Revenir à la phrase par défaut' }).click();
    await page.getByText('Aucune : tout est dit par défaut').waitFor();
    expect(await sell()).toMatchObject({ customer_message: 'La recharge a été effectuée.' });
  });

  it('of a sale as soon as it is made; and without news later on', async () => {
    const page = await admin('/transactions');
    await page.getByRole('list', { name: 'Transactions' }).or(page.getByText('Aucune transaction')).waitFor();
    await shop.sell(world.offer('msisdn'), { msisdn: '0684588001' });
    await row(page, '+33684588001').waitFor(AT_ONCE);

    await page.clock.install();
    await page.route('**/v1/events/stream*', (route) => route.abort());
    await page.reload();
    await row(page, '+33684588001').waitFor();
    await shop.sell(world.offer('msisdn'), { msisdn: '0684588003' });
    expect(await row(page, '+33684588003').count()).toBe(0);
    await page.clock.fastForward(16_000);
    await row(page, '+33684588003').waitFor(AT_ONCE);
  });

  it('the operator of a grant by somebody else', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.support);
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor' });
    const spain = row(page, 'Mobile Spain');
    const before = await spain.getByText(/^[\d\s]+$/).innerText();
    const grant = { units: 7, reference: 'PO-7', justification: 'Seven more' };
    await operator.post(`/admin/v1/offers/${world.offer('spain')}/grants`, grant);
    await spain.getByText(before, { exact: true }).waitFor({ state: 'detached', ...AT_ONCE });
    expect(await spain.count()).toBe(1);
  });

  it('the operator how fast each distributor sells a stock, how long it will last, and how it came to that', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.support);
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor' });
    const sold = row(page, 'Mobile France 10 EUR, sold out');
    await sold.getByText(/^[\d,]+ jours, [\d,]+ par jour, entre [\d,]+ et/).waitFor();
    await sold.getByRole('link').click();
    await page.getByText('Prévision, et sa fourchette à 80 %').waitFor();
    await page.getByText('Vide, selon la prévision').waitFor();
    expect(await page.getByRole('img', { name: /^Le stock au fil du temps et sa prévision/ }).count()).toBe(1);
  });

  it('who may what, after a change of role', async () => {
    const page = await admin('/settings/staff');
    const { seller } = world.demo.console;
    const { email } = seller;
    const sell = (of: Page) => of.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: 'Vendre' });
    const { page: before } = await signInTo(browser, server.baseUrl, seller);
    expect(await sell(before).count()).toBe(1);
    await row(page, email).getByRole('button', { name: 'Changer le rôle' }).click();
    await dialog(page).getByLabel('Rôle').selectOption({ label: 'lecteur' });
    await dialog(page).getByRole('button', { name: 'Enregistrer' }).click();
    await row(page, email).getByText('lecteur').waitFor();
    const { page: after } = await signInTo(browser, server.baseUrl, seller);
    expect(await sell(after).count()).toBe(0);
  });
});
