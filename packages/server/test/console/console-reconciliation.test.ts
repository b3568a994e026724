import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSupplierBooks, type SupplierBooks } from '../reconciliation/supplier-books.ts';
import { callerWith } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere, pageFaults } from './page-faults.ts';
import { pictures } from './pictures.ts';

/** Two servers are started, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });
const HOUR_MS = 3_600_000;

describe('the books of suppliers at the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let books: SupplierBooks;
  let from: string;
  let to: string;
  let takenBack: string;
  let kept: string;

  beforeAll(async () => {
    world = await createWorld('pglite');
    server = await world.start({ SEALING_KEY });
    books = await openSupplierBooks(server, world);
    from = new Date().toISOString().slice(0, 10);
    kept = await books.sell();
    takenBack = await books.sell();
    await books.endThere(takenBack, 'REVERSED');
    await books.orderThere('somebody-elses');
    await server.stop();
    // What was sold a moment ago is not compared: the server that compares is an hour ahead.
    [server, browser] = await Promise.all([
      world.start({ SEALING_KEY }, new Date(Date.now() + HOUR_MS)),
      startChromium(),
    ]);
    to = new Date(Date.now() + HOUR_MS).toISOString().slice(0, 10);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
    await books?.vendor.stop();
  });

  /** The operator at the server that runs now. */
  const operatorHere = () => callerWith(server, world.demo.admin_token);
  const open = (who: keyof DemoPlace['demo']['console'], path: string) =>
    signInTo(browser, server.baseUrl + path, world.demo.console[who]);
  const choose = (page: Page, label: string, option: string) =>
    page.getByLabel(label, { exact: true }).selectOption({ label: option });

  it('are compared with what a supplier lists, and each difference is named with its day', async () => {
    const { page, complaints } = await open('operator', '/transactions');
    await page.getByRole('navigation', { name: 'Navigation' }).getByRole('link', { name: 'Fin de mois' }).click();
    await page.getByText('Rien n’a encore été rapproché').waitFor();
    const form = page.getByRole('form', { name: 'Comparer avec ce qu’un fournisseur liste' });
    await form.getByLabel('Fournisseur').selectOption({ label: 'DT One' });
    await form.getByLabel('Premier jour').fill(from);
    await form.getByLabel('Dernier jour').fill(to);
    await form.getByRole('button', { name: 'Comparer' }).click();
    await page
      .getByRole('region', { name: 'Rapprochement', exact: true })
      .getByText('2 écarts', { exact: true })
      .waitFor();
    const days = page.getByRole('region', { name: 'Par jour' }).first();
    expect(await days.getByRole('row').count()).toBeGreaterThan(1);
    const cases = page.getByRole('list', { name: 'Écarts' }).getByRole('listitem');
    await cases.filter({ hasText: 'Livrée là-bas, inconnue ici' }).waitFor();
    await cases.filter({ hasText: 'Autre résultat là-bas' }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('differ in a case that somebody takes, notes, and ends by what mends it', async () => {
    const { page, complaints } = await open('operator', '/month-end/cases?status=open');
    await page.getByRole('link', { name: /Autre résultat là-bas/ }).click();
    const sides = page.getByRole('region', { name: 'Les deux côtés' }).first();
    await sides.getByRole('row', { name: /Résultat Livrée Annulée/ }).waitFor();
    await page.getByRole('button', { name: 'M’en charger', exact: true }).click();
    await page.getByRole('button', { name: 'Ne plus m’en charger' }).waitFor();
    await page.getByLabel('Noter').fill('Demandé au fournisseur, ticket 4711');
    await page.getByRole('button', { name: 'Noter' }).click();
    const { email } = world.demo.console.operator;
    const notes = page.getByRole('region', { name: 'Notes' });
    await notes.getByRole('listitem').filter({ hasText: 'ticket 4711' }).getByText(email).waitFor();
    await page.getByRole('radio', { name: /Annuler la vente/ }).check();
    await choose(page, 'Pourquoi', 'Le fournisseur l’a repris');
    await page.getByLabel('Justification').fill('Reprise là-bas');
    expect(await faultsHere(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clore l’écart' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Annuler la vente' }).click();
    await page.getByRole('form', { name: 'Clore l’écart' }).waitFor({ state: 'detached' });
    await page.getByText('Reprise là-bas').waitFor();
    expect((await operatorHere().get(`/admin/v1/transactions/${takenBack}`)).body).toMatchObject({
      status: 'ko',
      reversal: { reason: 'refunded' },
    });
    await page.getByRole('link', { name: 'Tous les écarts' }).click();
    await page.getByRole('link', { name: /Livrée là-bas, inconnue ici/ }).waitFor();
    await page.getByRole('link', { name: /Autre résultat là-bas/ }).waitFor({ state: 'detached' });
    await choose(page, 'État', 'Tous');
    await choose(page, 'S’en charge', 'Moi');
    await page.getByRole('link', { name: /Livrée là-bas, inconnue ici/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Autre résultat là-bas/ }).waitFor();
    await choose(page, 'S’en charge', 'Personne encore');
    await page.getByRole('link', { name: /Autre résultat là-bas/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Livrée là-bas, inconnue ici/ }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'operator-cases-of-nobody')).tooWide).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('are for the support to take care of, and not to end', async () => {
    const { page } = await open('support', '/month-end/cases?status=open');
    await page.getByRole('link', { name: /Livrée là-bas, inconnue ici/ }).click();
    await page.getByRole('button', { name: 'M’en charger', exact: true }).waitFor();
    expect(await page.getByRole('form', { name: 'Clore l’écart' }).count()).toBe(0);
    await page.goto(`${server.baseUrl}/month-end/reconciliations`);
    await page.getByRole('form', { name: 'Comparer avec ce qu’un fournisseur liste' }).waitFor();
    expect(await page.getByRole('link', { name: 'Comparer un fichier' }).count()).toBe(0);
  });

  it('are compared with a file: how it is read is said once, and what is wrong is told line by line', async () => {
    const { page, complaints } = await open('operator', '/month-end/file');
    const at = new Date().toISOString().slice(0, 19);
    const whole = `Fait le;Réf.;Prix;État\n${at};${kept};2,00;Livrée\n${at};${takenBack};1,86;Reprise\n`;
    const give = (text: string) =>
      page
        .getByLabel('Fichier', { exact: true })
        .setInputFiles({ name: 'novembre.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const look = page.getByRole('button', { name: 'Regarder', exact: true });
    await choose(page, 'Fournisseur', 'DT One');
    await page.getByLabel('Premier jour').fill(from);
    await page.getByLabel('Dernier jour').fill(to);
    await give(whole.replace('2,00', '2,0.0').replace('Reprise', 'Perdue'));
    await look.click();
    await page.getByText('Personne n’a encore dit comment').waitFor();
    await choose(page, 'Date et heure', 'Fait le');
    await choose(page, 'Notre référence', 'Réf.');
    await choose(page, 'Coût facturé', 'Prix');
    await choose(page, 'État', 'État');
    await choose(page, 'Devant les décimales', 'une virgule');
    await page.getByLabel('Fuseau horaire').fill('UTC');
    await page.getByLabel('Devise des montants').fill('EUR');
    await page.getByLabel('Livrée', { exact: true }).fill('Livrée');
    await page.getByLabel('Annulée', { exact: true }).fill('Reprise');
    await page.getByRole('button', { name: 'Garder et regarder à nouveau' }).click();
    const errors = page.getByRole('alert').filter({ hasText: '2 erreurs : rien n’est gardé' });
    await errors.getByRole('row', { name: '2 Prix 2,0.0 n’est pas un montant' }).waitFor();
    await errors.getByRole('row', { name: '3 État on ne sait pas ce que veut dire Perdue' }).waitFor();
    expect(await faultsHere(page)).toEqual([]);

    await give(whole);
    await look.click();
    await page.getByText('Autre prix là-bas : 1').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    await page.getByRole('button', { name: 'Garder ce rapprochement' }).click();
    await page.getByRole('region', { name: 'Rapprochement', exact: true }).getByText('novembre.csv').waitFor();
    await page.getByRole('link', { name: /Autre prix là-bas 1,86 € \/ 2,00 €/ }).waitFor();

    await page.goto(`${server.baseUrl}/month-end/file?supplier=${books.supplier_id}&from=${from}`);
    await page.getByLabel('Dernier jour').fill(to);
    await give(whole);
    await look.click();
    await page.getByRole('button', { name: 'Garder ce rapprochement' }).click();
    await page.getByText('Ce fichier a déjà été comparé').waitFor();
    expect(complaints).toEqual([]);
  });

  it('have pages that fit phone and desk in both languages, without a fault that axe finds', async () => {
    const [run] = (await operatorHere().get('/admin/v1/reconciliations?limit=1')).body;
    const [found] = (await operatorHere().get('/admin/v1/reconciliation-cases?limit=1')).body;
    const pages = {
      reconciliations: '/month-end/reconciliations',
      reconciliation: `/month-end/reconciliations/${run.id}`,
      cases: '/month-end/cases',
      case: `/month-end/cases/${found.id}`,
      'books-file': '/month-end/file',
    };
    const look = { phone: true, dark: true };
    const { page, complaints } = await signInTo(browser, server.baseUrl, world.demo.console.operator, look);
    const tooWide: string[] = [];
    for (const [name, path] of Object.entries(pages)) {
      expect(await pageFaults(page, server.baseUrl, [path])).toEqual([]);
      tooWide.push(...(await pictures(page, `operator-${name}`)).tooWide);
    }
    expect(tooWide).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
