import { FIRST_CURSOR } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, type PathCaller } from '../support/caller.ts';
import { rawCallerWith } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const SUPPLIERS = '/admin/v1/suppliers';
const FRANCE = `${SUPPLIERS}/7413e966-c97c-11ed-b80c-fa163e78aa28`;
const TYPES = 'supplier.balance_low,supplier.balance_recovered';

describe.each(ENGINES)('the money at a supplier, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    operator = callerWith(server, world.demo.admin_token);
  });
  afterAll(() => world.remove());

  const has = (available: number, more: object = {}): Promise<unknown> =>
    operator.patch(FRANCE, { settings: { balance: { available, currency: 'EUR', ...more } } });
  const read = async (): Promise<any> => (await operator.post(`${FRANCE}/balance-readings`, {})).body;
  const shown = async (): Promise<any> => (await operator.get(FRANCE)).body;
  const alerts = (): number => server.output().split('the money at a supplier is below its threshold').length - 1;
  /** What was told of it, once so much was. */
  const told = (count: number): Promise<unknown[]> =>
    vi.waitFor(
      async () => {
        const { body } = await operator.get(`/admin/v1/events?types=${TYPES}&cursor=${FIRST_CURSOR}`);
        expect(body.length).toBeGreaterThanOrEqual(count);
        return body.map(({ event }: any) => [event.type, event.data.available, event.data.balance_threshold]);
      },
      { timeout: 60_000 },
    );

  it('is not asked for where the supplier does not tell it', async () => {
    expect(await read()).toMatchObject({ reason: 'not_supported' });
    expect(await shown()).toMatchObject({ balance_threshold: null });
    expect(await shown()).not.toHaveProperty('balance');
  });

  it('is read when the operator says so, to the digit, and shown with the supplier and in the metrics', async () => {
    await has(1_240.123_45, { held: 12.5, credit_limit: 300 });
    const balance = {
      available: 1_240.123_45,
      held: 12.5,
      credit_limit: 300,
      currency: 'EUR',
      read_date: expect.any(String),
    };
    expect(await read()).toEqual(balance);
    expect((await shown()).balance).toEqual(balance);
    const metrics = async (): Promise<string> => (await rawCallerWith(server, operator.token).get('/metrics')).body;
    await vi.waitFor(
      async () => expect(await metrics()).toMatch(/opentopup_supplier_balance\{[^}]*currency="EUR"[^}]*\} 1240\.12345/),
      { timeout: 60_000 },
    );
  });

  it('below the threshold is told once, and once it has recovered', async () => {
    await operator.patch(FRANCE, { balance_threshold: 500 });
    expect(await shown()).toMatchObject({ balance_threshold: 500 });
    expect((await shown()).balance).not.toHaveProperty('low_date');
    const before = alerts();
    await has(499.99);
    for (const _ of [1, 2]) expect(await read()).toMatchObject({ low_date: expect.any(String) });
    await has(500);
    for (const _ of [1, 2]) expect(await read()).not.toHaveProperty('low_date');
    // A threshold counts at once, without a reading.
    await operator.patch(FRANCE, { balance_threshold: 600 });
    expect((await shown()).balance).toHaveProperty('low_date');
    await operator.patch(FRANCE, { balance_threshold: null });
    expect((await shown()).balance).not.toHaveProperty('low_date');
    expect(await told(4)).toEqual([
      ['supplier.balance_low', 499.99, 500],
      ['supplier.balance_recovered', 500, 500],
      ['supplier.balance_low', 500, 600],
      ['supplier.balance_recovered', 500, undefined],
    ]);
    expect(alerts() - before).toBe(2);
  });

  it('that makes no sense is not kept: the last one stays, with the cause', async () => {
    await has(7, { currency: 'euros' });
    expect(await read()).toMatchObject({ reason: 'supplier_silent' });
    const failed = { available: 500, failure_date: expect.any(String), cause: 'its balance makes no sense' };
    expect((await shown()).balance).toMatchObject(failed);
    await has(7);
    expect(await read()).toEqual({ available: 7, currency: 'EUR', read_date: expect.any(String) });
  });

  it('is read by itself as well, by any process', async () => {
    await has(3);
    const hour = 3_600_000;
    await server.stop();
    server = await world.start({}, new Date(Date.now() + hour));
    operator = callerWith(server, world.demo.admin_token);
    await vi.waitFor(async () => expect((await shown()).balance.available).toBe(3), { timeout: 60_000 });
  });
});
