import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { type BooksFile, compareFile } from '../../src/reconciliation/compare-file.ts';
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

  const send = (content: Buffer, more: Partial<BooksFile> = {}) => {
    const file = { supplier_id: books.supplier_id, content, name: null, from: FIRST_DAY, to: books.last_day };
    return compareFile(ctx, { ...file, isWhole: false, isDryRun: false, actor: 'test', ...more });
  };
  const compare = async (content: Buffer, more: Partial<BooksFile> = {}) => {
    const report = await send(content, more);
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

  it('are those of half a file, unless somebody says that it is whole: then nothing was delivered there that day', async () => {
    const [titles = '', ...rows] = books.file().toString().split('\n');
    const half = Buffer.from([titles, ...rows.filter((row) => !row.startsWith(books.last_day))].join('\n'));
    const told = await compare(half);
    expect(told.errors).toMatchObject([
      { line: 0, message: expect.stringMatching(`^nothing of ${books.last_day}, when`) },
    ]);
    expect(told.reconciliation).toBeUndefined();
    const whole = await compare(half, { isWhole: true, isDryRun: true });
    const lost = whole.reconciliation?.days.find(({ date }) => date === books.last_day);
    expect(lost).toMatchObject({ theirs: { delivered: 0 }, agreed: 0 });
    expect(lost?.differences).toBeGreaterThanOrEqual(lost?.ours.delivered ?? 0);
    expect(lost?.ours.delivered).toBeGreaterThan(0);

    const empty = await compare(Buffer.from(`${titles}\n`), { isDryRun: true });
    expect(empty.errors).toEqual([{ line: 1, column: '', message: 'there are no rows' }]);
    const one = { from: books.last_day, to: books.last_day, isWhole: true };
    const nothing = await compare(Buffer.from(`${titles}\n`), { ...one, isDryRun: true });
    expect(nothing.reconciliation?.days).toMatchObject([{ date: books.last_day, theirs: { delivered: 0 } }]);
    // Of another supplier, or of other days, it is no whole one.
    const others = Buffer.from(
      [titles, ...rows.slice(0, 5).map((row) => row.replaceAll(/[0-9a-f-]{36}|S-\d+/g, ''))]
        .join('\n')
        .replaceAll(/;336\d+;/g, ';33700000000;'),
    );
    expect(await send(others, { isWhole: true })).toMatchObject({ reason: 'foreign_file' });
    expect(await send(half, one)).toMatchObject({ reason: 'foreign_file' });
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
