import type { TransactionTotals } from '@opentopup/contract';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { addUpNextDay } from '../../src/reports/daily-sales.store.ts';
import { createStore, type Store } from '../../src/sales/store.ts';
import { listTransactions } from '../../src/sales/transactions/read-transactions.ts';
import type { TransactionFilter } from '../../src/sales/transactions/transaction-conditions.query.ts';
import { countTransactions, countTransactionsOfAll } from '../../src/sales/transactions/transaction-counts.query.ts';
import { eachTransaction } from '../../src/sales/transactions/transaction-lists.query.ts';
import { totalTransactions } from '../../src/sales/transactions/transaction-totals.query.ts';
import { wireTotals } from '../../src/sales/transactions/transaction-totals.wire.ts';
import type { TransactionRow } from '../../src/sales/transactions/transactions.query.ts';
import { feeOn } from '../../src/values/money.ts';
import { ownerOf, type PastOrder, sellInPast } from '../support/past.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const START_MS = Date.UTC(2026, 0, 31, 20);
const HOUR_MS = 3_600_000;
const ORDERS = 600;
/** Six hours of orders, some of them on the very first and last millisecond of an hour. */
const AT_MS = Array.from({ length: ORDERS }, (_, i) => {
  if (i % 100 === 0) return START_MS + (i / 100) * HOUR_MS;
  return i % 100 === 99 ? START_MS + ((i + 1) / 100) * HOUR_MS - 1 : START_MS + i * 36_000;
});
const STATUSES = ['ok', 'ok', 'ok', 'ko', 'ok', 'pending', 'ok', 'expired', 'ok', 'ok', 'ok'] as const;

interface Known extends PastOrder {
  at_ms: number;
  supplier: string;
}

/** What a filter means. */
function passes(filter: TransactionFilter): (order: Known) => boolean {
  const { from, before, status, offer, supplier, user, olderThan } = filter;
  return (order) =>
    order.at_ms >= (from?.getTime() ?? 0) &&
    order.at_ms < (before?.getTime() ?? Number.POSITIVE_INFINITY) &&
    order.id < (olderThan ?? 'g') &&
    order.status === (status ?? order.status) &&
    order.offer === (offer ?? order.offer) &&
    order.supplier === (supplier ?? order.supplier) &&
    order.user === (user ?? order.user);
}

/** Adds up what is listed, one after the other. */
function addedUp(rows: readonly TransactionRow[]): TransactionTotals['totals'] {
  const sums: Record<string, { transactions: number; cost: number; fees: number }> = {};
  for (const row of rows) {
    const { transactions, cost, fees } = sums[row.status] ?? { transactions: 0, cost: 0, fees: 0 };
    sums[row.status] = {
      transactions: transactions + 1,
      cost: cost + row.resell_value_minor,
      fees: fees + feeOn(row.resell_value_minor, row),
    };
  }
  return (['ok', 'pending', 'ko', 'expired'] as const).flatMap((status) => {
    const { transactions, cost, fees } = sums[status] ?? { transactions: 0, cost: 0, fees: 0 };
    const amounts = { resell_value: cost / 100, public_price: (cost + fees) / 100, margin: fees / 100 };
    return transactions === 0 ? [] : [{ world: 'live', status, currency: 'EUR', transactions, ...amounts }];
  });
}

describe.each(ENGINES)('of hours of orders on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let store: Store;
  let distributor: string;
  /** Newest first. */
  let orders: Known[];
  let filters: TransactionFilter[];

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    // The last one is rare: it was sold in one hour only.
    const offers = ['msisdn', 'simId', 'msisdn', 'spain'].map((kind) => world.offer(kind));
    store = createStore(db);
    distributor = (await ownerOf(store, offers[0] as string)).distributor_id;
    const suppliers = new Map<string, string>();
    for (const offer of offers) suppliers.set(offer, (await ownerOf(store, offer)).supplier_id);
    orders = AT_MS.map((at_ms, i) => {
      const offer = (i >= 200 && i < 260 && i % 20 === 7 ? offers[3] : offers[i % 3]) as string;
      const supplier = suppliers.get(offer) as string;
      const status = STATUSES[i % 11] as Known['status'];
      return { id: v7({ msecs: at_ms, seq: i }), at_ms, status, offer, supplier, user: `till ${i % 4}` };
    });
    await sellInPast(store, orders);
    orders.reverse();

    const time = (hours: number): Date => new Date(START_MS + hours * HOUR_MS);
    const spans = [{}, { from: time(1) }, { from: time(1.3), before: time(3.7) }, { before: time(4) }];
    const narrow = [{ from: time(2.2), before: time(2.6) }, { from: time(3), before: time(2) }, { before: time(0.5) }];
    const whats = [
      {},
      { offer: offers[0] as string },
      { offer: offers[3] as string },
      { offer: v7() },
      { supplier: orders[0]?.supplier as string },
      { supplier: orders[0]?.supplier as string, offer: offers[1] as string },
      { user: 'till 2' },
      { user: 'till 2', offer: offers[0] as string },
    ];
    const statuses = [{}, { status: 'ok' }, { status: 'ko' }, { status: 'pending' }, { status: 'created' }];
    filters = [...spans, ...narrow].flatMap((span) =>
      whats.flatMap((what) => statuses.map((status) => ({ ...span, ...what, ...status }))),
    );
  });
  /** Prices of offers change in the midst of hours, with orders that still have the price before. */
  async function changePrices(): Promise<void> {
    const changes = [
      { offer: orders[0]?.offer as string, hours: 2.4, resell_value_minor: 913, fees: '12.5', fees_type: 'percent' },
      { offer: orders[0]?.offer as string, hours: 2.6, resell_value_minor: 781, fees: '99', fees_type: 'value' },
      { offer: orders[1]?.offer as string, hours: 4, resell_value_minor: 1, fees: '50', fees_type: 'percent' },
    ];
    // Which price an order has is never changed, but planted here.
    await db.query('ALTER TABLE transactions DISABLE TRIGGER USER');
    for (const [i, { offer, hours, resell_value_minor, fees, fees_type }] of changes.entries()) {
      const at = new Date(START_MS + hours * HOUR_MS);
      const price = [resell_value_minor, fees, fees_type, at];
      await db.query(
        `UPDATE offers SET version = version + 1, resell_value_minor = $3, fees = $4, fees_type = $5, updated_at = $6
         WHERE distributor_id = $1 AND id = $2`,
        [distributor, offer, ...price],
      );
      await db.query(
        `UPDATE transactions t SET offer_version = o.version FROM offers o
         WHERE t.distributor_id = $1 AND t.offer_id = $2 AND o.id = $2 AND t.created_at >= $3`,
        [distributor, offer, new Date(at.getTime() + (i === 1 ? 300_000 : 0))],
      );
    }
  }
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  it('the count is exact, whatever the filter', async () => {
    const cursor = { olderThan: orders[ORDERS / 2 + 3]?.id as string };
    for (const filter of filters.flatMap((each) => [each, { ...each, ...cursor }])) {
      const count = await countTransactions(db, distributor, filter);
      expect({ filter, count }).toEqual({ filter, count: orders.filter(passes(filter)).length });
      expect(await countTransactionsOfAll(db, filter, null)).toBe(count);
    }
  });

  it('the count is the same once days are added up, those with something pending too', async () => {
    while ((await addUpNextDay(db, new Date(START_MS + 96 * HOUR_MS))) === 'more');
    for (const filter of filters) {
      const count = await countTransactions(db, distributor, filter);
      expect({ filter, count }).toEqual({ filter, count: orders.filter(passes(filter)).length });
      expect(await countTransactionsOfAll(db, filter, null)).toBe(count);
    }
  });

  it('the totals are what the listed ones add up to, each at the price of its sale', async () => {
    await changePrices();
    const list = listTransactions.bind(null, store, distributor);
    const some = filters.filter((_, i) => process.env['LONG'] || i % 7 === 0);
    const look = async (): Promise<void> => {
      for (const filter of some) {
        const rows: TransactionRow[] = [];
        for await (const row of eachTransaction(list, filter, { offset: 0 })) rows.push(row);
        const totals = wireTotals(await totalTransactions(db, filter, distributor), filter);
        expect({ filter, totals }).toEqual({ filter, totals: { totals: addedUp(rows), complete: true } });
        expect(wireTotals(await totalTransactions(db, filter, null), filter)).toEqual(totals);
      }
    };
    await look();
    // The same of hours that are not added up to days.
    await db.query('DELETE FROM sales_daily');
    await db.query('UPDATE days_added_up SET until = NULL');
    await look();
  });

  it('each page is what the filter lets through, from any place on', async () => {
    for (const filter of filters) {
      const middle = orders[ORDERS / 2 + 3]?.id as string;
      for (const cursor of [{}, { olderThan: middle }]) {
        const asked = { ...filter, ...cursor };
        const page = await listTransactions(store, distributor, asked, { offset: 2, limit: 15 });
        const wanted = orders.filter(passes(asked)).slice(2, 17);
        expect({ asked, ids: page.map(({ id }) => id) }).toEqual({ asked, ids: wanted.map(({ id }) => id) });
      }
    }
  });

  it('a long list is read to its end, each order once', async () => {
    const ids: string[] = [];
    const list = listTransactions.bind(null, store, distributor);
    for await (const { id } of eachTransaction(list, { status: 'ok' }, { offset: 0 })) ids.push(id);
    expect(ids).toEqual(orders.filter(({ status }) => status === 'ok').map(({ id }) => id));
    const all: string[] = [];
    for await (const { id } of eachTransaction(list, {}, { offset: 10 })) all.push(id);
    expect(all).toEqual(orders.slice(10).map(({ id }) => id));
  });
});
