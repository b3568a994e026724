import { randomUUID } from 'node:crypto';
import type { Operator, TravelB2B } from '@opentopup/client';
import { allOf, CommandLine, environment } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  callerWith,
  distributorClient,
  operatorOf,
  type PathCaller,
  signInClient,
  unitsOf,
} from '../support/caller.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };

describe.each(ENGINES)('units that are ordered, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let mailServer: MailServer;
  let shop: TravelB2B;
  let paths: PathCaller;
  let operator: Operator;
  let operatorPaths: PathCaller;
  let offer: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    mailServer = await startMailServer();
    offer = world.offer('msisdn');
    server = await world.start({ SMTP_URL: mailServer.url, MAIL_FROM: 'stock@topup.example' });
    shop = distributorClient(server, world.demo);
    paths = await signInClient(server, world.demo);
    operator = operatorOf(server, world.demo.admin_token);
    operatorPaths = callerWith(server, world.demo.admin_token);
  });
  afterAll(async () => {
    await world?.remove();
    await mailServer?.stop();
  });

  const reference = (): string => `PO-${randomUUID()}`;
  const post = (body: object) => paths.post('/v1/refill-orders', { offer_id: offer, ...body });
  const decide = (id: string, body: object) => operatorPaths.post(`/admin/v1/refill-orders/${id}/decision`, body);
  const eventsOf = async (id: string): Promise<string[]> =>
    (await paths.get('/v1/events?order=newest&limit=100')).body
      .filter(({ data }: { data: Record<string, unknown> }) => data['id'] === id)
      .map(({ type }: { type: string }) => type)
      .toReversed();

  it('are in stock by one step of the operator, under the reference of the order, and both are told', async () => {
    const before = await unitsOf(shop, offer);
    const order = { units: 7, reference: reference() };
    const { status, body } = await post(order);
    expect([status, body]).toEqual([201, expect.objectContaining({ ...order, status: 'open' })]);
    await vi.waitFor(
      () => expect(mailServer.mails.some(({ text }) => text.includes(order.reference))).toBe(true),
      PATIENCE,
    );
    expect(await allOf(operator.refillOrders.list({ status: 'open' }))).toMatchObject([
      { id: body.id, ...order, available: before },
    ]);

    // Whoever decides, and however often, the units are booked once.
    const answers = await Promise.all(Array.from({ length: 4 }, () => decide(body.id, { decision: 'grant' })));
    expect(answers.map((each) => each.status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    expect(await unitsOf(shop, offer)).toBe(before + 7);
    expect((await operatorPaths.get(`/admin/v1/offers/${offer}/movements?limit=1`)).body[0]).toMatchObject({
      kind: 'grant',
      ...order,
      justification: `Refill order ${body.id}`,
    });
    expect(await decide(body.id, { decision: 'decline', justification: 'No' })).toMatchObject({
      status: 409,
      body: { reason: 'already_decided' },
    });
    expect(await allOf(shop.opentopup.refillOrders.list({ status: 'granted' }))).toMatchObject([{ id: body.id }]);
    await vi.waitFor(
      async () => expect(await eventsOf(body.id)).toEqual(['refill.ordered', 'refill.granted']),
      PATIENCE,
    );
    expect((await operator.verifyLedger()).verified).toBe(true);
  });

  it('are ordered once for each reference, and one order at a time', async () => {
    const order = { units: 3, reference: reference() };
    const answers = await Promise.all(Array.from({ length: 4 }, () => post(order)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    const [{ id }] = answers.map(({ body }) => body) as [{ id: string }];
    expect(await post({ ...order, units: 4 })).toMatchObject({ status: 409, body: { reason: 'reference_conflict' } });
    expect(await post({ units: 3, reference: reference() })).toMatchObject({
      status: 409,
      body: { reason: 'refill_open' },
    });

    expect(await decide(id, { decision: 'decline' })).toMatchObject({
      status: 400,
      body: { reason: 'missing_body_field' },
    });
    const no = { decision: 'decline', justification: 'Pay the last one first' };
    expect(await decide(id, no)).toMatchObject({ status: 201, body: { status: 'declined' } });
    expect(await decide(id, no)).toMatchObject({ status: 200 });
    await vi.waitFor(async () => expect(await eventsOf(id)).toEqual(['refill.ordered', 'refill.declined']), PATIENCE);
    expect(await allOf(shop.opentopup.refillOrders.list({ status: 'declined' }))).toMatchObject([
      { justification: no.justification },
    ]);
  });

  it('are not booked a second time where the operator has granted them by hand under that reference', async () => {
    const by = { units: 5, reference: reference(), justification: 'By telephone' };
    const { id } = (await post({ units: 5, reference: by.reference })).body;
    const before = await unitsOf(shop, offer);
    await operator.stock.grant(offer, by);
    expect(await decide(id, { decision: 'grant' })).toMatchObject({ status: 201, body: { status: 'granted' } });
    expect(await unitsOf(shop, offer)).toBe(before + 5);
    // What is booked already is no reference of a new order.
    const used = { units: 5, reference: reference(), justification: 'Before' };
    await operator.stock.grant(offer, used);
    expect(await post({ units: 5, reference: used.reference })).toMatchObject({
      body: { reason: 'reference_conflict' },
    });
  });

  it('are withdrawn by whoever has ordered them, once, as long as nobody has decided', async () => {
    const order = { units: 4, reference: reference() };
    const { id } = (await post(order)).body;
    const withdraw = () => paths.post(`/v1/refill-orders/${id}/withdrawal`, {});
    const answers = await Promise.all(Array.from({ length: 3 }, withdraw));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201]);
    expect(answers[0]?.body).toMatchObject({ ...order, status: 'withdrawn' });
    expect(await decide(id, { decision: 'grant' })).toMatchObject({
      status: 409,
      body: { reason: 'already_decided' },
    });
    await vi.waitFor(async () => expect(await eventsOf(id)).toEqual(['refill.ordered', 'refill.withdrawn']), PATIENCE);
    // Its reference stays used, and the offer can be ordered again.
    expect(await post(order)).toMatchObject({ status: 200, body: { id, status: 'withdrawn' } });
    const next = await post({ units: 4, reference: reference() });
    expect(next).toMatchObject({ status: 201 });
    await decide(next.body.id, { decision: 'grant' });
    expect(await paths.post(`/v1/refill-orders/${next.body.id}/withdrawal`, {})).toMatchObject({
      status: 409,
      body: { reason: 'already_decided' },
    });
  });

  it('are none of another distributor’s', async () => {
    const theirs = await signInClient(server, world.demo.sandbox);
    const own = (await allOf(shop.opentopup.refillOrders.list()))[0]?.id;
    expect(await theirs.post(`/v1/refill-orders/${own}/withdrawal`, {})).toMatchObject({ status: 404 });
    const order = { offer_id: offer, units: 1, reference: reference() };
    expect(await theirs.post('/v1/refill-orders', order)).toMatchObject({ status: 404 });
    expect((await theirs.get('/v1/refill-orders')).body).toEqual([]);
  });

  it('are suggested as far as the forecast goes, for as many days as a refill should last', async () => {
    const refillOf = async () => (await shop.opentopup.stock(offer)).refill;
    expect(await refillOf()).toEqual({ days: 30 });
    await shop.opentopup.settings.change({ refill_days: 14 });
    expect(await refillOf()).toEqual({ days: 14 });
    await shop.opentopup.settings.change({ refill_days: null });
  });

  it('are ordered and decided on the command line too', async () => {
    const access = { clientId: world.demo.client_id, clientSecret: world.demo.client_secret };
    const cli = (await CommandLine.create(environment(server.baseUrl, access))).with({
      OPENTOPUP_ADMIN_TOKEN: world.demo.admin_token,
    });
    try {
      const ordered = await cli.json('refill', 'order', '--offer', offer, '--units', '2');
      expect(ordered).toMatchObject({ exit: 0, values: [{ units: 2, status: 'open' }] });
      const id = String(ordered.values[0]?.['id']);
      const decided = await cli.json('refill', 'decide', id, '--decision', 'grant');
      expect(decided).toMatchObject({ exit: 0, values: [{ status: 'granted' }] });
      const unwanted = await cli.json('refill', 'order', '--offer', offer, '--units', '3');
      const withdrawn = await cli.json('refill', 'withdraw', String(unwanted.values[0]?.['id']));
      expect(withdrawn).toMatchObject({ exit: 0, values: [{ status: 'withdrawn' }] });
    } finally {
      await cli.remove();
    }
  });
});
