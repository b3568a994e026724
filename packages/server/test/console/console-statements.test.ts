import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere } from './page-faults.ts';
import { pictures } from './pictures.ts';

const DAY_MS = 86_400_000;
const NAME = 'Mobile France 10 EUR';

describe('the statements at the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ SEALING_KEY }), startChromium()]);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const open = (who: 'operator' | 'support' | 'distributor_admin', path: string) =>
    signInTo(browser, server.baseUrl + path, world.demo.console[who]);

  const chooseLive = async (page: Page): Promise<void> => {
    const choice = page.getByLabel('Distributeur');
    await choice.selectOption({ label: 'Demo distributor (Réel)' });
  };

  it('have the VAT that a product is given from some moment on', async () => {
    const { page, complaints } = await open('operator', '/month-end/vat');
    await page.getByLabel('Produit').selectOption({ label: NAME });
    await page.getByText('Aucun taux : ses ventes sont sans TVA.').waitFor();
    await page.getByLabel('Taux en pour cent').fill('5.5');
    await page.getByRole('button', { name: 'Fixer le taux' }).click();
    const rates = page.getByRole('region', { name: 'Ses taux' });
    await rates.getByText('5,5 %').waitFor();
    await page.getByLabel('À partir de').fill('2020-01-01T00:00');
    await page.getByRole('button', { name: 'Fixer le taux' }).click();
    await page.getByText('les ventes gardent le taux de leur commande').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect((await pictures(page, 'operator-vat-rates')).tooWide).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('are closed by the operator, and downloaded by their distributor', async () => {
    const shop = await rawSignIn(server, world.demo);
    for (const ending of ['587', '588', '589']) {
      await shop.sell(world.offer('msisdn'), { msisdn: `0684587${ending}` });
    }
    await server.stop();
    server = await world.start({ SEALING_KEY }, new Date(Date.now() + 32 * DAY_MS));

    const { page: operator, complaints } = await open('operator', '/month-end/statements');
    await operator.getByText('Aucun relevé').waitFor();
    await chooseLive(operator);
    await operator.getByRole('button', { name: 'Clôturer le prochain' }).click();
    await operator.getByRole('alertdialog').getByRole('button', { name: 'Clôturer' }).click();
    await operator.getByText(/Relevé 1 ·/).waitFor({ timeout: 60_000 });
    await operator.getByText('TVA 5,5 %').waitFor();
    const zone = operator.getByLabel('Fuseau horaire');
    await zone.fill('Mars/Base');
    await operator.getByRole('button', { name: 'Enregistrer' }).click();
    await operator.getByText('il faut un nom comme Europe/Paris').waitFor();
    await zone.fill('Europe/Madrid');
    await operator.getByRole('button', { name: 'Enregistrer' }).click();
    await operator.getByText('C’est enregistré.').waitFor();
    expect(await faultsHere(operator)).toEqual([]);
    expect((await pictures(operator, 'operator-statements-closed')).tooWide).toEqual([]);

    const { page: admin } = await open('distributor_admin', '/overview');
    await admin.getByRole('link', { name: 'Relevés' }).click();
    await admin.getByRole('heading', { name: 'Relevé 1' }).waitFor();
    for (const form of ['PDF', 'Excel', 'JSON signé']) {
      const download = admin.waitForEvent('download');
      await admin.getByRole('button', { name: `Télécharger ${form}`, exact: true }).click();
      expect((await download).suggestedFilename()).toMatch(/^statement-\d{4}-\d{2}-\d{2}-1\.(pdf|xlsx|json)$/);
    }
    expect(await admin.getByLabel('Fuseau horaire').inputValue()).toBe('Europe/Madrid');
    expect(await faultsHere(admin)).toEqual([]);
    expect((await pictures(admin, 'shop-statements-closed')).tooWide).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('are for the support to read, and not to close', async () => {
    const { page } = await open('support', '/month-end/statements');
    await page.getByText(/Relevé 1 ·/).waitFor();
    await chooseLive(page);
    await page.getByText(/Relevé 1 ·/).waitFor();
    expect(await page.getByRole('button', { name: /Clôturer|Enregistrer/ }).count()).toBe(0);
  });
});
