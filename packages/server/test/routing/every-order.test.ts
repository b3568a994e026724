import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { createTopup } from '../../src/sales/create-topup.ts';
import { decideTopup } from '../../src/sales/reconcile/decide-topup.ts';
import { takeCallback } from '../../src/sales/reconcile/take-callback.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace, STORAGE_ENGINES } from '../support/server.ts';
import { HonestSupplier } from './honest-supplier.ts';
import { createRoutedShop, inTurns, named, type RoutedShop } from './routed-shop.ts';
import { inEveryOrder, Turns } from './turns.ts';

/** How an order stands in the end, what of it was delivered, and whether it was ended before a second attempt began. */
interface End {
  status: string;
  attempt: number | null;
  delivered: number;
  isClosedEarly: boolean;
}

describe.each(STORAGE_ENGINES)('an order whose first supplier has refused, on %s', (engine) => {
  let world: DemoPlace;
  let dbs: [Db, Db];
  let shop: RoutedShop;
  let offer: string;
  const alerts: string[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    const one = await world.openDb();
    // The embedded database belongs to one process.
    dbs = [one, engine === 'postgresql' ? await world.openDb() : one];
    shop = await createRoutedShop(contextOn(one), ['a', 'c']);
    offer = await shop.offer('a', ['a', 'c']);
  });
  afterAll(async () => {
    await Promise.all([...new Set(dbs ?? [])].map((db) => db.close()));
    await world?.remove();
  });

  /** Sells; once the first supplier has refused, something else happens, step by step beside what is left of the sale. */
  async function sellBeside(
    draw: (among: number) => number,
    beside: (ctx: Context, id: string, a: HonestSupplier) => Promise<unknown>,
  ): Promise<End> {
    const turns = new Turns();
    const [a, c] = [1, 2].map(() => new HonestSupplier(true, turns.wait, () => new Date())) as [
      HonestSupplier,
      HonestSupplier,
    ];
    a.fate = { way: 'answered', does: 'refuses' };
    const connectors = named({ a: a.connector, c: c.connector });
    const alert = (message: string): number => alerts.push(message);
    const [seller, elsewhere] = dbs.map((db) => contextOn(inTurns(db, turns.wait), { connectors, alert })) as [
      Context,
      Context,
    ];
    const wanted = { offer_id: offer, parameters: { msisdn: '0684587587' }, user_id: null, voucher_id: null };
    const order = { ...wanted, max_price: null, allow_repeat: false, check_network: false, notify: null };
    const sale = createTopup(seller, { distributor_id: shop.distributor_id, order, idempotency: null });
    await turns.run([Promise.race([sale, a.has()])], () => 0);
    const [id = ''] = a.books.keys();
    await turns.run([sale, beside(elsewhere, id, a)], draw);

    const [row] = await dbs[0].query<Omit<End, 'delivered'>>(
      `SELECT coalesce(r.status, 'pending') AS status, r.attempt,
              EXISTS (SELECT FROM delivery_attempts WHERE transaction_id = $1 AND number = 2 AND product_id IS NULL)
                AS "isClosedEarly"
       FROM transactions t LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
       WHERE t.id = $1`,
      [id],
    );
    return { ...(row as Omit<End, 'delivered'>), delivered: a.delivered(id) + c.delivered(id) };
  }

  it('and calls back with that, is either delivered by the second one or ends, in every order of their steps', async () => {
    const ends: End[] = [];
    await inEveryOrder(async (draw) => {
      const end = await sellBeside(draw, async (ctx, reference, a) => {
        const body = Buffer.from(JSON.stringify({ reference, outcome: a.tell(reference) }));
        await takeCallback(ctx, shop.suppliers['a']?.supplier_id ?? '', { headers: {}, body });
      });
      ends.push(end);
    });
    const kinds = new Set(ends.map((end) => JSON.stringify(end)));
    expect([...kinds].map((kind) => JSON.parse(kind)).toSorted((x, y) => x.delivered - y.delivered)).toEqual([
      { status: 'ko', attempt: null, isClosedEarly: true, delivered: 0 },
      { status: 'ok', attempt: 2, isClosedEarly: false, delivered: 1 },
    ]);
    expect(alerts.splice(0)).toEqual([]);
  });

  it.each(['ko', 'ok', 'expired'] as const)(
    'and that a person ends as %s meanwhile goes to no other supplier from then on, in every order of their steps',
    async (status) => {
      const ends: End[] = [];
      await inEveryOrder(async (draw) => {
        const decide = (ctx: Context, id: string) => decideTopup(ctx, id, { status, justification: 'x' }, 'somebody');
        ends.push(await sellBeside(draw, decide));
      });
      expect(ends.filter(({ isClosedEarly, delivered }) => isClosedEarly && delivered > 0)).toEqual([]);
      // Either was first at times.
      expect(ends.some(({ isClosedEarly }) => isClosedEarly)).toBe(true);
      expect(ends.some(({ delivered }) => delivered === 1)).toBe(true);
      expect(ends.filter(({ delivered }) => delivered > 1)).toEqual([]);
      alerts.splice(0);
    },
  );
});
