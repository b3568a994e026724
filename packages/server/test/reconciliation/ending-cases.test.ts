import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { saveBooksMapping } from '../../src/reconciliation/books-mapping.store.ts';
import { listNotes } from '../../src/reconciliation/cases.query.ts';
import { compareFile } from '../../src/reconciliation/compare-file.ts';
import { endCase } from '../../src/reconciliation/end-case.ts';
import { holdAll } from '../reversals/held-sales.ts';
import { createRoutedShop, type RoutedShop } from '../routing/routed-shop.ts';
import { contextOn } from '../support/context.ts';
import { proveLedger } from '../support/ledger.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const HOUR_MS = 3_600_000;
const day = (at: Date): string => at.toISOString().slice(0, 10);

describe.each(ENGINES)('an order that its supplier has delivered twice, on %s', (engine) => {
  let world: DemoPlace;
  let dbs: Db[];
  let contexts: Context[];
  let ctx: Context;
  let shop: RoutedShop;

  beforeAll(async () => {
    world = await createWorld(engine);
    dbs = await world.openDbs();
    const now = (): Date => new Date(Date.now() + HOUR_MS);
    contexts = dbs.map((db) => contextOn(db, { now }));
    ctx = contexts[0] as Context;
  });
  afterAll(async () => {
    await Promise.all((dbs ?? []).map((db) => db.close()));
    await world?.remove();
  });

  /** A supplier of its own, whose file has these references as delivered; gives the cases. */
  const compare = async (references: readonly string[]): Promise<string[]> => {
    const supplier_id = shop.suppliers['simulator']?.supplier_id ?? '';
    const columns = { time: 'time', reference: 'reference', supplier_reference: 'id', value: 'value' };
    await saveBooksMapping(ctx.store.db, supplier_id, { columns, currency: 'EUR' }, new Date());
    const rows = references.map((reference, i) => `${new Date().toISOString()};${reference};${newId()}-${i};10`);
    const content = Buffer.from(['time;reference;id;value', ...rows].join('\n'));
    const file = { supplier_id, content, name: null, from: day(new Date()), to: day(ctx.now()) };
    const isWhole = references.length === 0;
    const report = await compareFile(ctx, { ...file, isWhole, isDryRun: false, actor: 'test' });
    expect(report).toMatchObject({ error_count: 0 });
    const cases = await ctx.store.db.query<{ id: string }>(
      'SELECT id FROM reconciliation_cases WHERE supplier_id = $1 ORDER BY attempt',
      [supplier_id],
    );
    return cases.map(({ id }) => id);
  };
  /** Books all of them at the same moment, by turns in one process and the other. */
  const bookAll = (cases: readonly string[]) =>
    Promise.all(
      cases.map((id, nth) =>
        endCase(
          contexts[nth % contexts.length] as Context,
          id,
          { end: 'book', justification: 'Test' },
          `person ${nth}`,
        ),
      ),
    );
  const told = (answers: Awaited<ReturnType<typeof bookAll>>): string[] =>
    answers.map((answer) => ('reason' in answer ? answer.reason : answer.status)).toSorted();

  it('and that is lost here is booked once; of the other delivery it is told that it is not the sale', async () => {
    shop = await createRoutedShop(ctx, ['simulator']);
    const offer = await shop.offer('simulator', ['simulator']);
    const id = newId();
    const cases = await compare([id, `${id}-2`, `${id}-3`]);
    expect(cases).toHaveLength(3);
    expect(told(await bookAll(cases))).toEqual(['closed', 'end_not_possible', 'end_not_possible']);
    expect(await proveLedger(ctx.store.db, offer)).toMatchObject({ sold: 1, held: 0, ok: 1 });
    expect(told(await bookAll(cases))).toEqual(['already_decided', 'end_not_possible', 'end_not_possible']);
    expect(await proveLedger(ctx.store.db, offer)).toMatchObject({ sold: 1, held: 0, ok: 1 });
  });

  it('and that had come to nothing here is booked once, too', async () => {
    shop = await createRoutedShop(ctx, ['simulator']);
    const offer = await shop.offer('simulator', ['simulator']);
    const { store } = ctx;
    const { distributor_id } = shop;
    const transaction_id = newId();
    const order = { id: transaction_id, distributor_id, offer_id: offer, offer_version: 2, line: '+33684587587' };
    const none = { user_id: null, voucher_id: null, idempotency: null };
    const catalogue_version = await store.catalogue.version();
    expect(await store.hold({ ...order, ...none, catalogue_version })).toMatchObject({ result: 'held' });
    await store.db.query(
      `INSERT INTO delivery_attempts (distributor_id, transaction_id, number, product_id, begun_at, reason, ended_at)
       SELECT $1, $2, n, $3, now(), 'line_barred', now() FROM generate_series(1, 2) n`,
      [distributor_id, transaction_id, shop.suppliers['simulator']?.product_id ?? ''],
    );
    const ended = { status: 'ko', reason: 'line_barred', message: null, supplier_reference: null, attempt: 2 } as const;
    await store.resolve({ distributor_id, transaction_id, ...ended, at: new Date() });
    const cases = await compare([transaction_id, `${transaction_id}-2`]);
    expect(cases).toHaveLength(2);
    expect(told(await bookAll(cases))).toEqual(['closed', 'end_not_possible']);
    expect(await proveLedger(store.db, offer)).toMatchObject({ sold: 1, held: 0, ok: 1 });
  });

  it('or not at all is noted to wait for the second person who has to approve its reversal', async () => {
    shop = await createRoutedShop(ctx, ['simulator']);
    const { store } = ctx;
    const { distributor_id } = shop;
    const product_id = shop.suppliers['simulator']?.product_id ?? '';
    const [transaction_id = ''] = (await holdAll(ctx, { distributor_id, product_id }, 1)).sales;
    const ended = { status: 'ok', reason: null, message: null, supplier_reference: 'R-1' } as const;
    await store.resolve({ distributor_id, transaction_id, ...ended, at: new Date() });
    const [id = ''] = await compare([]);
    const withSecond = contextOn(store.db, {
      now: ctx.now,
      reversals: { secondPersonAbove: 0, onSupplierProof: 'book' },
    });
    const end = { end: 'reverse', justification: 'Never came' } as const;
    expect(await endCase(withSecond, id, end, 'somebody')).toMatchObject({ status: 'open' });
    expect(await listNotes(store.db, id)).toMatchObject([{ kind: 'reversal_requested', text: 'Never came' }]);
  });
});
