import { expect, it } from 'vitest';
import { compareFile } from '../../src/reconciliation/compare-file.ts';
import { contextOn } from '../support/context.ts';
import { createWorld } from '../support/server.ts';
import { FIRST_DAY, keptDifferences, plantBooks } from './planted-books.ts';

const SALES = 300_000;
const MB = 2 ** 20;
const MOST_MB = 400;

it(`a quarter of ${SALES} sales is compared with a file of as many rows: all is found, and nothing invented`, async () => {
  const world = await createWorld('postgresql');
  const db = await world.openDb();
  const ctx = contextOn(db);
  const books = await plantBooks(ctx, SALES, 90);
  const content = books.file();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const begin_ms = performance.now();
  const file = { supplier_id: books.supplier_id, content, name: null, from: FIRST_DAY, to: books.last_day };
  const report = await compareFile(ctx, { ...file, isWhole: false, isDryRun: false, actor: 'test' });
  clearInterval(watch);
  const [seconds, grown_mb] = [(performance.now() - begin_ms) / 1_000, (most - before) / MB];
  process.stdout.write(
    `${SALES} sales against ${books.rows} rows (${Math.round(content.length / MB)} MB): compared in ${seconds.toFixed(1)} s, ` +
      `with ${grown_mb.toFixed(0)} MB more\n`,
  );
  if ('reason' in report) throw new Error(JSON.stringify(report));
  expect(report).toMatchObject({ rows: books.rows, error_count: 0 });
  expect(await keptDifferences(ctx, books.supplier_id)).toEqual(books.differences);
  expect(grown_mb).toBeLessThan(MOST_MB);
  await db.close();
  await world.remove();
}, 1_200_000);
