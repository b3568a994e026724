import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callerWith, operatorOf, type PathCaller, signInClient } from '../support/caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

describe.each(STORAGE_ENGINES)('the ranking of sales on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    operator = callerWith(server, world.demo.admin_token);
    const shop = await signInClient(server, world.demo);
    for (const msisdn of ['0684587587', '0684587588', '0684587002']) await shop.sell(world.offer('msisdn'), { msisdn });
  });
  afterAll(async () => {
    await world?.remove();
  });

  const ranking = async (query: string) => await operator.get(`/admin/v1/sales-ranking?${query}`);

  it('adds up what was sold by distributor, offer and seller, and leaves out what came to nothing', async () => {
    const { body: offers } = await ranking('by=offer&order=sold');
    expect(offers[0]).toMatchObject({
      id: world.offer('msisdn'),
      name: 'Mobile France 10 EUR',
      distributor_name: 'Demo distributor',
      sold: 2,
      value: { amount: 15.84, currency: 'EUR' },
      without_cost: 2,
    });
    const { body: distributors } = await ranking('by=distributor');
    expect(distributors).toHaveLength(1);
    expect(distributors[0].sold).toBe(offers.reduce((sum: number, { sold }: { sold: number }) => sum + sold, 0));
    const { body: sellers } = await ranking('by=seller&order=margin');
    // Each of these orders names another user.
    expect(sellers.map(({ sold }: { sold: number }) => sold)).toEqual([1, 1]);
    expect((await ranking('by=offer&to=2020-01-01&from=2019-12-01')).body).toEqual([]);
    expect((await ranking('by=offer&world=sandbox')).body).toEqual([]);
    expect((await ranking('by=offer&from=2020-01-01')).body.reason).toBe('invalid_query_parameter');
  });

  it('is a sheet as well', async () => {
    const client = operatorOf(server, world.demo.admin_token);
    const sheet = await client.stream('rankSales', 'text/csv', { query: { by: 'offer' } });
    const [head, first] = (await new Response(sheet).text()).split(/\r?\n/);
    expect(head).toBe('name,distributor_name,sold,value,margin,currency,without_cost,id,distributor_id');
    expect(first).toContain('Mobile France 10 EUR');
  });
});
