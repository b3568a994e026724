import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { pictures } from './pictures.ts';

describe('the reversal of a sale at the console', () => {
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

  const open = async (who: keyof DemoPlace['demo']['console'], path: string): Promise<Page> =>
    (await signInTo(browser, server.baseUrl + path, world.demo.console[who])).page;
  const sell = async (): Promise<string> =>
    (await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' })).body.id as string;
  const fill = (page: Page) => page.getByLabel('Justification').fill('Rien sur la ligne');

  it('is asked for by a seller, and decided by the operator above the list', async () => {
    const id = await sell();
    const seller = await open('seller', `/transactions/${id}`);
    await seller.getByText('Demander l’annulation de cette vente').first().click();
    await fill(seller);
    await seller.getByRole('button', { name: 'Demander l’annulation de cette vente' }).click();
    await seller.getByText('C’est demandé.').waitFor();

    const operator = await open('operator', '/transactions');
    const requests = operator.getByRole('region', { name: 'Demandes d’annulation' });
    await fill(operator);
    await requests.getByRole('button', { name: 'Annuler la vente' }).click();
    await requests.waitFor({ state: 'detached' });
    expect((await shop.get(`/distributors/transactions/${id}`)).body).toMatchObject({
      status: 'ko',
      reason: 'reversed',
    });
    await seller.reload();
    await seller.getByText('Rien n’est arrivé au client. L’unité est rendue.').waitFor();
  });

  it('is made by the operator on the page of the sale, where it then stands', async () => {
    const operator = await open('operator', `/transactions/${await sell()}`);
    await operator.getByText('Annuler cette vente').first().click();
    await operator.getByLabel('Pourquoi').selectOption({ label: 'Vendue par erreur' });
    await fill(operator);
    await operator.getByRole('button', { name: 'Annuler cette vente' }).click();
    await operator.getByText('Vendue par erreur. L’unité est rendue.').waitFor();
    expect(await operator.getByText('Annuler cette vente').count()).toBe(0);
    const told = () => operator.locator('.badge').first().textContent();
    expect(await told()).toBe('Annulée');
    await operator.goto(new URL('/transactions', operator.url()).href);
    await operator.locator('.badge').first().waitFor();
    expect(await told()).toBe('Annulée');
  });

  it('stands beside the story of the sale, which is shared by a link that is closed again', async () => {
    const page = await open('distributor_admin', `/transactions/${await sell()}`);
    await page.getByText('Partager l’histoire de cette vente').click();
    await page.getByRole('button', { name: 'Créer un lien' }).click();
    const address = await page.getByRole('region', { name: 'Adresse, montrée cette fois seulement' }).textContent();
    expect((await fetch(address ?? '')).status).toBe(200);
    expect((await pictures(page, 'shop-dispute-link')).tooWide).toEqual([]);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('button', { name: 'Fermer' }).click();
    await page.getByText(/ouvert jusqu/).waitFor({ state: 'detached' });
    expect((await fetch(address ?? '')).status).not.toBe(200);
  });
});
