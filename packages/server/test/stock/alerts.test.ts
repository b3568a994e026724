import type { Operator, TopupResult, TravelB2B } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import type { OfferStock } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NewBooking } from '../../src/ledger/balances.rules.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { distributorClient, operatorOf, PATIENT } from '../support/caller.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { replay } from '../support/replay.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const HOUR_MS = 3_600_000;
const FROM = 'stock@operator.example';
const OK = '0684587587';
const BARRED = '0684587002';

describe.each(ENGINES)('alerts on %s', (engine) => {
  let world: DemoPlace;
  let mailServer: MailServer;
  let servers: RunningServer[];
  let shops: TravelB2B[];
  let shop: TravelB2B;
  let operator: Operator;

  beforeAll(async () => {
    world = await createWorld(engine);
    mailServer = await startMailServer();
    const db = await world.openDb();
    const first = Math.floor(Date.now() / HOUR_MS) - 20 * 24;
    const grant: NewBooking = {
      kind: 'grant',
      offer_id: world.offer('empty'),
      units: 300,
      reference: 'PO-1',
      justification: '-',
    };
    await db.transaction((tx) => bookUnits(tx, grant, new Date(first * HOUR_MS), 1_000));
    // Ten units on each of twenty days: 100 are left.
    const hours = Array.from({ length: 480 }, (_, i) => first + i).filter((hour) => hour % 24 < 10);
    await replay(
      db,
      world.offer('empty'),
      hours.map((hour) => new Date(hour * HOUR_MS + 60_000)),
    );
    await db.close();

    const env = { SMTP_URL: mailServer.url, MAIL_FROM: `OpenTopup <${FROM}>` };
    // Where several processes can share the database, each has the jobs.
    servers = await Promise.all(Array.from({ length: engine === 'postgresql' ? 2 : 1 }, () => world.start(env)));
    shops = servers.map((server) => distributorClient(server, world.demo, PATIENT));
    shop = shops[0] as TravelB2B;
    operator = operatorOf(servers[0] as RunningServer, world.demo.admin_token, PATIENT);
  });
  afterAll(async () => {
    await world.remove();
    await mailServer.stop();
  });

  const stockOf = (kind: string): Promise<OfferStock> => shop.opentopup.stock(world.offer(kind));
  const until = (kind: string, facts: object) =>
    vi.waitFor(async () => expect(await stockOf(kind)).toMatchObject(facts), PATIENCE);
  const sell = (kind: string, msisdn: string, count: number): Promise<TopupResult>[] =>
    Array.from({ length: count }, (_, i) =>
      (shops[i % shops.length] as TravelB2B).topups.create({ offer_id: world.offer(kind), parameters: { msisdn } }),
    );
  let grants = 0;
  const grant = (kind: string, units: number) => {
    grants += 1;
    const body = { units, reference: `TEST-${grants}`, justification: 'Refill' };
    return operator.stock.grant(world.offer(kind), body);
  };
  const mailsAbout = (offer: string) =>
    mailServer.mails.filter(({ text }) => text.includes(`Offer: ${world.offer(offer)}`));
  /** What was told of an offer's stock, in order; the servers are stopped for it where the database allows no other reader. */
  const told = new Map<string, { kind: string; data: any }[]>();
  const eventsOf = (kind: string) => (told.get(world.offer(kind)) ?? []).map((event) => event.kind);

  it('are told once for each crossing, with sales, refused sales and a grant at the same moment', async () => {
    const alert = await shop.opentopup.alerts.create({
      offer_id: world.offer('small'),
      units: 50,
      emails: ['stock@shop.example'],
    });
    await until('small', { level: 'ok', threshold: 50 });
    // Whatever is held at once: 55 are left at least.
    await Promise.all([...sell('small', OK, 35), ...sell('small', BARRED, 10)]);
    expect(await stockOf('small')).toMatchObject({ level: 'ok', available: 65 });

    await Promise.all([...sell('small', OK, 20), ...sell('small', BARRED, 20)]);
    await until('small', { level: 'low', available: 45 });
    expect((await shop.opentopup.alerts.get(alert.id)).crossed).toMatchObject([{ level: 'low', available: 45 }]);

    await Promise.all([...sell('small', OK, 60), ...sell('small', BARRED, 20)]);
    // What refused sales have given back.
    await Promise.all(sell('small', OK, 45));
    await until('small', { level: 'depleted', available: 0 });

    await Promise.all([grant('small', 200), ...sell('small', OK, 40)]);
    await until('small', { level: 'ok' });
    const listed = await allOf(shop.opentopup.alerts.list());
    expect(listed.find(({ id }) => id === alert.id)?.crossed).toEqual([]);
  });

  it('send an e-mail for each, also when the mail server takes it only later', async () => {
    await vi.waitFor(() => expect(mailsAbout('small')).toHaveLength(3), PATIENCE);
    const [low] = mailsAbout('small');
    expect(low).toMatchObject({ from: FROM, to: ['stock@shop.example'] });
    expect(low?.text).toMatch(/^Subject: Stock low \/ Stock faible: Mobile France 10 EUR, few left/m);
    expect(low?.text).toContain('Alert at: 50');

    mailServer.refuseWith(451);
    await Promise.all(sell('small', OK, 200));
    await until('small', { level: 'depleted' });
    mailServer.refuseWith(null);
    // Low and depleted came at once, or one after the other.
    await vi.waitFor(() => expect(mailsAbout('small').at(-1)?.text).toContain('Sold out'), PATIENCE);
  });

  it('are told of a stock that runs out without any alert, and when it is refilled', async () => {
    await Promise.all(sell('spain', '612345678', 1));
    const adjustment = { units: -999_998, reference: 'INV-1', justification: 'Stock-taking' };
    expect(await operator.stock.adjust(world.offer('spain'), adjustment)).toMatchObject(adjustment);
    await until('spain', { level: 'ok', available: 1 });
    await Promise.all(sell('spain', '612345678', 2));
    await grant('spain', 1);
    await until('spain', { level: 'ok' });
  });

  it('by days of cover know how many units that is, and when they will be gone', async () => {
    const alert = await shop.opentopup.alerts.create({ offer_id: world.offer('empty'), days_of_cover: 5 });
    await vi.waitFor(async () => expect((await stockOf('empty')).threshold).toBeGreaterThan(40), PATIENCE);
    expect(await stockOf('empty')).toMatchObject({ level: 'ok', available: 100 });
    expect((await stockOf('empty')).threshold).toBeLessThan(60);
    await shop.opentopup.alerts.change(alert.id, { days_of_cover: 12 });
    await until('empty', { level: 'low' });
  });

  it('for all offers are for those without one of their own, new ones among them', async () => {
    const all = await shop.opentopup.alerts.create({ units: 2_000_000 });
    await until('simId', { level: 'low', threshold: 2_000_000 });
    expect(await stockOf('small')).toMatchObject({ threshold: 50 });
    const { distributor_id, product_id } = await operator.offers.get(world.offer('simId'));
    const { id } = await operator.offers.create({ distributor_id, product_id, name: 'New', resell_value: 1 });
    await vi.waitFor(async () => {
      expect(await shop.opentopup.stock(id)).toMatchObject({ level: 'depleted', threshold: 2_000_000 });
    }, PATIENCE);
    const low = await allOf(shop.opentopup.stocks({ level: 'low' }));
    expect(low.map(({ offer_id }) => offer_id)).toContain(world.offer('simId'));

    expect(await shop.opentopup.alerts.delete(all.id)).toMatchObject({ id: all.id });
    await until('simId', { level: 'ok' });
    expect(await stockOf('simId')).not.toHaveProperty('threshold');
  });

  it.each([
    [{}, 400, 'missing_body_field'],
    [{ units: 0 }, 400, 'invalid_body_field'],
    [{ units: 1, emails: ['shop.example'] }, 400, 'invalid_body_field'],
    [{ units: 1, emails: ['a@b.example\r\nBcc: c@d.example'] }, 400, 'invalid_body_field'],
    [{ units: 1, offer_id: '01935a2c-0000-7000-8000-000000000003' }, 404, 'not_found'],
  ])('are refused as %j', async (body, status, reason) => {
    const refused = shop.opentopup.alerts.create(body);
    await expect(refused).rejects.toMatchObject({ status, reason });
  });

  it('are refused where there is one already, and where it would be without a threshold', async () => {
    const { alerts } = shop.opentopup;
    const again = alerts.create({ offer_id: world.offer('small'), units: 5 });
    await expect(again).rejects.toMatchObject({ status: 409, reason: 'alert_exists' });
    const [alert] = await allOf(alerts.list());
    const empty = alerts.change(alert?.id ?? '', { units: null, days_of_cover: null });
    await expect(empty).rejects.toMatchObject({ status: 400, reason: 'missing_body_field' });
  });

  it('have told exactly that, in the commits that kept it', async () => {
    // Sales and grants without order: whatever is told has to follow from what was told before.
    const crowd = () => [grant('small', 30), ...sell('small', OK, 40)];
    for (let wave = 0; wave < 5; wave++) await Promise.all(Array.from({ length: 4 }, crowd).flat());
    await vi.waitFor(async () => expect((await stockOf('small')).held).toBe(0), PATIENCE);
    await Promise.all(servers.map((server) => server.stop()));
    const db = await world.openDb();
    const events = await db.query<{ subject_id: string; kind: string; data: any }>(
      `SELECT subject_id, kind, data FROM events WHERE kind IN ('stock.low', 'stock.depleted', 'stock.recovered') ORDER BY id`,
    );
    for (const { subject_id, ...event } of events) told.set(subject_id, [...(told.get(subject_id) ?? []), event]);
    await db.close();

    expect(eventsOf('small').slice(0, 3)).toEqual(['stock.low', 'stock.depleted', 'stock.recovered']);
    const [first] = told.get(world.offer('small')) ?? [];
    expect(first?.data.threshold).toBe(50);
    expect(first?.data.available).toBeLessThanOrEqual(50);
    expect(first?.data.available).toBeGreaterThanOrEqual(25);
    const AFTER: Record<string, string[]> = {
      'stock.low': ['stock.depleted', 'stock.recovered'],
      'stock.depleted': ['stock.recovered', 'stock.depleted'],
      'stock.recovered': ['stock.low', 'stock.depleted'],
    };
    const small = eventsOf('small');
    for (const [i, kind] of small.slice(1).entries()) expect(AFTER[small[i] ?? '']).toContain(kind);

    expect(eventsOf('spain').slice(0, 2)).toEqual(['stock.depleted', 'stock.recovered']);
    expect(eventsOf('empty')).toEqual(['stock.low']);
    const [low] = told.get(world.offer('empty')) ?? [];
    const days = (new Date(low?.data.depletion_date).getTime() - Date.now()) / (24 * HOUR_MS);
    expect(days).toBeGreaterThan(9);
    expect(days).toBeLessThan(11);
    expect(eventsOf('simId')).toEqual(['stock.low']);
  });
});

it('cannot write e-mails where no mail server is set up', async () => {
  const world = await createWorld('postgresql');
  const shop = distributorClient(await world.start(), world.demo);
  const refused = shop.opentopup.alerts.create({ units: 5, emails: ['stock@shop.example'] });
  await expect(refused).rejects.toMatchObject({ status: 503, reason: 'not_configured' });
  await world.remove();
});
