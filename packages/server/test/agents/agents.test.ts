import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerError, type Operator, type TravelB2B } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import type { AgentCreation, NewAgent } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { previewSale } from '../../src/agents/preview-sale.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { distributorClient, operatorOf, unitsOf } from '../support/caller.ts';
import { contextOn } from '../support/context.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

/** An event may be seen some moments after what it tells of. */
const EVENT_WAIT = { timeout: 30_000, interval: 100 };

describe.each(STORAGE_ENGINES)('agents, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let operator: Operator;
  let offer: string;
  let lines = 0;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = distributorClient(server, world.demo);
    operator = operatorOf(server, world.demo.admin_token);
    offer = world.offer('msisdn');
  });
  afterAll(() => world?.remove());

  const newLine = (): string => `06845${String(60_100 + lines++)}`;
  const capsOf = (more: Partial<AgentCreation> = {}): AgentCreation => ({
    name: 'Concierge',
    world: 'live',
    offers: [offer],
    units_per_hour: 100,
    units_per_day: 100,
    line_units_per_day: 10,
    amount_per_day: 10_000,
    currency: 'EUR',
    released_up_to: 1_000,
    ...more,
  });
  const makeAgent = async (more: Partial<AgentCreation> = {}): Promise<{ made: NewAgent; agent: TravelB2B }> => {
    const made = await shop.opentopup.agents.create(capsOf(more));
    return { made, agent: distributorClient(server, made, { retries: 0 }) };
  };
  const preview = (agent: TravelB2B, msisdn: string, offer_id = offer) =>
    agent.opentopup.salePreviews.create({ offer_id, parameters: { msisdn } });
  /** Tells how a call ended, in a word. */
  const told = async (call: Promise<object>): Promise<string> => {
    try {
      const answer = await call;
      return 'status' in answer ? String(answer.status) : 'done';
    } catch (error) {
      if (error instanceof AnswerError) return String(error.reason);
      throw error;
    }
  };

  it('sell what was previewed, once, after a person has released it, and under their own name', async () => {
    const { made, agent } = await makeAgent({ released_up_to: null });
    const before = await unitsOf(shop, offer);
    const line = newLine();
    const wanted = await preview(agent, line);
    expect(wanted).toMatchObject({ status: 'waiting', price: expect.any(Number), units_after: before - 1 });
    // Lines are masked for it, and not for who releases.
    expect(wanted.parameters.msisdn).toContain('•');
    const [seen] = await allOf(shop.opentopup.salePreviews.list({ status: 'waiting' }));
    expect(seen).toMatchObject({ id: wanted.id, parameters: { msisdn: `+33${line.slice(1)}` } });
    await vi.waitFor(async () => {
      const [event] = await shop.opentopup.operations.call('listEvents', {
        query: { types: 'preview.waiting', order: 'newest' },
      });
      expect(event?.data).toMatchObject({ id: wanted.id, agent_name: 'Concierge', status: 'waiting' });
      expect(JSON.stringify(event)).not.toContain(line.slice(1));
    }, EVENT_WAIT);
    const confirm = () => agent.opentopup.salePreviews.confirm(wanted.id, wanted.token);
    expect(await told(confirm())).toBe('preview_not_released');
    expect(await unitsOf(shop, offer)).toBe(before);

    expect(await shop.opentopup.salePreviews.decide(wanted.id, 'release')).toMatchObject({ status: 'released' });
    expect(await told(agent.opentopup.salePreviews.confirm(wanted.id, 'another'))).toBe('invalid_body_field');
    const sold = await confirm();
    expect(sold).toMatchObject({ status: 'ok', user_id: made.client_id });
    expect((await confirm()).id).toBe(sold.id);
    expect(await unitsOf(shop, offer)).toBe(before - 1);
    expect(await agent.opentopup.agents.own()).toMatchObject({ used: { units_last_hour: 1, units_last_day: 1 } });
    expect(await allOf(agent.opentopup.salePreviews.list())).toMatchObject([
      { id: wanted.id, status: 'confirmed', transaction_id: sold.id },
    ]);

    const trail = await allOf(operator.audit({ subject: wanted.id }));
    expect(trail.map(({ actor, action }) => [actor, action])).toEqual([
      [`agent ${made.client_id}`, 'sale.confirmed'],
      [`client ${world.demo.client_id}`, 'preview.released'],
      [`agent ${made.client_id}`, 'preview.created'],
    ]);
  });

  it('are let no further by their credentials than that', async () => {
    const { made, agent } = await makeAgent();
    const { token } = await rawSignIn(server, made);
    const send = async (method: string, path: string, body: object = {}) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(server.baseUrl + path, {
        method,
        headers,
        ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      });
      return [answer.status, ((await answer.json()) as { reason?: string }).reason];
    };
    const denied = [403, 'access_denied'];
    const order = { offer_id: offer, parameters: { msisdn: newLine() } };
    expect(await send('POST', '/distributors/transactions', order)).toEqual(denied);
    expect(await send('POST', '/v1/credentials', { name: 'More' })).toEqual(denied);
    expect(await send('POST', '/v1/agents', capsOf())).toEqual(denied);
    expect(await send('PATCH', `/v1/agents/${made.client_id}`, { units_per_day: 1_000 })).toEqual(denied);
    expect(await send('GET', '/v1/webhooks')).toEqual(denied);
    const wanted = await preview(agent, newLine());
    expect(await send('POST', `/v1/sale-previews/${wanted.id}/decision`, { decision: 'release' })).toEqual(denied);

    // What they read names no line, and what is another agent's they do not find.
    await shop.topups.create({ offer_id: offer, parameters: { msisdn: newLine() } });
    const [newest] = await agent.transactions.page({ limit: 1 });
    expect(newest?.parameters.msisdn).toContain('•');
    const { agent: another } = await makeAgent();
    expect(await told(another.opentopup.salePreviews.confirm(wanted.id, wanted.token))).toBe('not_found');
    expect(await allOf(another.opentopup.salePreviews.list())).toEqual([]);
    const stranger = distributorClient(server, world.demo.other);
    expect(await told(stranger.opentopup.salePreviews.decide(wanted.id, 'decline'))).toBe('not_found');
    expect(await told(stranger.opentopup.agents.change(made.client_id, { units_per_day: 1 }))).toBe('not_found');
  });

  it('sell exactly what a cap leaves of 12 confirmations at once, and each token once', async () => {
    const { agent } = await makeAgent({ units_per_hour: 5 });
    const before = await unitsOf(shop, offer);
    const wanted = await Promise.all(Array.from({ length: 12 }, () => preview(agent, newLine())));
    const ends = await Promise.all(
      // Each of them twice.
      [...wanted, ...wanted].map(({ id, token }) => told(agent.opentopup.salePreviews.confirm(id, token))),
    );
    expect(before - (await unitsOf(shop, offer))).toBe(5);
    const others = ends.filter((end) => !['ok', 'idempotency_in_progress'].includes(end));
    expect(new Set(others)).toEqual(new Set(['agent_limit_reached']));
    expect((await operator.verifyLedger()).verified).toBe(true);
  });

  it.each([
    ['of units in a day', { units_per_day: 1 }, true],
    ['of units for a line', { line_units_per_day: 1 }, false],
    ['of what they cost', { amount_per_day: 10 }, true],
  ])('are held to their cap %s', { tags: 'long' }, async (_, caps, isForOthers) => {
    const { agent } = await makeAgent(caps);
    const line = newLine();
    const [first, second] = [await preview(agent, line), await preview(agent, line)];
    expect(await told(agent.opentopup.salePreviews.confirm(first.id, first.token))).toBe('ok');
    expect(await told(agent.opentopup.salePreviews.confirm(second.id, second.token))).toBe('agent_limit_reached');
    expect(await told(preview(agent, line))).toBe('agent_limit_reached');
    expect(await told(preview(agent, newLine()))).toBe(isForOthers ? 'agent_limit_reached' : 'released');
  });

  it('have no sale counted that was refused, and confirm it once all the same', { tags: 'long' }, async () => {
    const { agent } = await makeAgent({ units_per_day: 1 });
    const barred = await preview(agent, '0684560002');
    expect(await told(agent.opentopup.salePreviews.confirm(barred.id, barred.token))).toBe('line_barred');
    expect(await told(agent.opentopup.salePreviews.confirm(barred.id, barred.token))).toBe('line_barred');
    expect(await agent.opentopup.agents.own()).toMatchObject({ used: { units_last_day: 0, amount_last_day: 0 } });
    const unknown = await preview(agent, '0684560009');
    const pending = await agent.opentopup.salePreviews.confirm(unknown.id, unknown.token);
    expect(pending.status).toBe('pending');
    expect((await agent.opentopup.salePreviews.confirm(unknown.id, unknown.token)).id).toBe(pending.id);
    expect(await agent.opentopup.agents.own()).toMatchObject({ used: { units_last_day: 1 } });
    expect(await told(preview(agent, newLine()))).toBe('agent_limit_reached');
    // Whatever is refused later counts no more either.
    await operator.transactions.resolve(pending.id, { status: 'ko', justification: 'The supplier says so' });
    expect(await agent.opentopup.agents.own()).toMatchObject({ used: { units_last_day: 0 } });
    const next = await preview(agent, newLine());
    expect(await told(agent.opentopup.salePreviews.confirm(next.id, next.token))).toBe('ok');
  });

  it('sell nothing that was declined, is not theirs, or costs more than it did', { tags: 'long' }, async () => {
    const { made, agent } = await makeAgent({ released_up_to: null });
    const wanted = await preview(agent, newLine());
    await shop.opentopup.salePreviews.decide(wanted.id, 'release');
    await shop.opentopup.salePreviews.decide(wanted.id, 'decline');
    expect(await told(agent.opentopup.salePreviews.confirm(wanted.id, wanted.token))).toBe('already_decided');
    expect(await told(preview(agent, newLine(), world.offer('small')))).toBe('offer_not_allowed');

    const price = (await shop.offers.get(offer)).resell_value;
    const dear = await preview(agent, newLine());
    await shop.opentopup.salePreviews.decide(dear.id, 'release');
    await operator.offers.change(offer, { resell_value: price + 1 });
    expect(await told(agent.opentopup.salePreviews.confirm(dear.id, dear.token))).toBe('price_changed');
    await operator.offers.change(offer, { resell_value: price });

    await shop.opentopup.agents.change(made.client_id, { released_up_to: 1_000 });
    const free = await preview(agent, newLine());
    expect(free.status).toBe('released');
    await shop.opentopup.agents.change(made.client_id, { released_up_to: null });
    expect(await told(agent.opentopup.salePreviews.confirm(free.id, free.token))).toBe('preview_not_released');

    const late = await preview(agent, newLine());
    await shop.opentopup.salePreviews.decide(late.id, 'release');
    await shop.opentopup.agents.change(made.client_id, { offers: [] });
    expect(await told(agent.opentopup.salePreviews.confirm(late.id, late.token))).toBe('offer_not_allowed');
    await shop.opentopup.operations.call('revokeOwnCredential', { params: { client_id: made.client_id } });
    await sleep(0);
    expect(await told(agent.opentopup.salePreviews.confirm(late.id, late.token))).toBe('invalid_credentials');
  });

  it('see no units in stock that are for orders that wait', { tags: 'long' }, async () => {
    const empty = world.offer('empty');
    const { made } = await makeAgent({ offers: [empty] });
    const park_until = new Date(Date.now() + 3_600_000).toISOString();
    const order = {
      offer_id: empty,
      parameters: { msisdn: newLine() },
      opentopup: { on_empty: 'park', park_until },
    } as const;
    expect(await shop.topups.create(order)).toMatchObject({ transaction: { status: 'created' } });
    await server.stop();
    const db = await world.openDb();
    const ctx = contextOn(db);
    const [row] = await db.query<{ distributor_id: string }>('SELECT distributor_id FROM offers WHERE id = $1', [
      empty,
    ]);
    const caller = { distributor_id: row?.distributor_id ?? '', client_id: made.client_id, actor: 'agent' };
    const refill = async (units: number): Promise<void> => {
      const grant = {
        offer_id: empty,
        kind: 'grant',
        units,
        reference: `Refill ${units}`,
        justification: 'Test',
      } as const;
      await db.transaction((tx) => bookUnits(tx, grant, new Date(), Number.MAX_SAFE_INTEGER));
    };
    const wanted = { offer_id: empty, parameters: { msisdn: newLine() } };
    await refill(1);
    expect(await previewSale(ctx, caller, wanted)).toMatchObject({ reason: 'bucket_empty' });
    await refill(2);
    expect(await previewSale(ctx, caller, wanted)).toMatchObject({ preview: { units_after: 1 } });
    await db.close();
    server = await world.start();
    shop = distributorClient(server, world.demo);
    operator = operatorOf(server, world.demo.admin_token);
  });

  it('are of the sandbox unless somebody says live', { tags: 'long' }, async () => {
    const { world: _, ...unsaid } = capsOf();
    expect(await told(shop.opentopup.agents.create(unsaid))).toBe('not_found');
    const sandbox = distributorClient(server, world.demo.sandbox, {
      baseUrl: `${server.baseUrl}/travel-b2b-sandbox/v1`,
    });
    const [offered] = await sandbox.offers.page({ limit: 1 });
    const made = await sandbox.opentopup.agents.create({ ...unsaid, offers: [offered?.id ?? ''] });
    expect(made).toMatchObject({ world: 'sandbox', client_id: expect.stringMatching(/^concierge-/) });
  });
});

describe('the time of a preview', { tags: 'long' }, () => {
  it('is ten minutes, after which it sells nothing', async () => {
    const world = await createWorld('postgresql');
    try {
      const start = new Date('2026-12-02T10:00:00Z');
      const caps = {
        name: 'Late',
        world: 'live' as const,
        offers: [world.offer('msisdn')],
        units_per_hour: 5,
        units_per_day: 5,
        line_units_per_day: 5,
        amount_per_day: 100,
        currency: 'EUR',
        released_up_to: 100,
      };
      const first = await world.start({}, start);
      const made = await distributorClient(first, world.demo).opentopup.agents.create(caps);
      const wanted = await distributorClient(first, made).opentopup.salePreviews.create({
        offer_id: world.offer('msisdn'),
        parameters: { msisdn: '0684560777' },
      });
      await first.stop();
      const later = await world.start({}, new Date(start.getTime() + 11 * 60_000));
      const agent = distributorClient(later, made);
      await expect(agent.opentopup.salePreviews.confirm(wanted.id, wanted.token)).rejects.toMatchObject({
        reason: 'preview_expired',
      });
      expect(await allOf(agent.opentopup.salePreviews.list({ status: 'expired' }))).toHaveLength(1);
    } finally {
      await world.remove();
    }
  });
});
