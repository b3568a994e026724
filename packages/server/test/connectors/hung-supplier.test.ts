import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { type Shop, setUpShop } from '../support/shop.ts';

const LINE = { msisdn: '0684587587' };
/** Longer than everything else here takes. */
const HUNG_MS = 60_000;

describe.each(ENGINES)('a supplier that hangs, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let hung: Shop;
  let well: Shop;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SUPPLIER_DEADLINE_MS: String(HUNG_MS) });
    const operator = rawCallerWith(server, world.demo.admin_token);
    [hung, well] = [await setUpShop(operator, 'Hung', 1_000), await setUpShop(operator, 'Well', 1_000)];
    await operator.patch(`/admin/v1/suppliers/${hung.supplier_id}`, {
      max_concurrent: 300,
      settings: { latency_ms: HUNG_MS },
    });
  });
  afterAll(() => world.remove());

  it('keeps none of the others waiting: each of their sales is answered while its own still hang', async () => {
    const [unlucky, lucky] = await Promise.all([rawSignIn(server, hung.client), rawSignIn(server, well.client)]);
    let answered = 0;
    const hanging = Array.from({ length: 100 }, async () => {
      await unlucky.sell(hung.offer_id, LINE);
      answered += 1;
    });
    const ended = Promise.allSettled(hanging);
    // All of them have their unit, so they are at the supplier now.
    await expect.poll(() => unlucky.stock(hung.offer_id), { timeout: HUNG_MS, interval: 500 }).toBe(900);

    const sales = [];
    for (let i = 0; i < 30; i += 1) sales.push(await lucky.sell(well.offer_id, LINE));
    expect(sales.map(({ status, body }) => [status, body.status])).toEqual(sales.map(() => [201, 'ok']));
    expect(answered).toBe(0);
    expect(await unlucky.stock(hung.offer_id)).toBe(900);

    await server.kill();
    await ended;
    expect(answered).toBe(0);
  });
});
