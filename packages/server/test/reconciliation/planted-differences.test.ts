import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { compareFile } from '../../src/reconciliation/compare-file.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace, STORAGE_ENGINES } from '../support/server.ts';
import { FIRST_DAY, keptDifferences, type PlantedBooks, plantBooks } from './planted-books.ts';

const SALES = 2_000;

describe.each(STORAGE_ENGINES)('our books and the file of a supplier, on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let ctx: Context;
  let books: PlantedBooks;

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    ctx = contextOn(db);
    books = await plantBooks(ctx, SALES, 3);
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  const compare = async (content: Buffer) => {
    const file = { supplier_id: books.supplier_id, content, name: null, from: FIRST_DAY, to: books.last_day };
    const report = await compareFile(ctx, { ...file, isDryRun: false, actor: 'test' });
    if ('reason' in report) throw new Error(JSON.stringify(report));
    return report;
  };
  const gone = async (): Promise<string[]> =>
    (await db.query<{ kind: string }>('SELECT kind FROM reconciliation_cases WHERE gone_at IS NOT NULL')).map(
      ({ kind }) => kind,
    );

  it('differ in all that was planted, and in nothing else', async () => {
    const report = await compare(books.file());
    expect(report).toMatchObject({ rows: books.rows, error_count: 0 });
    expect(await keptDifferences(ctx, books.supplier_id)).toEqual(books.differences);
    expect(report.reconciliation).toMatchObject({ new_cases: books.differences.length });
    const [sides] = await db.query('SELECT count(*)::int AS left FROM reconciliation_theirs');
    expect(sides).toEqual({ left: 0 });
  });

  it('are the same differences in a file that names them by our references only, and has no prices', async () => {
    const report = await compare(books.file(['supplier_reference', 'cost']));
    expect(report.kinds.map(({ kind }) => kind)).not.toContain('other_price');
    // What somebody else has ordered there only the supplier's own reference names.
    expect(report.reconciliation).toMatchObject({ new_cases: SALES / 1_000 });
    expect(new Set(await gone())).toEqual(new Set(['delivered_there_not_sold_here']));
  });

  it('say of a price that it is told alike by now, where one is told', async () => {
    await compare(Buffer.from(books.file().toString().replaceAll(';7.2;', ';7.1;')));
    expect(await gone()).toContain('other_price');
  });

  it('are not compared where all amounts are of another currency: each row is told', async () => {
    const before = await keptDifferences(ctx, books.supplier_id);
    await db.query(`UPDATE books_mappings SET mapping = mapping || '{"currency": "USD"}'`);
    const report = await compare(Buffer.concat([books.file(), Buffer.from('\n')]));
    expect(report.errors[0]).toEqual({
      line: 2,
      column: 'cost',
      message: 'in USD; sales of these days were charged in EUR',
    });
    expect(report.reconciliation).toBeUndefined();
    expect(await keptDifferences(ctx, books.supplier_id)).toEqual(before);
  });
});
