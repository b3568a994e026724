import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distributorClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';
import { pictures } from './pictures.ts';

const NAME = 'Mobile France 10 EUR';

describe('on the console', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  it('an agent is made with its caps, and a seller releases what it wants to sell with one click', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/settings/agents`, world.demo.console.distributor_admin);
    await page.getByLabel('Nom', { exact: true }).fill('Concierge');
    await page.getByLabel('Monde').selectOption({ label: 'Réel' });
    await page.getByLabel(NAME, { exact: true }).check();
    expect((await pictures(page, 'shop-agent-form')).tooWide).toEqual([]);
    await page.reload();
    await page.getByLabel('Nom', { exact: true }).fill('Concierge');
    await page.getByLabel('Monde').selectOption({ label: 'Réel' });
    await page.getByLabel(NAME, { exact: true }).check();
    await page.getByRole('button', { name: 'Nouvel agent' }).click();
    const told = await page.getByText('client_secret=').innerText();
    const [, client_id = ''] = /client_id=(\S+)/.exec(told) ?? [];
    const [, client_secret = ''] = /client_secret=(\S+)/.exec(told) ?? [];

    const agent = distributorClient(server, { client_id, client_secret });
    const preview = (msisdn: string) =>
      agent.opentopup.salePreviews.create({ offer_id: world.offer('msisdn'), parameters: { msisdn } });
    const wanted = await preview('0684570101');
    const unwanted = await preview('0684570102');

    const { page: till } = await signInTo(browser, `${server.baseUrl}/sell`, world.demo.console.seller);
    await till.getByRole('link', { name: 'Des agents attendent : 2 ventes à autoriser' }).click();
    const waiting = till.getByRole('region', { name: 'Ventes que des agents veulent faire' });
    await waiting.getByRole('button', { name: `Autoriser ${NAME}, +33684570101` }).waitFor();
    expect((await pictures(till, 'seller-agents')).tooWide).toEqual([]);
    await till.reload();
    await waiting.getByRole('button', { name: `Autoriser ${NAME}, +33684570101` }).click();
    await waiting.getByRole('button', { name: `Refuser ${NAME}, +33684570102` }).click();
    await waiting.getByText('Aucune vente à autoriser').waitFor();

    expect((await agent.opentopup.salePreviews.confirm(wanted.id, wanted.token)).status).toBe('ok');
    await expect(agent.opentopup.salePreviews.confirm(unwanted.id, unwanted.token)).rejects.toMatchObject({
      reason: 'already_decided',
    });
    const latest = till.getByRole('region', { name: 'Dernières ventes des agents' });
    await latest.getByText('Confirmée').waitFor();
    await till.getByText('Des agents attendent').waitFor({ state: 'detached' });
    await page.goto(`${server.baseUrl}/settings/agents`);
    await page.getByText('1 sur 50 unités').waitFor();
    expect((await pictures(page, 'shop-agents')).tooWide).toEqual([]);

    await page.reload();
    await page.getByRole('button', { name: 'Limites de Concierge' }).click();
    const caps = page.getByRole('form', { name: 'Limites de Concierge' });
    expect(await caps.getByLabel(NAME, { exact: true }).isChecked()).toBe(true);
    await caps.getByLabel('Unités en 24 heures, au plus').fill('7');
    await caps.getByLabel('Autoriser d’office jusqu’à ce prix').fill('20');
    expect((await pictures(page, 'shop-agent-caps')).tooWide).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Limites de Concierge' }).click();
    await caps.getByLabel('Unités en 24 heures, au plus').fill('7');
    await caps.getByLabel('Autoriser d’office jusqu’à ce prix').fill('20');
    await caps.getByRole('button', { name: 'Enregistrer les limites' }).click();
    await page.getByText('1 sur 7 unités').waitFor();
    expect(await agent.opentopup.agents.own()).toMatchObject({ units_per_day: 7, released_up_to: 20, currency: 'EUR' });
  });

  it('what was refused is grouped, and a request found by its id', async () => {
    const shop = await rawSignIn(server, world.demo);
    const order = (msisdn: string) =>
      shop.post('/distributors/transactions', { offer_id: world.offer('msisdn'), parameters: { msisdn } });
    const refused = await Promise.all(Array.from({ length: 12 }, (_, i) => order(`08845870${i + 10}`)));
    const client = distributorClient(server, world.demo);
    await expect
      .poll(() => client.opentopup.requests.get(refused.at(-1)?.body.request_id).catch(() => null), { timeout: 60_000 })
      .not.toBeNull();
    const { page } = await signInTo(browser, `${server.baseUrl}/integrate`, world.demo.console.distributor_admin);
    await page.getByRole('link', { name: 'Requêtes' }).click();
    await page.getByText('numéros de 10 chiffres qui commencent par 08').waitFor();
    expect((await pictures(page, 'shop-requests')).tooWide).toEqual([]);
    await page.reload();
    const all = page.getByRole('region', { name: 'Toutes les requêtes' });
    await all.getByLabel('Trouver par identifiant').fill(refused[3]?.body.request_id);
    await all.getByText('••••••••13').waitFor();
    await expect.poll(() => all.getByRole('listitem').count()).toBe(1);
  });

  it('the clock of the sandbox is put forward, by a day and up to a date', { tags: 'long' }, async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/integrate`, world.demo.console.distributor_admin);
    const clock = page.getByRole('form', { name: 'Horloge du bac à sable' });
    const ahead = async (): Promise<number> =>
      (await distributorClient(server, world.demo.sandbox).opentopup.sandbox.clock()).ahead_s;
    await clock.getByText('c’est l’heure réelle').waitFor();
    await clock.getByRole('button', { name: 'Avancer d’un jour' }).click();
    await clock.getByText('en avance de 24 h').waitFor();
    expect(await ahead()).toBe(86_400);
    const until = clock.getByLabel('Avancer jusqu’au');
    await until.fill(`${new Date().getFullYear() - 1}-01-31T12:00`);
    await clock.getByText('C’est avant ce que dit l’horloge').waitFor();
    expect(await clock.getByRole('button', { name: 'Avancer l’horloge' }).isDisabled()).toBe(true);
    expect((await pictures(page, 'shop-clock')).tooWide).toEqual([]);
    await page.reload();
    await until.fill(`${new Date().getFullYear() + 1}-01-31T12:00`);
    await clock.getByRole('button', { name: 'Avancer l’horloge' }).click();
    await clock.getByText(/en avance de \S+\sj/).waitFor();
    const said = new Date(Date.now() + (await ahead()) * 1_000);
    expect([said.getMonth(), said.getDate()]).toEqual([0, 31]);
  });

  it('chaos is set for a client of the sandbox, seen in what it did, and ended', { tags: 'long' }, async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/integrate`, world.demo.console.distributor_admin);
    const card = page.getByRole('region', { name: 'Incidents dans le bac à sable' });
    const begin = card.getByRole('button', { name: 'Commencer' });
    await begin.waitFor();
    expect(await begin.isDisabled()).toBe(true);
    await card.getByLabel('Client').selectOption(world.demo.sandbox.client_id);
    await card.getByLabel('Trop de requêtes (429), %').fill('60');
    await card.getByLabel('Passées en retard, %').fill('41');
    await begin.click();
    await card.getByRole('alert').waitFor();
    await card.getByLabel('Passées en retard, %').fill('');
    await card.getByLabel('Trop de requêtes (429), %').fill('100');
    await card.getByLabel('Graine (la même répète tout)').fill('7');
    await begin.click();
    await card.getByText('Trop de requêtes (429) : 100 %').waitFor();
    const program = distributorClient(server, world.demo.sandbox);
    expect(await program.opentopup.sandbox.chaos.list()).toMatchObject([{ seed: 7 }]);
    const offer_id = world.demo.sandbox.offers.find(({ kind }) => kind === 'msisdn')?.id;
    const shop = await rawSignIn(server, world.demo.sandbox);
    const order = { offer_id, parameters: { msisdn: '0684587587' } };
    expect(await shop.post('/travel-b2b-sandbox/v1/distributors/transactions', order)).toMatchObject({ status: 429 });
    await card.getByText('comme réglé').waitFor();
    expect((await pictures(page, 'shop-chaos')).tooWide).toEqual([]);
    await page.reload();
    await card.getByRole('button', { name: 'Arrêter' }).click();
    await card.getByText('Trop de requêtes (429) : 100 %').waitFor({ state: 'detached' });
    expect(await program.opentopup.sandbox.chaos.list()).toEqual([]);
  });
});
