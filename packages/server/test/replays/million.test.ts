import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { ALL, replaySales } from '../../src/replays/replay-sales.ts';
import { HonestSupplier } from '../routing/honest-supplier.ts';
import { createRoutedShop, named } from '../routing/routed-shop.ts';
import { contextOn } from '../support/context.ts';
import { createWorld } from '../support/server.ts';

const SALES = 1_000_000;
const OFFERS = 50;
const DAYS = 30;
const FROM = new Date('2026-03-01T00:00:00Z');
const MOST_MB = 50;

/** What is in memory and still needed, in bytes. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function kept(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

it('a month of a million sales is replayed in bounded memory', { timeout: 900_000 }, async () => {
  const world = await createWorld('postgresql');
  const db = await world.openDb();
  const { connector } = new HonestSupplier();
  const ctx = contextOn(db, { connectors: named({ a: connector, b: connector }) });
  const shop = await createRoutedShop(ctx, ['a', 'b']);
  const { distributor_id } = shop;
  const [a, b] = [shop.suppliers['a']?.product_id ?? '', shop.suppliers['b']?.product_id ?? ''];
  const offers: string[] = [];
  for (let i = 0; i < OFFERS; i += 1) offers.push(await shop.offer('a', ['a', 'b']));
  // Evenly over the month; of ten, one went on to the second product, and of a hundred one was refused for its line.
  const planted = `
    SELECT i, ($2::uuid[])[1 + i % ${OFFERS}] AS offer_id, $1::uuid AS distributor_id, at,
           (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(i % 4096), 3, '0') ||
            '8' || lpad(to_hex(i), 15, '0'))::uuid AS id
    FROM generate_series(0, ${SALES - 1}) AS i,
         LATERAL (SELECT $3::timestamptz + i * interval '${DAYS} days' / ${SALES} AS at) made`;
  await db.transaction(
    async (tx) => {
      await tx.query(
        `WITH planted AS (${planted}), made AS (
           INSERT INTO transactions (distributor_id, id, offer_id, offer_version, created_at)
           SELECT distributor_id, id, offer_id, 2, at FROM planted
         ), tried AS (
           INSERT INTO delivery_attempts (distributor_id, transaction_id, number, product_id, begun_at, reason, ended_at)
           SELECT distributor_id, id, n, CASE n WHEN 1 THEN $4::uuid ELSE $5::uuid END, at,
                  CASE n WHEN 1 THEN 'supplier_unavailable' END, CASE n WHEN 1 THEN at + interval '1 second' END
           FROM planted, generate_series(1, 2) n WHERE i % 10 = 0
         )
         INSERT INTO resolutions (distributor_id, transaction_id, status, reason, product_id, attempt, cost, cost_currency, at)
         SELECT distributor_id, id, CASE i % 100 WHEN 1 THEN 'ko' ELSE 'ok' END, CASE i % 100 WHEN 1 THEN 'line_unknown' END,
                CASE i % 10 WHEN 0 THEN $5::uuid ELSE $4::uuid END, CASE i % 10 WHEN 0 THEN 2 END, 7, 'EUR',
                at + interval '2 seconds'
         FROM planted`,
        [distributor_id, offers, FROM, a, b],
      );
    },
    { isLong: true },
  );
  await db.query('ANALYZE');

  const asked = {
    world: 'live',
    distributor_id,
    from: FROM,
    before: new Date(FROM.getTime() + DAYS * 86_400_000),
  } as const;
  let most = 0;
  const before = kept();
  const watch = setInterval(() => {
    most = Math.max(most, kept());
  }, 500);
  const begin_ms = performance.now();
  const route = { strategy: 'order', sell_below_cost: true, products: [{ product_id: b, weight: 1 }] } as const;
  const routes = new Map(offers.map((id) => [id, { ...route, products: [...route.products] }]));
  const shown = await replaySales(ctx, asked, { routes, prices: new Map() }, new AbortController().signal);
  clearInterval(watch);
  const [seconds, grown_mb] = [(performance.now() - begin_ms) / 1_000, (most - before) / 2 ** 20];
  process.stdout.write(
    `a million sales: replayed in ${seconds.toFixed(1)} s, with ${grown_mb.toFixed(0)} MB more that were needed\n`,
  );
  if ('reason' in shown) throw new Error(shown.reason);
  const { totals, evidence } = shown;
  const { actual, estimate } = totals.sums.get(ALL) ?? {};
  expect(actual).toMatchObject({ orders: SALES, ok: 0.99 * SALES, ko: 0.01 * SALES, cost: { EUR: 7 * 0.99 * SALES } });
  // All that came to the second product was delivered.
  expect(estimate?.ok).toBeCloseTo(SALES, 3);
  expect(evidence.nothing).toBe(0);
  expect(grown_mb).toBeLessThan(MOST_MB);
  await db.close();
  await world.remove();
});
