import { join } from 'node:path';
import { allOf } from '@opentopup/client/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../src/sales/store.ts';
import { distributorClient, operatorOf, unitsOf } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { pastOrders, sellInPast } from '../support/past.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';
import { ARTIFACTS, pictures } from './pictures.ts';

const DAY_MS = 86_400_000;
const NAME = 'Mobile France 10 EUR, sold out';

describe('on the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    const now = Date.now();
    world = await createWorld('postgresql', new Date(now - 22 * DAY_MS));
    const db = await world.openDb();
    const store = createStore(db);
    for (let day = 21; day > 0; day--) {
      await sellInPast(store, pastOrders(world.offer('msisdn'), new Date(now - day * DAY_MS), 5));
    }
    await db.close();
    server = await world.start({ SEALING_KEY }, new Date(now));
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  it('units are ordered in two clicks, as many as are suggested, and granted once whose and how many was read', async () => {
    const shop = distributorClient(server, world.demo);
    const empty = world.offer('empty');
    const { page } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.distributor_admin);
    await page.getByRole('button', { name: 'Commander des unités : Mobile France 10 EUR', exact: true }).click();
    await page.getByText('Le stock dure déjà 30 jours.').waitFor();
    await page.getByRole('button', { name: 'Annuler' }).click();

    await page.getByRole('button', { name: `Commander des unités : ${NAME}` }).click();
    await page.getByText('Trop peu de ventes pour une proposition.').waitFor();
    // However fast it is typed: a scanner's guard once left the 4 alone.
    await page.getByLabel('Unités', { exact: true }).pressSequentially('40');
    await page.getByRole('button', { name: 'Commander', exact: true }).click();
    await page.getByRole('region', { name: 'Unités commandées' }).getByText(`40 unités · ${NAME}`).waitFor();
    expect((await pictures(page, 'shop-refill-ordered')).tooWide).toEqual([]);

    const { page: boss } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.operator);
    const ordered = boss.getByRole('region', { name: 'Unités commandées' });
    await ordered.getByRole('button', { name: 'Accorder' }).waitFor();
    expect((await pictures(boss, 'operator-refill-ordered')).tooWide).toEqual([]);
    await boss.reload();
    await ordered.getByRole('button', { name: 'Accorder' }).click();
    const dialog = boss.getByRole('alertdialog');
    await dialog.getByText('Demo distributor', { exact: true }).waitFor();
    await dialog.getByText('Réel', { exact: true }).waitFor();
    await dialog.getByText('quarante', { exact: true }).waitFor();
    await dialog.getByText('Le stock sera de 40.').waitFor();
    expect(await faultsHere(boss)).toEqual([]);
    await boss.screenshot({ path: join(ARTIFACTS, 'operator-refill-granting.png') });
    await dialog.getByRole('button', { name: 'Accorder' }).click();
    await ordered.waitFor({ state: 'detached' });
    expect(await unitsOf(shop, empty)).toBe(40);
  });

  it('an offer is found while its name is typed, however it is accented, and what is empty stands first', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.distributor_admin);
    const rows = page.getByRole('list', { name: 'Stock' }).getByRole('listitem');
    await rows.first().waitFor();
    const units = (await rows.locator('.row-side').allInnerTexts()).map((text) => Number(text.replaceAll(/\D/g, '')));
    expect(units).toEqual(units.toSorted((a, b) => a - b));
    await page.getByLabel('Chercher une offre').pressSequentially('spáin');
    await vi.waitFor(async () => expect(await rows.count()).toBe(1), { timeout: 60_000 });
    await rows.getByText('Mobile Spain 10 EUR').waitFor();
    await page.getByLabel('Chercher une offre').fill('nothing of that name');
    await page.getByText('Rien ne correspond.').waitFor();
  });

  it('an order that waits for a unit is seen, and cancelled', async () => {
    const shop = distributorClient(server, world.demo);
    const on_empty = { on_empty: 'park', park_until: new Date(Date.now() + 3_600_000).toISOString() } as const;
    const parameters = { msisdn: '0684587587' };
    const small = world.offer('small');
    for (let left = await unitsOf(shop, small); left > 0; left -= 1) {
      await shop.topups.create({ offer_id: small, parameters });
    }
    const order = { offer_id: small, parameters, reference: 'till-7', opentopup: on_empty };
    expect(await shop.topups.create(order)).toMatchObject({ status: 'pending', transaction: { status: 'created' } });
    const { page } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.distributor_admin);
    const waiting = page.getByRole('region', { name: 'Commandes en attente d’unités' });
    await waiting.getByText(/n° 1 dans la file .* till-7/).waitFor();
    await page.getByRole('list', { name: 'Stock' }).getByText('Une commande attend une unité').waitFor();
    expect((await pictures(page, 'shop-parked')).tooWide).toEqual([]);
    const { page: boss } = await signInTo(browser, `${server.baseUrl}/overview`, world.demo.console.operator);
    await boss.getByRole('link', { name: 'Une commande attend une unité' }).click();
    await boss
      .getByRole('region', { name: 'Commandes en attente d’unités' })
      .getByText(/till-7/)
      .waitFor();
    expect((await pictures(boss, 'operator-parked')).tooWide).toEqual([]);
    await page.reload();
    await waiting.getByRole('button', { name: 'Annuler la commande' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Annuler la commande' }).click();
    await waiting.waitFor({ state: 'detached' });
  });

  it('an order of what is sold out waits for a unit only where the seller says so', { tags: 'long' }, async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/sell`, world.demo.console.seller);
    await page.getByLabel('Numéro, code scanné, ou nom').fill('0684587587');
    await page.getByRole('button', { name: 'Mettre une commande en attente' }).click();
    const go = page.getByRole('button', { name: 'Continuer' });
    expect(await go.isDisabled()).toBe(true);
    await page.getByLabel('Laisser la commande attendre une unité').check();
    await page.getByLabel('Elle attend au plus').selectOption({ label: '3 jours' });
    expect((await pictures(page, 'seller-park')).tooWide).toEqual([]);
    await page.reload();
    await page.getByLabel('Laisser la commande attendre une unité').check();
    await go.click();
    await page.getByText('Rien n’est vendu maintenant. La commande attend').waitFor();
    await page.getByRole('button', { name: 'Laisser attendre' }).click();
    await page.getByRole('heading', { name: 'Attend une unité' }).waitFor();
    expect((await pictures(page, 'seller-parked')).tooWide).toEqual([]);
    const shop = distributorClient(server, world.demo);
    const [parked] = await allOf(shop.opentopup.parkedOrders.list({ status: 'waiting' }));
    expect(parked).toMatchObject({ place: 1, offer_id: world.offer('small'), parameters: { msisdn: '+33684587587' } });
    // What becomes of it is told by itself.
    await page.reload();
    await page.getByRole('heading', { name: 'Attend une unité' }).waitFor();
    const grant = { units: 1, reference: 'Parked', justification: 'Refill' };
    await operatorOf(server, world.demo.admin_token).stock.grant(world.offer('small'), grant);
    await page.getByRole('heading', { name: 'Vendu' }).waitFor();
  });

  it('units that were ordered are withdrawn again, as long as nobody has decided', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.distributor_admin);
    await page.getByRole('button', { name: 'Commander des unités : Mobile France 10 EUR', exact: true }).click();
    await page.getByLabel('Unités', { exact: true }).fill('7');
    await page.getByRole('button', { name: 'Commander', exact: true }).click();
    const ordered = page.getByRole('region', { name: 'Unités commandées' });
    await ordered.getByRole('button', { name: 'Retirer la commande' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer la commande' }).click();
    await ordered.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Retirer la commande' }).count()).toBe(0);
  });
});
