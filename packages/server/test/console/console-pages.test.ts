import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { decryptActivationCode, generateKeyPair } from '@opentopup/client/esim';
import { readSheet } from '@opentopup/sheets';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { lookAt, signInTo } from '../support/console.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { faultsHere, pageFaults } from './page-faults.ts';

/** Most that the page to sell may load before a sale begins, compressed, in bytes: document, scripts and styles. */
const MOST_LOADED = 170_000;

const itemsOf = (page: Page): Promise<string[]> => page.getByRole('listitem').allInnerTexts();

describe('the pages of the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: RawCaller;
  let pending: string;
  let webhook: string;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([
      world.start({ LOG_LEVEL: 'warn', SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.1' }),
      startChromium(),
    ]);
    shop = await rawSignIn(server, world.demo);
    const offer = world.offer('msisdn');
    // Nobody answers there.
    webhook = (await shop.post('/v1/webhooks', { url: 'http://127.0.0.1:9/hook' })).body.id;
    await shop.post('/v1/alerts', { units: 100 });
    const sales = ['0684587587', '0684587002'].map((msisdn) => shop.sell(offer, { msisdn }));
    await Promise.all(sales);
    pending = (await shop.sell(offer, { msisdn: '0684587009' })).body.id as string;
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  it.each([
    ['distributor_admin', { phone: true }],
    ['distributor_admin', { dark: true }],
  ] as const)('of a %s have no fault that axe finds (%o)', async (who, look) => {
    const { page, complaints } = await signInTo(browser, server.baseUrl, world.demo.console[who], look);
    const offer = world.offer('msisdn');
    const paths = [
      '/sell',
      `/sell?offer=${offer}`,
      `/sell?sale=${pending}`,
      '/transactions',
      `/transactions/${pending}`,
    ];
    const stock = ['/stock', `/stock/${offer}`, '/stock/alerts'];
    const parts = [
      '',
      '/staff',
      '/clients',
      '/webhooks',
      `/webhooks/${webhook}`,
      '/guards',
      '/messages',
      '/key',
      '/offers',
    ];
    const settings = parts.map((part) => `/settings${part}`);
    expect(
      await pageFaults(page, server.baseUrl, [
        ...paths,
        ...stock,
        '/overview',
        '/overview/statements',
        '/integrate',
        ...settings,
        '/sell/no',
      ]),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('of the operator have none either, nor has a question', async () => {
    const { page, complaints } = await signInTo(browser, server.baseUrl, world.demo.console.operator, { dark: true });
    const paths = [
      '/transactions',
      `/transactions/${pending}`,
      '/overview',
      '/month-end/reconciliations',
      '/month-end/cases',
      '/month-end/statements',
      '/month-end/vat',
      '/month-end/recovery',
      '/settings/staff',
      '/settings/distributors',
      '/stock',
    ];
    expect(await pageFaults(page, server.baseUrl, paths)).toEqual([]);
    await page
      .getByRole('button', { name: /^Approvisionner/ })
      .first()
      .click();
    await page.getByLabel('Unités').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('speak English to an English browser, and French again when told', async () => {
    const { page } = await lookAt(browser, server.baseUrl, { locale: 'en-GB' });
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await faultsHere(page)).toEqual([]);
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('heading', { name: 'Connexion' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('fr');
  });

  it('find a sale by its number and by its id, and keep the filters in the address', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions`, world.demo.console.seller);
    await page.getByLabel('État').selectOption({ label: 'Réussie' });
    await page.getByLabel('Numéro, derniers chiffres').fill('06 84 58 75 87');
    await page.keyboard.press('Enter');
    await page.waitForURL(/status=ok&line=06\+84/);
    await page.reload();
    await vi.waitFor(
      async () => {
        expect(await itemsOf(page)).toEqual([expect.stringContaining('+33684587587')]);
      },
      { timeout: 60_000 },
    );
    await page.getByLabel('Numéro, derniers chiffres').fill('\u202a(+33) 6 84\u201158\u201175\u201187\u202c');
    await page.keyboard.press('Enter');
    await page.waitForURL(/line=[^&]*33/);
    await vi.waitFor(
      async () => {
        expect(await itemsOf(page)).toEqual([expect.stringContaining('+33684587587')]);
      },
      { timeout: 60_000 },
    );
    await page.getByLabel('Numéro, derniers chiffres').fill(pending);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Déroulement' }).waitFor();
  });

  const exported = async (page: Page, form: string): Promise<{ name: string; content: Buffer }> => {
    await page.getByLabel('Fichier').selectOption(form);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter', exact: true }).click(),
    ]);
    return { name: file.suggestedFilename(), content: await buffer(await file.createReadStream()) };
  };

  it.each(['seller', 'operator'] as const)('export what the filters let through, for a %s', async (who) => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions?status=ko`, world.demo.console[who]);
    const csv = await exported(page, 'CSV');
    expect(csv.name).toMatch(/^transactions-[\d-]{10}\.csv$/);
    const rows = csv.content.toString().trim().split('\r\n');
    expect(rows).toHaveLength(2);
    expect(rows[1]).toContain(',7.92,');
    expect(rows[1]).toContain('line_barred');
    await page.getByText('1 ligne exportée.').waitFor();

    const excel = (await exported(page, 'CSV (Excel)')).content.toString();
    expect(excel).toMatch(/^\ufeffid;status;/);
    expect(excel).toContain(';7,92;');

    const workbook = await exported(page, 'Excel (.xlsx)');
    expect(workbook.name).toMatch(/^transactions-[\d-]{10}\.xlsx$/);
    await page.getByText('Export terminé.').waitFor();
    const sheet = await readSheet(() => Readable.from([workbook.content]), []);
    const reasons = [];
    for await (const { cells } of sheet.rows) reasons.push(cells.get('reason'));
    expect(reasons).toEqual(['line_barred']);
  });

  it('show the code of an eSIM to whoever has the private key, and keep that key to themselves', async () => {
    const [ours, another] = await Promise.all([generateKeyPair(), generateKeyPair()]);
    await shop.post('/distributors/keys', { key_type: 'rsa256', public_key_value: ours.publicKey });
    const { body } = await shop.post('/distributors/transactions', { offer_id: world.offer('esim') });
    const code = await decryptActivationCode(body.parameters.activation_code, ours.privateKey);
    const path = `${server.baseUrl}/transactions/${body.id}`;
    const { page, complaints } = await signInTo(browser, path, world.demo.console.seller, { phone: true });
    const sent: (string | null)[] = [];
    page.on('request', (request) => sent.push(request.url(), request.postData()));
    const file = (key: string) => ({ name: 'key.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(key) });
    await page.getByRole('button', { name: 'Montrer ce qui l’installe' }).click();
    const field = page.getByLabel('Votre clé privée');
    await field.setInputFiles(file(another.privateKey));
    await page.getByText('Cette clé ne déchiffre pas ce code.').waitFor();
    await field.setInputFiles(file(ours.privateKey));
    await page.getByText(code).waitFor();
    const drawn = page.getByRole('img', { name: 'Code QR qui installe l’eSIM' });
    expect(await drawn.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBeGreaterThan(0);
    expect(await faultsHere(page)).toEqual([]);
    expect([complaints, sent.filter((text) => text?.includes('PRIVATE') || text?.includes(code))]).toEqual([[], []]);
  });

  it('tell the operator what was said to the supplier, and nobody else', async () => {
    const path = `${server.baseUrl}/transactions/${pending}`;
    const { page } = await signInTo(browser, path, world.demo.console.operator);
    const said = page.getByRole('region', { name: 'Échanges avec le fournisseur' });
    await said.getByText('Commande envoyée').waitFor();
    await said.getByText('POST https://simulator.example/recharges').waitFor();
    await said.getByText('Corps de la requête').first().click();
    await said.getByText('"line": "+33684587009"').waitFor();
    expect(await faultsHere(page)).toEqual([]);
    const seller = await signInTo(browser, path, world.demo.console.seller);
    await seller.page.getByRole('heading', { name: 'Déroulement' }).waitFor();
    expect(await seller.page.getByText('Échanges avec le fournisseur').count()).toBe(0);
  });

  it('load little at first, come with a strict policy, and stand beside the API', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/sell`, world.demo.console.seller);
    await page.getByRole('button', { name: /^Mobile France 10 EUR France/ }).waitFor();
    const filesLoaded = async (): Promise<Map<string, number>> => {
      const files = (await page.evaluate(
        `['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
          .filter(({ name, entryType }) => entryType === 'navigation' || name.includes('/assets/'))
          .map(({ name, encodedBodySize }) => [name, encodedBodySize])`,
      )) as [string, number][];
      // What was preloaded is listed again where it is used.
      return new Map(files);
    };
    const loaded = async () => [...(await filesLoaded()).values()].reduce((sum, size) => sum + size, 0);
    expect([...(await filesLoaded()).keys()].filter((name) => /\/(fr|en)-/.test(name))).toEqual([
      expect.stringMatching(/\/fr-/),
    ]);
    const atFirst = await loaded();
    expect(atFirst).toBeGreaterThan(50_000);
    expect(atFirst).toBeLessThan(MOST_LOADED);
    // What reads numbers, asks and tells the outcome follows once somebody types.
    await page.getByLabel('Numéro, code scanné, ou nom').fill('0684587587');
    await page.getByText('+33684587587 · France').waitFor();
    expect(await loaded()).toBeGreaterThan(atFirst);

    const answer = await fetch(`${server.baseUrl}/transactions/anything`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
    const html = await answer.text();
    expect(html).not.toMatch(/<script>|style=/);
    const script = await fetch(server.baseUrl + (/\/assets\/\S+?\.js/.exec(html)?.[0] ?? ''));
    expect(script.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
    expect((await fetch(`${server.baseUrl}/assets/nothing.js`)).status).toBe(404);
    expect((await fetch(`${server.baseUrl}/distributors/nothing`)).headers.get('content-type')).toMatch(/json/);
  });
});
