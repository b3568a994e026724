import { randomUUID } from 'node:crypto';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkToken } from '../support/browser.ts';
import { startChromium } from '../support/chromium.ts';
import { fillSignIn, lookAt, signInTo } from '../support/console.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

describe('selling in the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;
  let operator: RawCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const url = (path: string): string => server.baseUrl + path;
  const seller = async (path: string): Promise<Page> =>
    (await signInTo(browser, url(path), world.demo.console.seller, { phone: true })).page;
  const dialog = (page: Page) => page.getByRole('alertdialog');
  const sellButton = (page: Page) => dialog(page).getByRole('button', { name: 'Vendre' });
  const outcome = (page: Page, words: string) => page.getByRole('heading', { name: words, exact: true }).waitFor();
  /** Types a number, up to the question. */
  const order = async (page: Page, number: string): Promise<void> => {
    await page.getByLabel('Numéro à recharger').pressSequentially(number);
    await page.keyboard.press('Enter');
    await dialog(page).waitFor();
  };
  /** The server carries out the next POST to there, and its answer is lost on the way. */
  const loseOneAnswer = async (page: Page, path: string): Promise<void> => {
    let isLost = false;
    await page.route(path, async (route) => {
      if (isLost || route.request().method() !== 'POST') return route.fallback();
      isLost = true;
      await route.fetch();
      return route.abort('connectionreset');
    });
  };
  /** Waits until it has the keyboard. */
  const focused = async (control: Locator): Promise<void> => {
    await expect.poll(() => control.evaluate((element) => element.matches(':focus')), { timeout: 60_000 }).toBe(true);
  };
  /** Says yes as a person does: what comes sooner after a question is a scanner's Enter, and answers nothing. */
  const answer = async (page: Page): Promise<void> => {
    await focused(sellButton(page));
    await page.waitForTimeout(250);
    await page.keyboard.press('Enter');
  };
  const countClicks = async (page: Page): Promise<() => Promise<number>> => {
    await page.evaluate(`clicks = 0; addEventListener('pointerdown', () => { clicks += 1; }, true)`);
    return () => page.evaluate<number>('clicks');
  };
  const soldTo = async (line: string): Promise<string[]> => {
    const { body } = await shop.get(`/distributors/transactions?line=${encodeURIComponent(line)}`);
    return body.map(({ status }: { status: string }) => status);
  };

  it('leads from the first start to the first sale: an operator, an invited seller, a sale by keyboard alone', async () => {
    const link = /http\S+\/password#\S+/.exec(server.output())?.[0] ?? '';
    const { page: boss } = await lookAt(browser, link);
    await boss.getByLabel('Adresse e-mail').fill('boss@operator.example');
    await boss.getByLabel('Nouveau mot de passe').fill('four brown horses');
    await boss.getByRole('button', { name: 'Enregistrer et se connecter' }).click();
    await boss.getByRole('navigation', { name: 'Navigation' }).waitFor();

    await boss.goto(url('/settings/staff'));
    await boss.getByLabel('Adresse e-mail').fill('new-seller@shop.example');
    await boss.getByLabel('Distributeur').selectOption({ label: 'Demo distributor' });
    await boss.getByRole('button', { name: 'Inviter' }).click();
    const invitation = await boss.getByRole('region', { name: 'Lien personnel' }).innerText();
    expect(linkToken(invitation)).toMatch(/^[\w-]{43}$/);

    const { page, complaints } = await lookAt(browser, invitation, { phone: true });
    await page.getByLabel('Nouveau mot de passe').fill('five white horses');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Mobile France 10 EUR France/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Un numéro mobile : France').waitFor();
    await page.keyboard.type('0684581001x');
    expect(await page.getByLabel('Numéro à recharger').inputValue()).toBe('06 84 58 10 01');
    await page.getByText('France · mobile').waitFor();
    await page.getByLabel('Numéro à recharger').fill('+33 6 84 58 75 87');
    await page.keyboard.press('Enter');
    await answer(page);
    await outcome(page, 'Vendu');
    await page.getByText('La recharge a été effectuée.').waitFor();
    expect(await soldTo('+33684587587')).toEqual(['ok']);
    expect(complaints).toEqual([]);
  });

  it('sells by the keyboard alone, one customer after the other: a number, Enter, the digit of an amount, Enter', async () => {
    const page = await seller('/sell');
    const clicks = await countClicks(page);
    for (const number of ['0684581101', '0684581102']) {
      await focused(page.getByLabel('Numéro, code scanné, ou nom'));
      await page.keyboard.type(number);
      await page.getByText(`+33${number.slice(1)} · France`).waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('1');
      await dialog(page).getByText('Mobile France 10 EUR').waitFor();
      await answer(page);
      await outcome(page, 'Vendu');
    }
    expect(await clicks()).toBe(0);
    expect(await soldTo('+33684581102')).toEqual(['ok']);
  });

  it('sells on a phone with two clicks beside the number, the next sale too', async () => {
    const page = await seller('/sell');
    const clicks = await countClicks(page);
    for (const [sales, number] of ['0684581103', '0684581104'].entries()) {
      await focused(page.getByLabel('Numéro, code scanné, ou nom'));
      await page.keyboard.type(number);
      await page.getByRole('button', { name: /^Mobile France 10 EUR France/ }).click();
      await sellButton(page).click();
      await outcome(page, 'Vendu');
      expect(await clicks()).toBe(2 * (sales + 1));
    }
    expect(await soldTo('+33684581103')).toEqual(['ok']);
  });

  it('says before the question that a line was sold to moments ago, at whatever till', { tags: 'long' }, async () => {
    expect((await shop.sell(world.offer('msisdn'), { msisdn: '0684581105' })).status).toBe(201);
    const page = await seller('/sell');
    await focused(page.getByLabel('Numéro, code scanné, ou nom'));
    await page.keyboard.type('06 84 58 11 05');
    await page.getByText(/Déjà vendu à cette ligne, .* : Mobile France 10 EUR \(Réussie\)/).waitFor();
    await page.getByRole('button', { name: /^Mobile France 10 EUR France/ }).click();
    await dialog(page).getByText('Déjà vendu à cette ligne').waitFor();
    expect(await soldTo('+33684581105')).toEqual(['ok']);
  });

  it('takes scanned codes one after the other without selling: the second replaces the first, and answers no question', async () => {
    const page = await seller('/sell');
    /** What a scanner types, Enter included, where the keyboard is; true where that Enter does something of its own. */
    const scan = (code: string): Promise<boolean> =>
      page.evaluate<boolean>(`${JSON.stringify([...code, 'Enter'])}.map((key) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))).at(-1)`);
    await focused(page.getByLabel('Numéro, code scanné, ou nom'));
    await page.keyboard.type('0684581106');
    await page.keyboard.press('Enter');
    await focused(page.locator('.offer-choice').first());
    expect(await scan('0684581107')).toBe(false);
    await page.getByText('+33684581107 · France').waitFor();
    expect(await dialog(page).count()).toBe(0);
    await page.getByRole('button', { name: /^Mobile France 10 EUR France/ }).click();
    await focused(sellButton(page));
    expect(await scan('0684581108')).toBe(false);
    await dialog(page).getByText('06 84 58 11 07').waitFor();
    expect([await soldTo('+33684581106'), await soldTo('+33684581107')]).toEqual([[], []]);
  });

  it('knows a scanned serial for one, and what recharges it', { tags: 'long' }, async () => {
    const page = await seller('/sell');
    await focused(page.getByLabel('Numéro, code scanné, ou nom'));
    await page.keyboard.type(']C18991101200003204514');
    await page
      .getByRole('button', { name: /Travelers/ })
      .first()
      .click();
    await dialog(page).getByText('8991 1012 0000 3204 514').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('offers favourites first, then what was sold last', { tags: 'long' }, async () => {
    const page = await seller('/sell');
    const names = () => page.locator('.offer-choice .offer-name').allInnerTexts();
    await page.locator('.offer-choice').first().waitFor();
    const before = await names();
    const wanted = before.at(-1) ?? '';
    await page
      .getByRole('button', { name: `Favori : ${wanted}`, exact: true })
      .first()
      .click();
    await expect.poll(async () => (await names())[0], { timeout: 60_000 }).toBe(wanted);
    await page.reload();
    await expect.poll(async () => (await names())[0], { timeout: 60_000 }).toBe(wanted);
  });

  it('says why a number does not do, while it is typed and before anything is asked', { tags: 'long' }, async () => {
    const page = await seller(`/sell?offer=${world.offer('msisdn')}`);
    const orders: string[] = [];
    page.on('request', (request) => void (request.method() === 'POST' && orders.push(request.url())));
    const number = page.getByLabel('Numéro à recharger');
    await number.pressSequentially('0145000000');
    await page.getByText("Ce n'est pas un numéro mobile.").waitFor();
    await number.fill('+34612345678');
    await page.getByText("Ce numéro est celui d'un autre pays ou territoire : Espagne.").waitFor();
    await number.fill('0692123456');
    await page.getByText("Ce numéro est celui d'un autre pays ou territoire : La Réunion.").waitFor();
    await number.fill('');
    await number.pressSequentially('06 84 58 75 ');
    await page.getByText('Il manque 2 chiffres.').waitFor();
    await number.pressSequentially('8');
    expect(await number.inputValue()).toBe('06 84 58 75 8');
    await page.getByText('Il manque un chiffre.').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Il manque un chiffre.' }).waitFor();
    expect(await dialog(page).count()).toBe(0);
    expect(orders).toEqual([]);
    await number.pressSequentially('7');
    await page.getByText('France · mobile').waitFor();
  });

  it('reads the serial of a SIM as it is scanned, and sells one without its check digit where that is only told', {
    tags: 'long',
  }, async () => {
    const TRAVELERS = '92d376d4-0c18-4da8-9e6e-4dd173bc554e';
    const page = await seller(`/sell?offer=${world.offer('simId')}`);
    const serial = page.getByLabel('Numéro de série de la SIM');
    await serial.pressSequentially(']C18991101200003204514F');
    expect(await serial.inputValue()).toBe('8991 1012 0000 3204 514');
    await page.getByText('19 chiffres').waitFor();
    await serial.fill('89911012000A3204514');
    await page.getByText("Le numéro de série d'une carte SIM n'a que des chiffres.").waitFor();
    await serial.fill('8991101200003204511');
    await page.getByRole('alert').filter({ hasText: 'un chiffre est faux, manque ou est de trop' }).waitFor();

    expect((await operator.patch(`/admin/v1/suppliers/${TRAVELERS}`, { sim_check_digit: 'warn' })).status).toBe(200);
    await page.reload();
    await page.getByText('un chiffre est faux, manque ou est de trop').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await serial.press('Enter');
    await sellButton(page).click();
    await outcome(page, 'Vendu');
    await page.getByText('un chiffre est faux, manque ou est de trop').waitFor();
    expect(await soldTo('8991 1012 0000 3204 511')).toEqual(['ok']);
  });

  it('tells that an offer is empty; once the operator has granted units in two steps, it sells', {
    tags: 'long',
  }, async () => {
    const offer = world.offer('empty');
    const grant = { units: 1, reference: 'one', justification: 'The last one' };
    expect((await operator.post(`/admin/v1/offers/${offer}/grants`, grant)).status).toBe(201);
    const page = await seller(`/sell?offer=${offer}`);
    await order(page, '0684582082');
    expect((await shop.sell(offer, { msisdn: '0684582083' })).status).toBe(201);
    await sellButton(page).click();
    await page.getByText('Pas vendu : le stock de cette offre est vide.').waitFor();
    expect(await page.getByLabel('Numéro à recharger').inputValue()).toBe('06 84 58 20 82');

    const { page: boss } = await signInTo(browser, url('/stock'), world.demo.console.operator);
    await boss.getByRole('button', { name: 'Approvisionner : Mobile France 10 EUR, sold out' }).first().click();
    await boss.getByLabel('Unités').fill('5');
    await boss.getByLabel('Référence').fill('PO-4711');
    await boss.getByLabel('Justification').fill('Monthly order');
    await boss.getByRole('button', { name: 'Vérifier' }).click();
    await boss.getByText('+ 5 unités : le stock sera de 5.').waitFor();
    expect(await shop.stock(offer)).toBe(0);
    await boss.getByRole('button', { name: 'Ajouter au stock' }).click();
    await dialog(boss).waitFor({ state: 'detached' });
    expect(await shop.stock(offer)).toBe(5);

    await page.reload();
    await page.getByLabel('Numéro à recharger').press('Enter');
    await sellButton(page).click();
    await outcome(page, 'Vendu');
    expect(await shop.stock(offer)).toBe(4);
  });

  it('prints the receipt of a sale, and shows the sale, with the price that the customer paid then', async () => {
    const path = `/distributors/offers/${world.offer('msisdn')}`;
    const fee = (distributor_fees: number) => shop.patch(path, { distributor_fees, distributor_fees_type: 'value' });
    expect((await fee(0)).body).toMatchObject({ public_price: 7.92 });
    const { body: sale } = await shop.sell(world.offer('msisdn'), { msisdn: '0684583083' });
    expect((await fee(2.08)).body).toMatchObject({ public_price: 10 });

    const page = await seller(`/sell?sale=${sale.id}`);
    const receipt = page.getByRole('region', { name: 'Reçu' });
    expect((await receipt.innerText()).replaceAll(/\s+/g, ' ')).toContain('Prix 7,92 €');
    await page.goto(url(`/transactions/${sale.id}`));
    const shown = page.getByRole('region', { name: 'Faits' });
    expect((await shown.innerText()).replaceAll(/\s+/g, ' ')).toContain('Coût 7,92 € Marge 0,00 € Prix client 7,92 €');
    await fee(0);
  });

  it('lets the operator add a distributor and an offer, which is there at once, with an empty stock', {
    tags: 'long',
  }, async () => {
    const { page } = await signInTo(browser, url('/settings/distributors'), world.demo.console.operator);
    const shopName = `Corner shop ${randomUUID()}`;
    const offerName = `Ten of ${shopName}`;
    const form = (name: string) => page.locator('form').filter({ has: page.getByRole('heading', { name }) });
    await form('Ajouter un distributeur').getByLabel('Nom').fill(shopName);
    await form('Ajouter un distributeur').getByRole('button').click();
    const shopRow = page.getByRole('listitem').filter({ hasText: shopName });
    await shopRow.waitFor();
    const offer = form('Ajouter une offre');
    await offer.getByLabel('Distributeur', { exact: true }).selectOption({ label: shopName });
    await offer.getByLabel('Produit').selectOption({ index: 0 });
    await offer.getByLabel('Nom de l’offre').fill(offerName);
    await offer.getByLabel(/^Prix facturé/).fill('7.92');
    await offer.getByRole('button').click();
    await shopRow.getByText('1 offre', { exact: true }).waitFor();
    await shopRow.getByRole('link', { name: shopName }).click();
    await page.getByRole('link', { name: offerName }).waitFor();
    const { body: all } = await operator.get('/admin/v1/offers?limit=1000');
    const made = all.find(({ name }: { name: string }) => name === offerName);
    expect(made).toMatchObject({ resell_value: 7.92, bucket: { available: 0 } });
  });

  it('adds a distributor and its sandbox once, and credentials never twice, where answers are lost', {
    tags: 'long',
  }, async () => {
    const { page } = await signInTo(browser, url('/settings/distributors'), world.demo.console.operator);
    const name = `Lossy ${randomUUID()}`;
    const form = page.locator('form').filter({ has: page.getByRole('heading', { name: 'Ajouter un distributeur' }) });
    const named = async (wanted: string): Promise<unknown[]> => {
      const { body } = await operator.get('/admin/v1/distributors?limit=1000');
      return body.filter((each: { name: string }) => each.name === wanted);
    };
    await loseOneAnswer(page, '**/admin/v1/distributors');
    await form.getByLabel('Nom').fill(name);
    await form.getByRole('button').click();
    await page.getByRole('listitem').filter({ hasText: name }).waitFor();
    await loseOneAnswer(page, '**/admin/v1/distributors');
    await form.getByLabel('Nom').fill(`Sandbox of ${name}`);
    await form.getByLabel('Bac à sable de').selectOption({ label: name });
    await form.getByRole('button').click();
    await page
      .getByRole('listitem')
      .filter({ hasText: `Sandbox of ${name}` })
      .waitFor();
    await expect.poll(() => form.getByLabel('Nom').inputValue(), { timeout: 60_000 }).toBe('');
    expect([await named(name), await named(`Sandbox of ${name}`)].map((made) => made.length)).toEqual([1, 1]);

    const { page: manager } = await signInTo(browser, url('/settings/clients'), world.demo.console.distributor_admin);
    await loseOneAnswer(manager, '**/v1/credentials');
    const added = manager.locator('form').filter({ has: manager.getByRole('heading', { name: 'Nouvel accès' }) });
    await added.getByLabel('Nom').fill(name);
    await added.getByRole('button').click();
    await manager.getByText('La réponse s’est perdue').waitFor();
    const rows = manager.getByRole('listitem').filter({ hasText: name });
    await rows.waitFor();
    expect(await rows.count()).toBe(1);
  });

  it('shows a pending sale as pending, and its end without a reload', async () => {
    const page = await seller(`/sell?offer=${world.offer('msisdn')}`);
    // Without proof either way: it stays so until a person decides, however long the page takes.
    await order(page, '0684583009');
    await sellButton(page).click();
    await outcome(page, 'En cours');
    const { body: orders } = await shop.get(`/distributors/transactions?line=${encodeURIComponent('+33684583009')}`);
    const decision = { status: 'ok', justification: 'The supplier has confirmed it by telephone' };
    expect((await operator.post(`/admin/v1/transactions/${orders[0].id}/resolutions`, decision)).status).toBe(201);
    await outcome(page, 'Vendu');
    expect(await soldTo('+33684583009')).toEqual(['ok']);
  });

  it('sells once, however often the button is pressed and the page reloaded', async () => {
    const suppliers = (await operator.get('/admin/v1/suppliers')).body.filter(
      ({ connector }: { connector: string }) => connector === 'simulator',
    );
    const take = (latency_ms: number) =>
      Promise.all(
        suppliers.map(({ id }: { id: string }) =>
          operator.patch(`/admin/v1/suppliers/${id}`, { settings: { latency_ms } }),
        ),
      );
    const page = await seller(`/sell?offer=${world.offer('msisdn')}`);
    await order(page, '0684584006');
    // With its own 3 seconds long enough to be seen under way, however busy the machine is.
    await take(5_000);
    await sellButton(page).dblclick();
    await dialog(page).getByText('Vente en cours…').waitFor();
    await page.reload();
    await outcome(page, 'Vendu');
    await take(0);
    expect(await soldTo('+33684584006')).toEqual(['ok']);
  });

  it('waits for a server that is away, carries on when it is back, and has sold once', { tags: 'long' }, async () => {
    const page = await seller(`/sell?offer=${world.offer('msisdn')}`);
    await order(page, '0684585085');
    const { port } = new URL(server.baseUrl);
    await server.kill();
    await sellButton(page).click();
    await page.getByText('Le serveur ne répond pas.').waitFor();
    server = await world.start({ LOG_LEVEL: 'warn', PORT: port });
    await outcome(page, 'Vendu');
    expect(await page.getByText('Le serveur ne répond pas.').count()).toBe(0);
    expect(await soldTo('+33684585085')).toEqual(['ok']);
  });

  it('asks to sign in again when the session has ended, and what was typed is still there', {
    tags: 'long',
  }, async () => {
    const page = await seller(`/sell?offer=${world.offer('msisdn')}`);
    await order(page, '0684586086');
    await page.context().clearCookies();
    await sellButton(page).click();
    const again = page.getByRole('dialog', { name: 'Votre session est terminée' });
    await again.waitFor();
    await fillSignIn(page, world.demo.console.seller);
    await again.waitFor({ state: 'detached' });
    await dialog(page).getByText('06 84 58 60 86').waitFor();
    await sellButton(page).click();
    await outcome(page, 'Vendu');
    expect(await soldTo('+33684586086')).toEqual(['ok']);
  });

  it('sends nothing again that was sent a day ago, for its key may be forgotten, and says where to look', {
    tags: 'long',
  }, async () => {
    const page = await seller(`/sell?offer=${world.offer('msisdn')}`);
    await order(page, '0684585087');
    await page.evaluate(() => {
      const name = Object.keys(sessionStorage).find((each) => each.startsWith('opentopup.draft.')) ?? '';
      const draft = JSON.parse(sessionStorage.getItem(name) ?? '');
      Object.assign(draft.order, { isSent: true, sentAt: Date.now() - 25 * 3_600_000 });
      sessionStorage.setItem(name, JSON.stringify(draft));
    });
    await page.reload();
    await dialog(page).getByText('il y a plus de 20 heures').waitFor();
    await dialog(page).getByRole('link', { name: 'Voir les transactions' }).waitFor();
    expect(await soldTo('+33684585087')).toEqual([]);
  });

  it('lets the operator’s support decide about a sale without proof, with a justification', {
    tags: 'long',
  }, async () => {
    const { body } = await shop.sell(world.offer('msisdn'), { msisdn: '0684587009' });
    const path = `/transactions/${body.id}`;
    const { page } = await signInTo(browser, url(path), world.demo.console.support);
    await page.getByLabel('Pas livrée : l’unité est rendue').check();
    await page.getByLabel('Justification').fill('Not in the records of the supplier');
    await page.getByRole('button', { name: 'Décider' }).click();
    await dialog(page).getByRole('button', { name: 'Décider' }).click();
    await page.getByText('Échouée', { exact: true }).waitFor();
    expect((await shop.get(`/distributors${path}`)).body.status).toBe('ko');
  });
});
