import jsqr from 'jsqr';
import type { Browser, Locator, Page } from 'playwright-core';
import { getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileOf } from '../../src/connectors/simulator/profile.ts';
import { startChromium } from '../support/chromium.ts';
import { lookAt, signInTo } from '../support/console.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

const MM_PER_POINT = 25.4 / 72;

describe('what is handed over at the counter', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;
  let operator: RawCaller;
  let mailServer: MailServer;
  let reader: Page;

  beforeAll(async () => {
    world = await createWorld('pglite');
    mailServer = await startMailServer();
    const mail = { SMTP_URL: mailServer.url, MAIL_FROM: 'sales@topup.example' };
    [server, browser] = await Promise.all([
      world.start({ LOG_LEVEL: 'warn', SEALING_KEY, PUBLIC_URL: 'https://topup.example', ...mail }),
      startChromium(),
    ]);
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
    reader = (await lookAt(browser, 'about:blank')).page;
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
    await mailServer?.stop();
  });

  const url = (path: string): string => server.baseUrl + path;
  const signedIn = (role: 'seller' | 'distributor_admin', path: string) =>
    signInTo(browser, url(path), world.demo.console[role], { phone: true, sharp: true });
  const receiptOn = (page: Page): Locator => page.getByRole('region', { name: /^(?:Reçu|Receipt)$/ });
  const sold = async (kind: string, parameters?: { msisdn: string }): Promise<string> =>
    (await shop.sell(world.offer(kind), parameters)).body.id;

  /** What a telephone reads of a part of the page, as it is seen. */
  async function photograph(shown: Locator): Promise<string | undefined> {
    // The navigation would lie over it.
    await shown.page().emulateMedia({ media: 'print' });
    const picture = (await shown.screenshot()).toString('base64');
    // One byte for each pixel: how light it is.
    const { light, width, height } = await reader.evaluate<{ light: string; width: number; height: number }>(
      `(async () => {
        const picture = new Image();
        picture.src = 'data:image/png;base64,${picture}';
        await picture.decode();
        const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
        canvas.drawImage(picture, 0, 0);
        const { data, width, height } = canvas.getImageData(0, 0, picture.width, picture.height);
        let light = '';
        for (let at = 0; at < data.length; at += 4) light += String.fromCharCode(data[at]);
        return { light: btoa(light), width, height };
      })()`,
    );
    const pixels = Buffer.from(light, 'base64').reduce(
      (all, grey, place) => {
        all.set([grey, grey, grey, 255], place * 4);
        return all;
      },
      new Uint8ClampedArray(width * height * 4),
    );
    // Its types are of an ES module, itself it is none.
    return jsqr.default(pixels, width, height)?.data;
  }

  it('is who reads the codes of eSIMs: chosen explicitly, with its risks in words', async () => {
    const { page } = await signedIn('distributor_admin', '/settings/key');
    const holder = page.getByRole('region', { name: 'Qui lit les codes des eSIM' });
    await holder.getByText('Qui s’empare d’une caisse connectée').waitFor();
    await holder.getByRole('button', { name: 'Choisir' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Choisir' }).click();
    await holder.getByRole('listitem').filter({ hasText: 'Le serveur aussi' }).getByText('Actuel').waitFor();
    expect((await shop.get('/v1/esims/holder')).body).toEqual({ holder: 'server' });
  });

  it('is an eSIM: sold with two clicks, its code on the outcome without any key, in the language of the customer', async () => {
    const { page, complaints } = await signedIn('seller', '/sell');
    await page.evaluate(`clicks = 0; addEventListener('pointerdown', () => { clicks += 1; }, true)`);
    await page.getByRole('button', { name: /eSIM/ }).first().click();
    const order = page.getByRole('button', { name: 'Continuer' });
    const sell = page.getByRole('alertdialog').getByRole('button', { name: 'Vendre' });
    await order.or(sell).first().waitFor();
    if (await order.isVisible()) await order.click();
    await sell.click();
    await page.getByRole('heading', { name: 'Vendu', exact: true }).waitFor();
    const code = page.getByAltText('Code QR qui installe l’eSIM');
    await code.waitFor();
    expect(await page.evaluate('clicks')).toBeLessThanOrEqual(3);
    const id = new URL(page.url()).searchParams.get('sale') ?? '';
    const lpa = profileOf(id).activation_code;
    expect(await photograph(code)).toBe(lpa);
    await page.emulateMedia({ media: 'screen' });
    await receiptOn(page).getByText(lpa).waitFor();

    await page.getByLabel('Langue du client').selectOption('en');
    await receiptOn(page).getByText('Scan this code; where that is not possible, type it in.').waitFor();
    const { body } = await operator.get(`/admin/v1/audit?subject=${id}`);
    expect(body.map(({ action }: { action: string }) => action)).toEqual(['esim.shown']);
    expect(complaints).toEqual([]);
  });

  it('is shown again later only when it is asked for', async () => {
    const id = await sold('esim');
    const { page } = await signedIn('distributor_admin', `/transactions/${id}`);
    await receiptOn(page).waitFor();
    expect((await operator.get(`/admin/v1/audit?subject=${id}`)).body).toEqual([]);
    await page.getByRole('button', { name: 'Montrer ce qui l’installe' }).click();
    await receiptOn(page).getByText(profileOf(id).activation_code).waitFor();
  });

  it.each(['58mm', '80mm', 'A4'] as const)(
    'is a receipt on %s: one page, with a code that is read from it',
    async (paper) => {
      await shop.put('/v1/receipt-settings', {
        paper,
        shop_name: 'Kiosque du Port',
        address: ['1 quai du Port', '13002 Marseille'],
        vat_number: 'FR32123456789',
        help_line: '04 91 00 00 00',
      });
      const id = await sold('msisdn', { msisdn: '0684587587' });
      const { page } = await signedIn('seller', `/sell?sale=${id}`);
      const receipt = receiptOn(page);
      await receipt.getByAltText('Code QR qui prouve ce reçu').waitFor();
      const text = await receipt.innerText();
      for (const words of ['Kiosque du Port', '13002 Marseille', 'FR32123456789', '04 91 00 00 00', '06 84 58 75 87']) {
        expect(text).toContain(words);
      }
      const { code, url: address } = (await shop.get(`/v1/transactions/${id}/receipt-proof`)).body;
      expect(text.replaceAll('-', '')).toContain(code);

      await page.emulateMedia({ media: 'print' });
      expect(await photograph(receipt.getByAltText('Code QR qui prouve ce reçu'))).toContain(`${address}#`);
      const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
      const [, , width = 0] = (await pdf.getPage(1)).view;
      expect([pdf.numPages, Math.round(width * MM_PER_POINT)]).toEqual([1, { '58mm': 58, '80mm': 80, A4: 210 }[paper]]);
    },
  );

  it('is a receipt that says that it is annulled, printed again and sent', async () => {
    const id = await sold('msisdn', { msisdn: '0684587588' });
    const wish = { reason: 'mistake', justification: 'Sold twice' };
    expect((await operator.post(`/admin/v1/transactions/${id}/reversals`, wish)).status).toBe(201);
    const { page } = await signedIn('seller', `/transactions/${id}`);
    await receiptOn(page)
      .getByText(/Annulée le .* Ce reçu ne compte plus/)
      .waitFor();
    await page.getByRole('button', { name: 'Imprimer le reçu' }).waitFor();
    await page.getByText('Envoyer le reçu').click();
    await page.getByLabel('Adresse e-mail du client').fill('dora@customer.example');
    await page.getByRole('button', { name: 'Envoyer par e-mail' }).click();
    await page.getByText('Envoyé. Il peut encore être envoyé 4 fois.').waitFor();
    await expect
      .poll(() => mailServer.mails.map(({ to }) => to), { timeout: 60_000 })
      .toEqual([['dora@customer.example']]);
  });

  it('is found again by the reference that is printed on it, and by what is asked for often', async () => {
    const id = await sold('msisdn', { msisdn: '0684587589' });
    const { code } = (await shop.get(`/v1/transactions/${id}/receipt-proof`)).body;
    const { page } = await signedIn('seller', '/transactions');
    await page.getByLabel('Période').selectOption('today');
    const { count } = (await shop.get('/distributors/transactions/count')).body;
    await page.getByText(new RegExp(`^${count} transactions?$`)).waitFor();
    expect(new URL(page.url()).searchParams.get('startDate')).toBe(new Date().toISOString().slice(0, 10));
    const search = page.getByLabel('Numéro, derniers chiffres');
    await search.fill(code.toLowerCase().replace(/(.{4})(.{4})/, '$1-$2-'));
    await search.press('Enter');
    await page.getByRole('heading', { name: /^06 84 58 75 89 · 7,92/ }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/transactions/${id}`);
    await page.getByRole('region', { name: 'À transmettre' }).getByText('La recharge a été effectuée.').waitFor();
  });

  it('is followed by the identification of who has an eSIM: what is due, and each reminder', async () => {
    const { page } = await signedIn('seller', '/transactions');
    await page.getByRole('link', { name: 'Identifications' }).click();
    const due = page.getByRole('listitem').filter({ hasText: 'aucun rappel' }).first();
    await due.getByText(/Merci de vous identifier avant le .* : https:/).waitFor();
    await due.getByRole('button', { name: /^Noter un rappel/ }).click();
    await page.getByText('1 rappel', { exact: false }).first().waitFor();
    await page.getByLabel('Statut').or(page.getByLabel('État')).first().selectOption('overdue');
    await page.getByText('Personne n’est à identifier').waitFor();
    const reminded = (await shop.get('/v1/identifications')).body.map(
      ({ reminders }: { reminders: number }) => reminders,
    );
    expect(Math.max(...reminded)).toBe(1);
  });

  it('says what receipts say, as its administrator has filled it in', async () => {
    const { page } = await signedIn('distributor_admin', '/settings/receipts');
    await page.getByLabel('Nom de la boutique').fill('Chez Zoé');
    await page.getByLabel('Adresse', { exact: true }).fill('2 rue Neuve\n69001 Lyon');
    await page.getByLabel('Papier').selectOption('58mm');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('C’est enregistré.').waitFor();
    expect((await shop.get('/v1/receipt-settings')).body).toMatchObject({
      paper: '58mm',
      shop_name: 'Chez Zoé',
      address: ['2 rue Neuve', '69001 Lyon'],
    });
  });
});
