import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';
import { pictures } from './pictures.ts';

const PATIENCE = { timeout: 60_000, interval: 200 };

describe('the overview in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
    const shop = await signInClient(server, world.demo);
    const orders = ['0684587587', '0684587587', '0684587587', '0684587002'];
    await Promise.all(orders.map((msisdn) => shop.sell(world.offer('msisdn'), { msisdn })));
    await shop.sell(world.offer('empty'), { msisdn: '0684587587' });
    // Refusals come within moments.
    await vi.waitFor(async () => {
      const { totals } = (await shop.get('/v1/overview')).body;
      if (totals.refused === 0) throw new Error('the refusal is not counted yet');
    }, PATIENCE);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const open = async (who: string, query = '', look = {}): Promise<{ page: Page; complaints: string[] }> => {
    const person = world.demo.console[who as keyof typeof world.demo.console];
    const { page, complaints } = await signInTo(browser, `${server.baseUrl}/overview${query}`, person, look);
    await page.getByRole('heading', { name: 'Aperçu' }).waitFor();
    return { page, complaints };
  };
  const figure = (page: Page, name: string) => page.locator('.figure').filter({ hasText: name }).locator('dd').first();

  it('says what to do as long as there is nothing to see', async () => {
    // A second distributor of the demo has no offers, so it never will.
    const { page } = await open('operator', `?distributor=${(await ofOther()).id}`);
    await page.getByText('Aucune commande sur cette période').waitFor();
    await page.getByText('Choisissez une période plus longue').waitFor();
    expect(await page.locator('.figure').count()).toBe(0);
  });

  const ofOther = async (): Promise<{ id: string }> => {
    const { token } = await signInClient(server, world.demo.other);
    return { id: JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).distributor_id };
  };

  it('shows what was sold and refused, in figures, in plots that can be read, and in tables', async () => {
    const { page, complaints } = await open('viewer', '', { phone: true });
    await figure(page, 'Ventes').waitFor();
    const told = ['Ventes', 'Taux de réussite', 'Échecs', 'Refusées'].map((name) => figure(page, name).innerText());
    expect(await Promise.all(told)).toEqual(['3', expect.stringMatching(/^75\s%$/), '1', '1']);

    const plot = page.getByRole('img', { name: 'Commandes par jour' });
    const reading = page.locator('.card').filter({ has: plot }).locator('.legend');
    expect(await reading.innerText()).toMatch(/Ventes\s*3.*Échecs\s*1/s);
    const last = await reading.locator('strong').innerText();
    // Pointing at the first of seven days reads that one.
    await plot.hover({ position: { x: 60, y: 80 } });
    await vi.waitFor(async () => expect(await reading.locator('strong').innerText()).not.toBe(last), PATIENCE);
    expect(await reading.innerText()).toMatch(/Ventes\s*0/);

    await page.getByText('Les chiffres du graphique').first().click();
    const numbers = page.getByRole('region', { name: 'Commandes par jour' }).getByRole('row');
    expect(await numbers.count()).toBe(8);
    expect((await numbers.nth(1).innerText()).split(/\s+/).slice(-4)).toEqual(['3', '0', '1', '1']);

    const row = (table: string, name: string): Promise<string> =>
      page.getByRole('region', { name: table }).getByRole('row').filter({ hasText: name }).first().innerText();
    expect(await row('Par offre', 'Mobile France 10 EUR')).toMatch(/3\s+0\s+75/);
    expect(await row('Par fournisseur', 'Orange France')).toMatch(/ms/);
    expect(await row('Pourquoi des commandes', 'bucket_empty')).toMatch(/0\s+1\s+0$/);
    expect(complaints).toEqual([]);
  });

  it('keeps the period in the address, and for the operator the distributor', async () => {
    const { page } = await open('operator');
    await page.getByLabel('Période').selectOption({ label: '90 jours' });
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor (Réel)' });
    await page.waitForURL(/span=quarter&distributor=[0-9a-f-]{36}/);
    await page.reload();
    await page.getByText(/^Comparé aux 90 jours d’avant, jusqu’à \d\d:00 des deux côtés/).waitFor();
    await page.getByLabel('Période').selectOption({ label: 'Aujourd’hui' });
    await page.getByRole('img', { name: 'Commandes par heure' }).waitFor();
    expect(page.url()).toMatch(/span=today&distributor=/);
    await page.getByLabel('Fuseau horaire').fill('Paris');
    await page.getByText('Ce fuseau n’existe pas').waitFor();
    await page.getByLabel('Fuseau horaire').fill('Pacific/Auckland');
    await page.getByLabel('Période').selectOption({ label: 'Ses propres dates' });
    await page.getByLabel('Du', { exact: true }).fill('2026-01-01');
    await page.waitForURL(/from=2026-01-01&to=\d{4}-\d\d-\d\d/);
    await page.getByText(/^Comparé à autant de jours d’avant/).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'operator-overview-own-dates')).tooWide).toEqual([]);
    await page.reload();
    await page.getByLabel('Tableau à exporter').selectOption({ label: 'Par fournisseur' });
    await page.getByLabel('Fichier', { exact: true }).selectOption('csv');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^Par fournisseur-.*\.csv$/);
    const [titles] = (await readFile(await file.path(), 'utf8')).split(/\r?\n/);
    expect(titles).toMatch(/^supplier_name,orders,ok,/);
  });
});
