import type { Browser } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSupplierBooks, type SupplierBooks } from '../reconciliation/supplier-books.ts';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { made, PRODUCT } from '../support/shop.ts';
import { faultsHere } from './page-faults.ts';
import { pictures } from './pictures.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
const HOUR_MS = 3_600_000;

describe('what is done after a restore, at the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let books: SupplierBooks;
  let shop: PathCaller;
  /** Sales that the supplier has delivered, and that the restored database does not know. */
  const lost = { one: v7(), several: v7() };

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ SEALING_KEY }), startChromium()]);
    books = await openSupplierBooks(server, world);
    shop = await signInClient(server, books.client);
    const make = async (where: string, body: object) => made(await books.operator.post(`/admin/v1${where}`, body));
    const { supplier_id } = books;
    const product = { ...PRODUCT, bonus_value: 5, supplier_id, supplier_reference: '10003' };
    const product_id = (await make('/products', product)).id;
    for (const name of ['Five', 'Five, too']) {
      const { id } = await make('/offers', { distributor_id: books.distributor_id, product_id, name, resell_value: 6 });
      await make(`/offers/${id}/grants`, { units: 5, reference: 'first', justification: 'Test' });
    }
    await books.orderThere(lost.one);
    await books.orderThere(lost.several, 10_003);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
    await books?.vendor.stop();
  });

  const open = (who: 'operator' | 'support' | 'seller', path = '/month-end/recovery') =>
    signInTo(browser, server.baseUrl + path, world.demo.console[who]);
  const sell = () => shop.sell(books.offer, { msisdn: '0684587100' });

  it('begins by stopping sales, which every page says, and by asking suppliers', async () => {
    const { page, complaints } = await open('operator');
    await page.getByText('Rien n’a été restauré').waitFor();
    await page.getByText('Une sauvegarde a été restaurée').click();
    const hourAgo = new Date(Date.now() - HOUR_MS);
    const local = new Date(hourAgo.getTime() - hourAgo.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    await page.getByLabel('Quand la sauvegarde a été faite').fill(local);
    await page.getByRole('button', { name: 'Arrêter les ventes' }).click();
    expect(await faultsHere(page)).toEqual([]);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Arrêter les ventes' }).click();
    const asked = page.getByRole('region', { name: 'Ce qui a été demandé aux fournisseurs' });
    await asked.getByRole('listitem').filter({ hasText: 'DT One' }).getByText('Comparé').waitFor();
    await asked.getByText('Non couvert').first().waitFor();
    await page.getByText('1 vente à laquelle une seule offre convient').waitFor();
    await page.getByText('1 vente à laquelle plusieurs offres conviennent').waitFor();
    expect((await sell()).status).toBe(503);
    await page.goto(`${server.baseUrl}/transactions`);
    await page.getByRole('status').filter({ hasText: 'Les ventes réelles sont arrêtées' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is shown to the support, which is offered nothing of it', async () => {
    const { page } = await open('support');
    await page.getByText('1 vente à laquelle une seule offre convient').waitFor();
    const names = await page.getByRole('main').getByRole('button').allTextContents();
    expect(names).toEqual([]);
  });

  it('is told in plain words to whoever sells', async () => {
    const { page, complaints } = await open('seller', '/sell');
    await page.getByRole('status').filter({ hasText: 'Rien ne peut être vendu pour le moment' }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'seller-sales-closed')).tooWide).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('books what one offer fits at once, and of the others what somebody chooses', async () => {
    const { page, complaints } = await open('operator');
    const sales = page.getByRole('region', { name: 'Ventes que la base restaurée ne connaît pas' });
    await sales.getByText('plusieurs offres').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'operator-recovery-open')).tooWide).toEqual([]);
    await page.reload();
    await sales.getByRole('button', { name: 'Inscrire 1' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Inscrire 1' }).click();
    await sales.getByText('1 inscrite.').waitFor();
    expect((await books.operator.get(`/admin/v1/transactions/${lost.one}`)).body.status).toBe('ok');

    const end = page.getByRole('form', { name: 'Terminer la reprise' });
    await end.getByText('Des ventes perdues ne sont ni inscrites ni acceptées.').waitFor();
    await page
      .getByRole('region', { name: 'Perdues' })
      .getByText(/DT One/)
      .click();
    await page.getByRole('radio', { name: /Inscrire la vente/ }).check();
    await page.getByRole('radio', { name: 'Five (Shop)' }).check();
    const form = page.getByRole('form', { name: 'Clore l’écart' });
    await form.getByLabel('Justification').fill('Elle est de cette offre');
    expect(await faultsHere(page)).toEqual([]);
    await form.getByRole('button', { name: 'Clore l’écart' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Inscrire la vente' }).click();
    await sales.getByText('Aucune vente n’est perdue').waitFor();
    expect((await books.operator.get(`/admin/v1/transactions/${lost.several}`)).body.offer_name).toBe('Five');
    expect(complaints).toEqual([]);
  });

  it('ends with a reason, and opens sales again', async () => {
    const { page } = await open('operator');
    const end = page.getByRole('form', { name: 'Terminer la reprise' });
    // Whoever lists nothing has to be named.
    const { not_covered } = (await books.operator.get('/admin/v1/recovery')).body;
    expect(not_covered).toContain('Orange Spain');
    const why = `Par téléphone : ${not_covered.join(', ')}`;
    await end.getByText(/à nommer dans la justification : .*Orange Spain/).waitFor();
    await end.getByLabel('Justification').fill(why);
    await end.getByRole('button', { name: 'Terminer la reprise' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Rouvrir les ventes' }).click();
    await page.getByText(why).waitFor();
    await page
      .getByRole('status')
      .filter({ hasText: 'Les ventes réelles sont arrêtées' })
      .waitFor({ state: 'detached' });
    expect((await sell()).body.status).toBe('ok');
    expect(await faultsHere(page)).toEqual([]);
  });
});
