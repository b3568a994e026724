import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { addUpNextDay } from '../../src/reports/daily-sales.store.ts';
import { createStore } from '../../src/sales/store.ts';
import { totalTransactions } from '../../src/sales/transactions/transaction-totals.query.ts';
import { wireTotals } from '../../src/sales/transactions/transaction-totals.wire.ts';
import { ownerOf } from '../support/past.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';

const START = new Date('2025-12-01T00:00:00Z');
const DAYS = 365;
const OFFERS = 100;
/** From eight to midnight; 10,001,000 in all. */
const HOURS = 16;
const AN_HOUR = { ok: 16, ko: 1 };
const CHANGED = new Date('2026-06-10T03:30:00Z');

describe('ten million sales', () => {
  let world: DemoPlace;
  let db: Db;
  let distributor: string;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    db = await world.openDb();
    distributor = (await ownerOf(createStore(db), world.offer('msisdn'))).distributor_id;
    // What the rollups know of them, as the statements of sales write it; prices change at night, where nothing is sold.
    await db.query(
      `INSERT INTO offers SELECT (jsonb_populate_record(o, jsonb_build_object('id', gen_random_uuid(), 'version', 1,
         'resell_value_minor', 1000, 'fees', 50, 'fees_type', 'value', 'updated_at', $3::timestamptz))).*
       FROM offers o, generate_series(1, ${OFFERS}) WHERE distributor_id = $1 AND id = $2`,
      [distributor, world.offer('msisdn'), START],
    );
    const planted = `FROM offers o WHERE o.distributor_id = $1 AND o.resell_value_minor = 1000`;
    await db.query(
      `INSERT INTO sales_hourly (distributor_id, offer_id, hour, created, ok, ko)
       SELECT $1, o.id, $2::timestamptz + d * interval '1 day' + h * interval '1 hour', 17, 16, 1
       FROM offers o, generate_series(0, ${DAYS - 1}) d, generate_series(8, ${7 + HOURS}) h
       WHERE o.distributor_id = $1 AND o.resell_value_minor = 1000`,
      [distributor, START],
    );
    await db.query(
      `UPDATE offers SET version = 2, resell_value_minor = 1100, updated_at = $2
       WHERE id IN (SELECT id ${planted})`,
      [distributor, CHANGED],
    );
    await db.query('ANALYZE');
    while ((await addUpNextDay(db, new Date(START.getTime() + (DAYS + 3) * 86_400_000))) === 'more');
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  it('are added up at the price of each, from what is added up already', async () => {
    const days = (CHANGED.getTime() - START.getTime()) / 86_400_000;
    const sold = (price_minor: number, from: number, to: number, an_hour: number): number =>
      (price_minor * OFFERS * HOURS * an_hour * (to - from)) / 100;
    const changed = Math.floor(days);
    const cost = (an_hour: number): number => sold(1000, 0, changed, an_hour) + sold(1100, changed, DAYS, an_hour);
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const began = performance.now();
      const { totals, complete } = wireTotals(await totalTransactions(db, {}, null), {});
      times.push(performance.now() - began);
      expect(complete).toBe(true);
      expect(totals.map(({ status, transactions, resell_value }) => ({ status, transactions, resell_value }))).toEqual(
        (['ok', 'ko'] as const).map((status) => ({
          status,
          transactions: OFFERS * HOURS * DAYS * AN_HOUR[status],
          resell_value: cost(AN_HOUR[status]),
        })),
      );
    }
    console.log(`totals of ten million sales: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    expect(Math.min(...times)).toBeLessThan(5_000);
  });
});
