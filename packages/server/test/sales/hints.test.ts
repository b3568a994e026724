import { expect, it } from 'vitest';
import type { Connector } from '../../src/connectors/connector.ts';
import { askNow } from '../../src/sales/reconcile/ask-now.ts';
import { plantOrders } from '../replays/past-routes.ts';
import { createRoutedShop, named } from '../routing/routed-shop.ts';
import { contextOn } from '../support/context.ts';
import { createWorld } from '../support/server.ts';

const MINUTE_MS = 60_000;

it('whoever says twice within a minute that there is news of what has ended has its supplier asked at once, and once more after it', async () => {
  const world = await createWorld('postgresql');
  const db = await world.openDb();
  let asked = 0;
  const connector: Connector = {
    recharge: async () => ({ outcome: 'unknown', cause: 'never called' }),
    lookup: async () => {
      asked += 1;
      return { outcome: 'unknown', cause: 'nothing new' };
    },
  };
  let now_ms = Date.now();
  const later: Promise<void>[] = [];
  const ctx = contextOn(db, {
    connectors: named({ a: connector, b: connector }),
    now: () => new Date(now_ms),
    background: (work) => void later.push(work),
  });
  const shop = await createRoutedShop(ctx, ['a', 'b']);
  const [a, b] = [shop.suppliers['a']?.product_id ?? '', shop.suppliers['b']?.product_id ?? ''];
  const offer_id = await shop.offer('a', ['a', 'b']);
  const attempts = [
    { product_id: a, result: 'next', took_ms: 100 },
    { product_id: b, result: 'ok', took_ms: 100 },
  ] as const;
  const { distributor_id } = shop;
  await plantOrders(db, [{ at: new Date(), distributor_id, offer_id, version: 2, own: a, attempts }]);
  const [sale] = await db.query<{ id: string }>('SELECT id FROM transactions WHERE offer_id = $1', [offer_id]);
  const heard = (number: number, product_id: string) =>
    askNow(ctx, {
      distributor_id,
      transaction_id: sale?.id ?? '',
      number,
      product_id,
      own_product_id: a,
      is_routed: true,
    });

  await heard(2, b);
  expect(asked).toBe(1);
  // Of another attempt another supplier is asked.
  await heard(1, a);
  expect(asked).toBe(2);
  now_ms += MINUTE_MS - 20;
  for (let i = 0; i < 3; i += 1) await heard(2, b);
  expect([asked, later.length]).toEqual([2, 1]);
  await Promise.all(later);
  expect(asked).toBe(3);
  await db.close();
  await world.remove();
});
