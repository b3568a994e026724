import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { made, type Shop, setUpShop } from '../support/shop.ts';

const LINE = { msisdn: '0684587587' };
/** Longer than everything else here takes. */
const HUNG_MS = 60_000;
const HANGING = 100;
/** How long all attempts of an order with a route may take. */
const ROUTE_MS = 5_000;
const MEASURED = 400;
const AT_ONCE = 4;

describe.each(ENGINES)('a supplier that hangs, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: RawCaller;
  let hung: Shop;
  let well: Shop;
  /** An offer that both of them may deliver, the one that hangs first. */
  let routed: string;
  let [unlucky, lucky]: RawCaller[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start({ SUPPLIER_DEADLINE_MS: String(HUNG_MS) });
    operator = rawCallerWith(server, world.demo.admin_token);
    [hung, well] = [await setUpShop(operator, 'Hung', 1_000), await setUpShop(operator, 'Well', 5_000)];
    await operator.patch(`/admin/v1/suppliers/${hung.supplier_id}`, {
      name: 'Hanging',
      max_concurrent: HANGING + 1,
      settings: { latency_ms: HUNG_MS },
    });
    const { distributor_id } = well;
    const offer = { distributor_id, product_id: hung.product_id, name: 'Either', resell_value: 7.92 };
    routed = made(await operator.post('/admin/v1/offers', offer)).id;
    const products = [hung, well].map(({ product_id }) => ({ product_id }));
    const route = { strategy: 'order', sell_below_cost: true, deadline_ms: ROUTE_MS, products };
    await operator.put(`/admin/v1/offers/${routed}/route`, route);
    const first = { units: 1_000, reference: 'first', justification: 'Test' };
    await operator.post(`/admin/v1/offers/${routed}/grants`, first);
    [unlucky, lucky] = await Promise.all([rawSignIn(server, hung.client), rawSignIn(server, well.client)]);
  });
  afterAll(() => world.remove());

  /** Sells what the other supplier delivers; gives how long each sale took, in milliseconds, the shortest first. */
  async function timeSales(): Promise<number[]> {
    const took: number[] = [];
    const sell = async (): Promise<void> => {
      for (let i = 0; i < MEASURED / AT_ONCE; i += 1) {
        const began = performance.now();
        const { status, body } = await (lucky as RawCaller).sell(well.offer_id, LINE);
        took.push(performance.now() - began);
        expect([status, body.status]).toEqual([201, 'ok']);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sell));
    return took.toSorted((a, b) => a - b);
  }
  const p99 = (sorted: readonly number[]): number => sorted[Math.ceil(sorted.length * 0.99) - 1] as number;
  const p50 = (sorted: readonly number[]): number => sorted[Math.ceil(sorted.length / 2) - 1] as number;

  it('keeps none of the others waiting, and what was never sent to it goes elsewhere, nothing else', async () => {
    const [there, shop] = [unlucky as RawCaller, lucky as RawCaller];
    // What starts slowly has done so.
    await timeSales();
    const before = await timeSales();

    let answered = 0;
    const hanging = Array.from({ length: HANGING }, async () => {
      await there.sell(hung.offer_id, LINE);
      answered += 1;
    });
    const ended = Promise.allSettled(hanging);
    // All of them have their unit, so they are at the supplier now.
    const stock = { timeout: HUNG_MS, interval: 500 };
    await expect.poll(() => there.stock(hung.offer_id), stock).toBe(1_000 - HANGING);
    const meanwhile = await timeSales();

    // The last that may be sent there hangs too. It was sent: only its own supplier can tell what becomes of it.
    const sent = shop.sell(routed, LINE);
    await expect.poll(() => shop.stock(routed), stock).toBe(999);
    for (let i = 0; i < 20; i += 1) {
      const began = performance.now();
      const { body } = await shop.sell(routed, LINE);
      expect([body.status, body.supplier_name]).toEqual(['ok', 'Orange France']);
      expect(performance.now() - began).toBeLessThan(ROUTE_MS);
    }
    const { status, body } = await sent;
    expect([status, body.status, body.supplier_name]).toEqual([201, 'pending', 'Hanging']);
    expect((await shop.get(`/v1/transactions/${body.id}/attempts`)).body).toHaveLength(1);

    expect(answered).toBe(0);
    expect(await there.stock(hung.offer_id)).toBe(1_000 - HANGING);
    const tell = (sorted: number[]) => ({ p50_ms: p50(sorted).toFixed(1), p99_ms: p99(sorted).toFixed(1) });
    const figures = { hanging: HANGING, sales: MEASURED, without: tell(before), beside: tell(meanwhile) };
    process.stdout.write(`others' sales on ${engine}: ${JSON.stringify(figures)}\n`);
    // Another program may take the machine for a moment; a queue behind what hangs would be a minute long.
    expect(p99(meanwhile)).toBeLessThan(3 * p99(before) + 250);

    await server.kill();
    await ended;
    expect(answered).toBe(0);
  });
});
