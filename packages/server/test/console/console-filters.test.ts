import { CommandLine } from '@opentopup/client/testing';
import { OPERATOR_OPERATIONS, WIRE_OPERATIONS } from '@opentopup/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { signInAs } from '../support/browser.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

/** What of the queries is no filter, so that each face has its own way for it. */
const NO_FILTERS = {
  offset: 'which part of the list is answered: whoever reads on, or asks for a --limit, never sees it',
  limit: 'the same',
  cursor: 'the same',
  for: 'how a file is written: chosen where it is exported',
};
/** What the command line calls otherwise, as it does elsewhere. */
const OPTIONS: Record<string, string> = {
  startDate: 'from',
  endDate: 'to',
  user: 'reference',
  line_ending: 'line-ending',
};

const filtersOf = ({ query }: { query: { properties: object } }): string[] =>
  Object.keys(query.properties).filter((name) => !Object.hasOwn(NO_FILTERS, name));
const OF_DISTRIBUTOR = filtersOf(WIRE_OPERATIONS.getDistributorTransactionList);
const OF_OPERATOR = filtersOf(OPERATOR_OPERATIONS.listTransactions);

const WAIT = { timeout: 30_000, interval: 50 };
const DAY_MS = 86_400_000;
const queryOf = (filter: string, value: string): string => new URLSearchParams({ [filter]: value }).toString();
const dayIn = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('the filters of the transaction list', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let cli: CommandLine;
  let shop: RawCaller;
  let operator: RawCaller;
  /** A value of each filter, which lets through some of the transactions and not all. */
  let values: Record<string, string>;
  let soldAtConsole: string;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    [server, browser, cli] = await Promise.all([world.start(), startChromium(), CommandLine.create()]);
    shop = await rawSignIn(server, world.demo);
    operator = rawCallerWith(server, world.demo.admin_token);
    await shop.sell(world.offer('msisdn'), { msisdn: '0684587002' });
    const named = {
      offer_id: world.offer('msisdn'),
      parameters: { msisdn: '0684587587' },
      user_id: 'room-12',
      voucher_id: 'V 12',
    };
    await shop.post('/distributors/transactions', named);
    const till = await signInAs(server, world.demo.console.seller);
    const spain = { offer_id: world.offer('spain'), parameters: { msisdn: '+34612345678' } };
    const sold = await till.post('/distributors/transactions', spain);
    soldAtConsole = sold.body.id;
    const { body: distributors } = await operator.get('/admin/v1/distributors');
    values = {
      startDate: dayIn(1),
      endDate: dayIn(-1),
      status: 'ko',
      offer: world.offer('spain'),
      supplier: (await operator.get(`/admin/v1/transactions/${soldAtConsole}`)).body.supplier_id,
      user: 'room-12',
      line: '06 84 58 70 02',
      line_ending: '7002',
      voucher: 'V 12',
      distributor: distributors.find((each: { world: string }) => each.world === 'sandbox').id,
    };
  });
  afterAll(async () => {
    await browser?.close();
    await cli?.remove();
    await world?.remove();
  });

  const idsOf = (list: { id: string }[]): string[] => list.map(({ id }) => id);
  /** What the API lets through, and that it is not simply everything. */
  const passing = async (by: RawCaller, path: string, filter: string): Promise<string[]> => {
    const query = queryOf(filter, values[filter] ?? `no value of ${filter} is known to this test`);
    const [all, some] = await Promise.all([by.get(path), by.get(`${path}?${query}`)]);
    expect([filter, some.status]).toEqual([filter, 200]);
    expect(some.body.length).toBeLessThan(all.body.length);
    return idsOf(some.body);
  };
  const rowsOf = (page: Page): Promise<string[]> =>
    page
      .getByRole('listitem')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));

  it('are all that the queries say, but for what pages through them', () => {
    const said = { ...WIRE_OPERATIONS.getDistributorTransactionList.query.properties };
    expect(Object.keys(said)).toEqual(expect.arrayContaining(Object.keys(NO_FILTERS)));
    expect(OF_OPERATOR).toEqual(expect.arrayContaining(OF_DISTRIBUTOR));
  });

  it.each([
    ['of a distributor', OF_DISTRIBUTOR, 'distributor_admin'],
    ['of the operator', OF_OPERATOR, 'operator'],
  ] as const)('%s are offered by the command line', async (_, filters, who) => {
    const isOperator = who === 'operator';
    const { client_id, client_secret, admin_token } = world.demo;
    const typing = cli.with({
      OPENTOPUP_URL: server.baseUrl,
      ...(isOperator
        ? { OPENTOPUP_ADMIN_TOKEN: admin_token }
        : { OPENTOPUP_CLIENT_ID: client_id, OPENTOPUP_CLIENT_SECRET: client_secret }),
    });
    for (const filter of filters) {
      const path = isOperator ? '/admin/v1/transactions' : '/distributors/transactions';
      const expected = await passing(isOperator ? operator : shop, path, filter);
      const option = [`--${OPTIONS[filter] ?? filter}`, values[filter] ?? ''];
      const { exit, values: told } = await typing.json('transactions', ...(isOperator ? ['--all'] : []), ...option);
      expect([filter, exit, idsOf(told as { id: string }[])]).toEqual([filter, 0, expected]);
    }
  });

  it.each([
    ['of a distributor', OF_DISTRIBUTOR, 'distributor_admin'],
    ['of the operator', OF_OPERATOR, 'operator'],
  ] as const)('%s are offered by the console, and are part of the address', async (_, filters, who) => {
    const { page } = await signInTo(browser, server.baseUrl, world.demo.console[who]);
    for (const filter of filters) {
      const path = who === 'operator' ? '/admin/v1/transactions' : '/distributors/transactions';
      const expected = await passing(who === 'operator' ? operator : shop, path, filter);
      const value = values[filter] ?? '';
      await page.goto(`${server.baseUrl}/transactions?${queryOf(filter, value)}`);
      const controls = page.locator('form.filters').locator('input, select');
      await vi.waitFor(async () => {
        const shown = await controls.evaluateAll((all) =>
          all.map((each) => (each as unknown as { value: string }).value),
        );
        expect([filter, shown.includes(value)]).toEqual([filter, true]);
        expect([filter, await rowsOf(page)]).toEqual([filter, expected.map((id) => `/transactions/${id}`)]);
      }, WAIT);
    }
  });

  it('are chosen by name, where there are names', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions`, world.demo.console.distributor_admin);
    const { email } = world.demo.console.seller;
    const choices = [
      ['Offre', 'Mobile Spain 10 EUR', `offer=${world.offer('spain')}`],
      ['Fournisseur', 'Orange Spain', `supplier=${values['supplier']}`],
      ['Vendeur', email, 'user='],
    ] as const;
    for (const [label, name, query] of choices) {
      await page.goto(`${server.baseUrl}/transactions`);
      await page.getByLabel(label).selectOption({ label: name });
      await page.waitForURL((url) => url.search.includes(query));
      await vi.waitFor(async () => expect(await rowsOf(page)).toEqual([`/transactions/${soldAtConsole}`]), WAIT);
    }
    // Whoever comes back to this address sees the name, not the id.
    await page.reload();
    await vi.waitFor(async () => {
      expect(await page.getByLabel('Vendeur').locator('option:checked').innerText()).toBe(email);
      expect(await page.getByLabel('Numéro, derniers chiffres').inputValue()).toBe('');
    }, WAIT);
  });

  it('are kept by name for whoever has named them, in this browser', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions`, world.demo.console.seller);
    await page.getByLabel('État').selectOption('ko');
    await page.getByLabel('Nom de ces filtres').fill('Échecs');
    await page.getByRole('button', { name: 'Enregistrer les filtres' }).click();
    await page.goto(`${server.baseUrl}/transactions`);
    await page.getByLabel('Filtres enregistrés').selectOption('Échecs');
    await vi.waitFor(() => expect(page.url()).toContain('status=ko'), WAIT);
    await page.getByRole('button', { name: 'Oublier ces filtres' }).click();
    await page.getByLabel('Filtres enregistrés').waitFor({ state: 'detached' });
  });

  it('are gone from this browser once whoever has saved them signs out: a till has several sellers', async () => {
    const { page } = await signInTo(
      browser,
      `${server.baseUrl}/transactions?line=0684587002`,
      world.demo.console.seller,
    );
    await page.getByLabel('Nom de ces filtres').fill('Madame Petit');
    await page.getByRole('button', { name: 'Enregistrer les filtres' }).click();
    await page.getByLabel('Filtres enregistrés').waitFor();
    const kept = () => page.evaluate(() => JSON.stringify(localStorage));
    expect(await kept()).toContain('0684587002');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByLabel('Mot de passe').waitFor();
    expect(await kept()).not.toContain('0684587002');
  });

  it('name no sellers to who may not see them', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions`, world.demo.console.seller);
    await page.getByLabel('Fournisseur').waitFor();
    expect(await page.getByLabel('Vendeur').count()).toBe(0);
  });

  it('of another distributor go when the operator chooses one', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions`, world.demo.console.operator);
    await page.getByLabel('Offre').selectOption({ label: 'Mobile Spain 10 EUR (Demo distributor)' });
    await page.waitForURL(/offer=/);
    await page.getByLabel('Distributeur').selectOption({ label: 'Demo distributor (sandbox)' });
    await page.waitForURL(/distributor=/);
    expect(new URL(page.url()).searchParams.has('offer')).toBe(false);
  });
});
