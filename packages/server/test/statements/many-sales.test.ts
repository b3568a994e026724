import type { StatementDocument } from '@opentopup/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { closeNext } from '../../src/statements/close-statement.ts';
import { orderClosing } from '../../src/statements/order-closing.ts';
import { statementSheet } from '../../src/statements/statement-sheet.ts';
import { contextOn } from '../support/context.ts';
import { ownerOf } from '../support/past.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';
import { plantSales } from './planted-sales.ts';

/** How many are planted; `STATEMENT_SALES` says another number. */
const SALES = Number(process.env['STATEMENT_SALES'] ?? 300_000);
const MB = 1024 * 1024;
const DAY_MS = 86_400_000;

let world: DemoPlace;
let db: Db;

beforeAll(async () => {
  world = await createWorld('postgresql');
  db = await world.openDb();
});
afterAll(async () => {
  await db?.close();
  await world?.remove();
});

it(`closes ${SALES} sales and writes their lines in memory that does not grow with them`, async () => {
  const offer = world.offer('msisdn');
  const now = new Date(Date.now() + 2 * DAY_MS);
  const ctx = contextOn(db, { seal: createSeal(Buffer.alloc(32, 3)), now: () => now });
  const { distributor_id } = await ownerOf(ctx.store, offer);
  await plantSales(db, { distributor_id, offer_id: offer }, SALES, new Date());
  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
  const began_ms = performance.now();
  await orderClosing(ctx, { distributor_id, before: now.toISOString().slice(0, 10) }, 'operator');
  await closeNext(ctx);
  const closed_ms = performance.now();
  const [row] = await db.query<{ content: string }>('SELECT content FROM statements');
  const document = JSON.parse(row?.content ?? '{}') as StatementDocument;
  expect(document.offers.find(({ offer_id }) => offer_id === offer)?.sold).toBe(SALES);
  let lines = 0;
  for await (const chunk of statementSheet(db, document, { form: 'csv' })) {
    for (const byte of chunk as Buffer) if (byte === 10) lines += 1;
  }
  clearInterval(watch);
  expect(lines).toBeGreaterThan(SALES);
  const grown_mb = Math.round((most - before) / MB);
  process.stdout.write(
    `${SALES} sales: closed in ${Math.round(closed_ms - began_ms)} ms, ${lines} lines in ${Math.round(performance.now() - closed_ms)} ms, ${grown_mb} MB more, ${Math.round(most / MB)} MB at most\n`,
  );
  expect(grown_mb).toBeLessThan(200);
}, 3_600_000);
