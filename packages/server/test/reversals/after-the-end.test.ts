import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/connectors/connector.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { stockAt } from '../../src/ledger/movements.query.ts';
import { verifyLedger } from '../../src/ledger/verify-ledger.ts';
import { readOverview } from '../../src/reports/read-overview.ts';
import { listRequests } from '../../src/reversals/requests.query.ts';
import { decideReversal, requestReversal, reverseSale } from '../../src/reversals/reverse-sale.ts';
import { resolveTopup } from '../../src/sales/resolve-topup.ts';
import { forgetLate } from '../../src/sales/retention.store.ts';
import { listTransactions } from '../../src/sales/transactions/read-transactions.ts';
import { countTransactions } from '../../src/sales/transactions/transaction-counts.query.ts';
import { totalTransactions } from '../../src/sales/transactions/transaction-totals.query.ts';
import { wireTotals } from '../../src/sales/transactions/transaction-totals.wire.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { contextOn } from '../support/context.ts';
import { proveLedger } from '../support/ledger.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';
import { bookByHand, holdAll } from './held-sales.ts';

const SALES = 4;
/** A hundred runs take their time on a machine that is busy. */
const MOST_MS = 1_800_000;
const HOUR_MS = 3_600_000;

/** What may happen to one of the sales of an offer, or to its stock. */
type Act =
  | { act: 'outcome'; sale: number; outcome: Outcome }
  | { act: 'reverse' | 'request'; sale: number }
  | { act: 'approve' | 'decline' }
  | { act: 'book'; units: number };

const OUTCOMES: Outcome[] = [
  { outcome: 'ok', supplier_reference: 'R-1', cost: { amount: 7.5, currency: 'EUR' } },
  { outcome: 'ko', reason: 'line_barred', message: 'line barred' },
  { outcome: 'unknown', cause: 'no answer' },
];
const sale = fc.nat(SALES - 1);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('outcome' as const), sale, outcome: fc.constantFrom(...OUTCOMES) }),
  },
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom('reverse' as const, 'request' as const), sale }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('approve' as const, 'decline' as const) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('book' as const), units: fc.constantFrom(-1, -1, -1, 1) }) },
);
/** Waves of acts; those of a wave happen at the same time, by turns in one process and the other. */
const waves = fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), { minLength: 3, maxLength: 10, size: 'max' });
const rules = fc.record({
  secondPersonAbove: fc.constantFrom(null, 0),
  onSupplierProof: fc.constantFrom('propose' as const, 'book' as const),
});

describe.each(ENGINES)('sales after their end, on %s', (engine) => {
  let world: DemoPlace;
  let dbs: Db[];
  let contexts: Context[];
  let owner: string;
  let product: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    dbs = await world.openDbs();
    contexts = dbs.map((db) => contextOn(db));
    const [offer] = await (dbs[0] as Db).query<{ distributor_id: string; product_id: string }>(
      'SELECT distributor_id, product_id FROM offers WHERE id = $1',
      [world.offer('msisdn')],
    );
    owner = offer?.distributor_id ?? '';
    product = offer?.product_id ?? '';
  });
  afterAll(async () => {
    await Promise.all((dbs ?? []).map((db) => db.close()));
    await world?.remove();
  });

  const begin = (ctx: Context) => holdAll(ctx, { distributor_id: owner, product_id: product }, SALES);

  it(
    'agree in counters, movements, chain, counts and overview, whatever comes in whatever order',
    async () => {
      const [db] = dbs as [Db];
      const seen = { reversed: 0, late: 0, owed: 0 };
      await fc.assert(
        fc.asyncProperty(waves, rules, async (all, reversals) => {
          for (const ctx of contexts) ctx.reversals = reversals;
          const { offer, sales } = await begin(contexts[0] as Context);
          const decide = async (ctx: Context, decision: 'approve' | 'decline', nth: number) => {
            const open = await listRequests(ctx.store.db, {
              offset: 0,
              limit: 9,
              distributor_id: owner,
              status: 'open',
            });
            const [request] = open.filter(({ transaction_id }) => sales.includes(transaction_id));
            const by = { actor: `account ${nth}`, hasSession: true };
            if (request) await decideReversal(ctx, request.id, { decision, justification: 'looked' }, by);
          };
          const wish = { reason: 'not_delivered', justification: 'no credit' } as const;
          for (const wave of all) {
            const doing = wave.map(async (each, nth): Promise<unknown> => {
              const ctx = contexts[nth % contexts.length] as Context;
              switch (each.act) {
                case 'outcome':
                  return resolveTopup(
                    ctx,
                    { distributor_id: owner, transaction_id: sales[each.sale] as string },
                    each.outcome,
                  );
                case 'reverse':
                  return reverseSale(ctx, sales[each.sale] as string, wish, 'operator');
                case 'request':
                  return requestReversal(
                    ctx,
                    { distributor_id: owner, id: sales[each.sale] as string },
                    wish,
                    'client',
                  );
                case 'book':
                  return bookByHand(ctx, offer, each.units);
                default:
                  return decide(ctx, each.act, nth);
              }
            });
            await Promise.all(doing);
          }

          const sums = await proveLedger(db, offer);
          const ctx = contexts[0] as Context;
          expect(await verifyLedger(ctx, { offerId: offer })).toMatchObject({ verified: true, faults: [] });
          const { granted, available, held, sold } = sums;
          expect(await stockAt(db, offer, new Date())).toMatchObject({ granted, available, held, sold });

          const page = { offset: 0, limit: 100 };
          const rows = await listTransactions(ctx.store, owner, { offer }, page);
          for (const status of ['ok', 'ko', 'pending']) {
            const expected = rows.filter((row) => row.status === status).map(({ id }) => id);
            expect((await listTransactions(ctx.store, owner, { offer, status }, page)).map(({ id }) => id)).toEqual(
              expected,
            );
            for (const span of [{}, { from: new Date(Date.now() - HOUR_MS) }]) {
              const filter = { offer, status, ...span };
              expect(await countTransactions(db, owner, filter)).toBe(expected.length);
              const { totals } = wireTotals(await totalTransactions(db, filter, owner), filter);
              expect(totals[0]?.transactions ?? 0).toBe(expected.length);
            }
          }
          const reversed = rows.filter(({ change }) => change?.reversal);
          expect(reversed.every(({ status, reason }) => status === 'ko' && reason === 'reversed')).toBe(true);
          const told = await db.query(
            `SELECT subject_id FROM events WHERE kind = 'transaction.reversed' AND subject_id = ANY ($1::uuid[])`,
            [sales],
          );
          expect(told).toHaveLength(reversed.length);

          const period = { from: new Date(Date.now() - 2 * HOUR_MS), before: new Date(Date.now() + HOUR_MS) };
          const asked = {
            whose: { distributor_id: owner },
            period,
            compared: period,
            previous: period,
            step: 'hour',
          } as const;
          const { offers } = await readOverview(ctx.store.db, ctx.now(), asked);
          const late = rows.filter(({ change }) => change?.late_delivery?.booked_at);
          const ok = offers.find(({ names }) => names.offer_id === offer)?.figures.ok ?? 0;
          expect(ok - reversed.length + late.length).toBe(sold);
          // A unit that was granted went to what was owed first.
          const owed = rows.filter(({ change }) => change?.late_delivery && change.late_delivery.booked_at === null);
          seen.reversed += reversed.length;
          seen.late += late.length;
          seen.owed += owed.length;
          if (owed.length > 0) {
            await bookByHand(ctx, offer, owed.length);
            expect(await proveLedger(db, offer)).toMatchObject({ available, sold: sold + owed.length });
          }
        }),
        { numRuns: process.env['LONG'] ? 100 : 20, seed: process.env['LONG'] ? Date.now() % 2 ** 31 : 1 },
      );
      // A few runs need not come across all of it: what two processes do at once has no order.
      if (process.env['LONG']) expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
    },
    MOST_MS,
  );

  it('are asked about once, however often their supplier contradicts them', async () => {
    const alerts: string[] = [];
    const ctx = contextOn(dbs[0] as Db, { alert: (message) => alerts.push(message) });
    const { sales } = await begin(ctx);
    const key = { distributor_id: owner, transaction_id: sales[0] as string };
    const open = async () => {
      const page = { offset: 0, limit: 100, distributor_id: owner, status: 'open' } as const;
      return (await listRequests(ctx.store.db, page)).filter(({ transaction_id }) => transaction_id === sales[0]);
    };
    for (const nth of [0, 1, 1]) await resolveTopup(ctx, key, OUTCOMES[nth] as Outcome);
    const [request, ...others] = await open();
    expect(request).toMatchObject({ origin: 'supplier', reason: 'refunded' });
    expect(others).toEqual([]);
    const by = { actor: 'operator', hasSession: false };
    await decideReversal(ctx, request?.id ?? '', { decision: 'decline', justification: 'It is there' }, by);
    await resolveTopup(ctx, key, OUTCOMES[1] as Outcome);
    expect(await open()).toEqual([]);
    expect(alerts).toHaveLength(3);
  });

  it('that prove delivered when their customer is forgotten are forgotten in their turn', async () => {
    const ctx = contextOn(dbs[0] as Db, { seal: createSeal(Buffer.alloc(32, 7)) });
    const { db } = ctx.store;
    const { sales } = await begin(ctx);
    const key = { distributor_id: owner, transaction_id: sales[0] as string };
    await resolveTopup(ctx, key, OUTCOMES[1] as Outcome);
    await db.query('UPDATE forgotten SET up_to_id = $1', [newId()]);
    await resolveTopup(ctx, key, { outcome: 'ok', receipt: { text: 'Thank you, Ada' } });
    const sealed = async (): Promise<unknown> =>
      (
        await db.query<{ sealed: unknown }>('SELECT sealed FROM receipts WHERE transaction_id = $1', [sales[0] ?? ''])
      )[0]?.sealed;
    await forgetLate(db, new Date(Date.now() - HOUR_MS));
    expect(await sealed()).toEqual(expect.any(String));
    await forgetLate(db, new Date(Date.now() + HOUR_MS));
    expect(await sealed()).toBeNull();
  });
});
