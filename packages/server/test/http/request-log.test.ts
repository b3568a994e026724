import type { TravelB2B } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { distributorClient } from '../support/caller.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };

describe.each(STORAGE_ENGINES)('what clients asked, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let raw: RawCaller;
  let offer_id: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = distributorClient(server, world.demo);
    raw = await rawSignIn(server, world.demo);
    offer_id = world.offer('msisdn');
  });
  afterAll(() => world?.remove());

  const order = (msisdn: string) => raw.post('/distributors/transactions', { offer_id, parameters: { msisdn } });
  const found = (id: string) => vi.waitFor(() => shop.opentopup.requests.get(id), PATIENCE);

  it('is found by the id of the answer: what was refused with its body, masked, and what was sold without', async () => {
    const refused = await order('0884587599');
    expect(await found(refused.body.request_id)).toMatchObject({
      method: 'POST',
      route: '/distributors/transactions',
      path: '/distributors/transactions',
      client_id: world.demo.client_id,
      status: 400,
      reason: 'bad_parameter',
      line_digits: 10,
      line_begins: '08',
      body: JSON.stringify({ offer_id, parameters: { msisdn: '••••••••99' } }),
    });
    const sold = await order('0684587599');
    const looked = await raw.get(`/distributors/transactions/${sold.body.id}`);
    const kept = await found(looked.headers.get('x-request-id') ?? '');
    expect(kept).toMatchObject({ status: 200, path: `/distributors/transactions/${sold.body.id}` });
    expect(kept).not.toHaveProperty('body');
    const answered = await found(sold.headers.get('x-request-id') ?? '');
    expect(answered).toMatchObject({ status: 201, transaction_id: sold.body.id, duration_ms: expect.any(Number) });
    expect(JSON.stringify(await allOf(shop.opentopup.requests.list()))).not.toContain('84587599');
  });

  it('is grouped by what is alike: how often, for which reason, and how the line was written', async () => {
    for (let i = 10; i < 16; i++) await order(`09845875${i}`);
    const late = await raw.post('/v1/refill-orders', { units: 0 });
    await found(late.body.request_id);
    const groups = await allOf(shop.opentopup.requests.refusals({ client_id: world.demo.client_id }));
    expect(groups).toContainEqual(
      expect.objectContaining({ reason: 'bad_parameter', line_digits: 10, line_begins: '09', count: 6 }),
    );
    expect(groups).toContainEqual(expect.objectContaining({ route: '/v1/refill-orders', field: 'offer_id', count: 1 }));
    expect(await allOf(shop.opentopup.requests.list({ reason: 'bad_parameter' }))).toHaveLength(7);
    const stranger = distributorClient(server, world.demo.other);
    await expect(stranger.opentopup.requests.get(late.body.request_id)).rejects.toMatchObject({ status: 404 });
    expect(await allOf(stranger.opentopup.requests.refusals())).toEqual([]);
  });

  it('keeps of a flood what there is room for, says that some are missing, and goes on', { tags: 'long' }, async () => {
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 300 }, () => raw.get('/distributors/offers')));
    }
    // The first ones that come after it may find no room either.
    await vi.waitFor(async () => {
      const { headers } = await raw.get('/distributors/offers');
      const id = headers.get('x-request-id') ?? '';
      await vi.waitFor(() => shop.opentopup.requests.get(id), { timeout: 4_000, interval: 200 });
    }, PATIENCE);
    const { length } = await allOf(shop.opentopup.requests.list({ refused: false }));
    expect(length).toBeLessThanOrEqual(3_100);
    expect(length).toBeGreaterThan(500);
    const metrics = await fetch(`${server.baseUrl}/metrics`, {
      headers: { authorization: `Bearer ${world.demo.admin_token}` },
    });
    expect(await metrics.text()).toContain('opentopup_requests_not_logged_total');
  });
});
