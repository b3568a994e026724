import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { createTopup } from '../../src/sales/create-topup.ts';
import { decideTopup } from '../../src/sales/reconcile/decide-topup.ts';
import { leaseOpenCases, openCasesForOrphans } from '../../src/sales/reconcile/reconcile.store.ts';
import { reconcileTopup } from '../../src/sales/reconcile/reconcile-topup.ts';
import { takeCallback } from '../../src/sales/reconcile/take-callback.ts';
import { contextOn } from '../support/context.ts';
import { proveLedger } from '../support/ledger.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';
import { type Fate, HonestSupplier } from './honest-supplier.ts';
import { createRoutedShop, inTurns, named, type RoutedShop } from './routed-shop.ts';
import { Turns } from './turns.ts';

/** Suppliers, and whether that they know nothing of an order is proof. */
const SUPPLIERS = { a: true, b: false, c: true } as const;
const NAMES = Object.keys(SUPPLIERS) as (keyof typeof SUPPLIERS)[];
const DEADLINE_MS = 10_000;
const ORPHAN_AFTER_MS = 30_000;

/** What happens beside a sale, each at some moment of it. */
type Act =
  /** A supplier tells what came of one of the orders that it has. */
  | { act: 'callback'; nth: number }
  | { act: 'look' }
  | { act: 'decide'; status: 'ok' | 'ko' | 'expired' }
  | { act: 'pass'; ms: number };

const fate = fc.record<Fate>({
  way: fc.constantFrom('never', 'lost', 'lost_before', 'answered', 'answered', 'answered'),
  does: fc.constantFrom('delivers', 'refuses', 'refuses', 'refuses', 'refuses_line', 'delivers_later', 'refuses_later'),
});
const act = fc.oneof<fc.WeightedArbitrary<Act>[]>(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('callback' as const), nth: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.constant({ act: 'look' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('decide' as const), status: fc.constantFrom('ok', 'ko', 'expired') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constant('pass' as const), ms: fc.constantFrom(2_000, 9_000, 45_000, 100_000) }),
  },
);
const story = fc.record({
  offer: fc.nat(2),
  fates: fc.tuple(fate, fate, fate),
  acts: fc.array(act, { maxLength: 5 }),
  /** After so many turns its server is killed. */
  killed_after: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(40) }),
  order: fc.array(fc.nat(1_000), { minLength: 100, maxLength: 100 }),
});

describe.each(ENGINES)('an order with a route, on %s', (engine) => {
  let world: DemoPlace;
  let dbs: Db[];
  let shop: RoutedShop;
  let offers: string[];
  let turns = new Turns();
  let ahead_ms = 0;
  const now = (): Date => new Date(Date.now() + ahead_ms);
  let suppliers: Record<string, HonestSupplier>;
  const connectors = (): Record<string, HonestSupplier['connector']> =>
    Object.fromEntries(NAMES.map((name) => [name, (suppliers[name] as HonestSupplier).connector]));
  const ctxOn = (db: Db, turn: () => Promise<void>): Context =>
    contextOn(inTurns(db, turn), { connectors: named(connectors()), now, supplier_deadline_ms: DEADLINE_MS });
  /** How often what is to be proven has really come up. */
  const seen = { attempts: 0, closed: 0, killed: 0, pending: 0, ok: 0, ko: 0 };

  beforeAll(async () => {
    world = await createWorld(engine);
    const [one, ...more] = await world.openDbs();
    dbs = [one as Db, more[0] ?? (one as Db)];
    const ctx = contextOn(one as Db);
    shop = await createRoutedShop(ctx, NAMES);
    offers = [
      await shop.offer('a', ['a', 'b', 'c']),
      await shop.offer('a', ['c', 'b', 'a']),
      await shop.offer('b', ['a', 'b', 'c'], { strategy: 'weight' }),
    ];
  });
  afterAll(async () => {
    await Promise.all([...new Set(dbs ?? [])].map((db) => db.close()));
    await world?.remove();
  });

  /** The id of the order under way; null while nothing is held. */
  async function orderOf(offer: string): Promise<string | null> {
    const rows = await (dbs[0] as Db).query<{ id: string }>(
      'SELECT id FROM transactions WHERE distributor_id = $1 AND offer_id = $2 ORDER BY id DESC LIMIT 1',
      [shop.distributor_id, offer],
    );
    return rows[0]?.id ?? null;
  }

  /** Does what the reconciler does. */
  async function look(ctx: Context): Promise<void> {
    const { db } = ctx.store;
    await openCasesForOrphans(db, new Date(now().getTime() - DEADLINE_MS - ORPHAN_AFTER_MS), now());
    const cases = await leaseOpenCases(db, now(), DEADLINE_MS, 20);
    await Promise.all(cases.map((each) => reconcileTopup(ctx, each)));
  }

  async function callBack(ctx: Context, nth: number): Promise<void> {
    for (const supplier of Object.values(suppliers)) supplier.finish();
    const all = NAMES.flatMap((name) =>
      [...(suppliers[name] as HonestSupplier).books.keys()].map((reference) => ({ name, reference })),
    );
    const { name, reference } = all[nth % all.length] ?? {};
    if (name === undefined || reference === undefined) return;
    const body = Buffer.from(JSON.stringify({ reference, outcome: suppliers[name]?.tell(reference) }));
    await takeCallback(ctx, shop.suppliers[name]?.supplier_id ?? '', { headers: {}, body });
  }

  async function perform(ctx: Context, each: Act, before: string | null, offer: string): Promise<void> {
    await turns.wait();
    if (each.act === 'pass') ahead_ms += each.ms;
    if (each.act === 'look') return look(ctx);
    const id = await orderOf(offer);
    if (id === null || id === before) return;
    if (each.act === 'callback') await callBack(ctx, each.nth);
    if (each.act === 'decide') await decideTopup(ctx, id, { status: each.status, justification: 'x' }, 'somebody');
  }

  it('is delivered once at most, whatever is lost, killed, called back, asked and decided, in whatever order', async () => {
    const [mine, other] = dbs as [Db, Db];
    await fc.assert(
      fc.asyncProperty(story, async ({ offer: nth, fates, acts, killed_after, order }) => {
        const offer = offers[nth] as string;
        turns = new Turns();
        let [drawn, left] = [0, killed_after ?? Number.POSITIVE_INFINITY];
        const draw = (among: number): number => (order[drawn++ % order.length] as number) % Math.max(among, 1);
        // Whoever is killed never gets a turn again.
        let kill = (): void => {};
        const killed = new Promise<'killed'>((resolve) => {
          kill = () => resolve('killed');
        });
        const turnOfSale = async (): Promise<void> => {
          left -= 1;
          if (left < 0) {
            kill();
            await new Promise(() => {});
          }
          await turns.wait();
        };
        suppliers = Object.fromEntries(
          NAMES.map((name, i) => {
            const supplier = new HonestSupplier(SUPPLIERS[name], turns.wait, now);
            supplier.fate = fates[i] as Fate;
            return [name, supplier];
          }),
        );
        const before = await orderOf(offer);
        const seller = ctxOn(mine, turnOfSale);
        const elsewhere = ctxOn(other, turns.wait);
        const wanted = { offer_id: offer, parameters: { msisdn: '0684587587' }, user_id: null, voucher_id: null };
        const received = { ...wanted, max_price: null, allow_repeat: false, check_network: false, notify: null };
        const { distributor_id } = shop;
        const sale = createTopup(seller, { distributor_id, order: received, idempotency: null });
        const beside = acts.map((each) => perform(elsewhere, each, before, offer));
        await turns.run([Promise.race([sale, killed]), ...beside], draw);

        const id = await orderOf(offer);
        if (left < 0) seen.killed += 1;
        if (id === null || id === before) return;
        // All comes to its end: what suppliers are working on, and what can be found out.
        for (const supplier of Object.values(suppliers)) supplier.finish();
        for (let i = 0; i < 3; i += 1) {
          ahead_ms += 200_000;
          await turns.run([look(elsewhere)], draw);
        }
        await expectOneDelivery(
          id,
          acts.some((each) => each.act === 'decide'),
        );
        await tidyUp(mine);
      }),
      process.env['LONG'] ? { numRuns: 500, seed: Date.now() % 2 ** 31 } : { numRuns: 60, seed: 2 },
    );
    for (const offer of offers) await proveLedger(mine, offer);
    expect(Object.entries(seen).filter(([, times]) => times === 0)).toEqual([]);
  }, 600_000);

  async function expectOneDelivery(id: string, isDecided: boolean): Promise<void> {
    const [row] = await (dbs[0] as Db).query<{ status: string; attempt: number | null; supplier: string }>(
      `SELECT coalesce(r.status, 'pending') AS status, r.attempt, s.connector AS supplier
       FROM transactions t JOIN offers o ON o.id = t.offer_id
       LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
       JOIN products p ON p.id = coalesce(r.product_id, o.product_id) JOIN suppliers s ON s.id = p.supplier_id
       WHERE t.id = $1`,
      [id],
    );
    const attempts = await (dbs[0] as Db).query<{ number: number; product_id: string | null }>(
      'SELECT number, product_id FROM delivery_attempts WHERE transaction_id = $1 ORDER BY number',
      [id],
    );
    const status = row?.status as 'ok' | 'ko' | 'pending' | 'expired';
    if (attempts.filter(({ product_id }) => product_id !== null).length > 1) seen.attempts += 1;
    if (attempts.some(({ product_id }) => product_id === null)) seen.closed += 1;
    if (status !== 'expired') seen[status] += 1;
    const by = NAMES.filter((name) => (suppliers[name] as HonestSupplier).delivered(id) > 0);
    const delivered = NAMES.reduce((sum, name) => sum + (suppliers[name] as HonestSupplier).delivered(id), 0);
    expect(delivered).toBeLessThanOrEqual(1);
    // A person may be wrong; nobody else is.
    if (isDecided) return;
    if (delivered === 1) expect({ status, by }).toEqual({ status: 'ok', by: [row?.supplier] });
    else expect(['ko', 'pending']).toContain(status);
  }

  /** So that the next order finds the clock right, and no case of another one. */
  async function tidyUp(db: Db): Promise<void> {
    ahead_ms = 0;
    await db.query('UPDATE unknown_outcomes SET next_at = NULL');
    await db.query(`UPDATE orphan_search SET from_id = '00000000-0000-0000-0000-000000000000'`);
  }
});
