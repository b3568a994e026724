import type { LedgerReport } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { verifyLedger } from '../../src/ledger/verify-ledger.ts';
import { reverseSale } from '../../src/reversals/reverse-sale.ts';
import { createStore, type Store } from '../../src/sales/store.ts';
import { contextOn } from '../support/context.ts';
import { pastOrders, sellInPast } from '../support/past.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

describe.each(ENGINES)('the daily proof of the ledger on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let store: Store;
  let offerId: string;

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    store = createStore(db);
    offerId = world.offer('small');
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  const sell = (count: number): Promise<void> => sellInPast(store, pastOrders(offerId, new Date(), count));
  const prove = (isContinued = true): Promise<LedgerReport> =>
    verifyLedger({ store, now: () => new Date() }, { isContinued });
  const kindsOf = ({ faults }: LedgerReport): string[] => faults.map(({ kind }) => kind);
  const seqIn = async (table: 'buckets' | 'ledger_checkpoints'): Promise<number> => {
    const rows = await db.query<{ seq: number }>(`SELECT seq FROM ${table} WHERE offer_id = $1`, [offerId]);
    return rows[0]?.seq ?? 0;
  };
  /** Changes the ledger behind the database's back, as somebody with the keys to it could. */
  const tamper = async (sql: string, params: (string | number)[]): Promise<void> => {
    await db.script('ALTER TABLE movements DISABLE TRIGGER append_only');
    await db.query(sql, params);
    await db.script('ALTER TABLE movements ENABLE TRIGGER append_only');
  };
  const shift = (seq: number, by: string): Promise<void> =>
    tamper(`UPDATE movements SET at = at + $3::interval WHERE offer_id = $1 AND seq = $2`, [offerId, seq, by]);

  it('goes on where the last one ended, and finds nothing wrong with what was sold since', async () => {
    for (let day = 0; day < 3; day += 1) {
      await sell(5);
      expect(kindsOf(await prove())).toEqual([]);
      expect(await seqIn('ledger_checkpoints')).toBe(1 + 10 * (day + 1));
    }
  });

  it('takes what was held before and is settled now for what it is', async () => {
    const [order] = pastOrders(offerId, new Date(), 1);
    if (!order) throw new Error('no order');
    await sellInPast(store, [{ ...order, status: 'pending' }]);
    expect(kindsOf(await prove())).toEqual([]);
    const { distributor_id } = (
      await db.query<{ distributor_id: string }>('SELECT distributor_id FROM transactions WHERE id = $1', [order.id])
    )[0] as { distributor_id: string };
    const end = { status: 'ok', reason: null, message: null, supplier_reference: null, at: new Date() } as const;
    await store.resolve({ distributor_id, transaction_id: order.id, ...end });
    expect(kindsOf(await prove())).toEqual([]);
  });

  it('takes what was sold before and is reversed now for what it is', async () => {
    const [order] = pastOrders(offerId, new Date(), 1);
    if (!order) throw new Error('no order');
    await sellInPast(store, [order]);
    expect(kindsOf(await prove())).toEqual([]);
    await reverseSale(contextOn(db), order.id, { reason: 'mistake', justification: 'sold by mistake' }, 'operator');
    expect(kindsOf(await prove())).toEqual([]);
    expect(kindsOf(await prove(false))).toEqual([]);
  });

  it('does not read again what was proved: the whole is proved on demand', async () => {
    await shift(3, '1 s');
    expect(kindsOf(await prove())).toEqual([]);
    expect(kindsOf(await prove(false))).toEqual(['changed_movement']);
    await shift(3, '-1 s');
    expect(kindsOf(await prove(false))).toEqual([]);
  });

  it('finds what was changed since, and does not go on from there', async () => {
    const before = await seqIn('ledger_checkpoints');
    await sell(3);
    const last = await seqIn('buckets');
    await shift(last, '1 s');
    expect(kindsOf(await prove())).toContain('changed_movement');
    expect(await seqIn('ledger_checkpoints')).toBe(before);
    await shift(last, '-1 s');
    expect(kindsOf(await prove())).toEqual([]);
    expect(await seqIn('ledger_checkpoints')).toBe(last);
  });

  it('finds a settled transaction whose movement is gone', async () => {
    await sell(2);
    await tamper('DELETE FROM movements WHERE offer_id = $1 AND seq = $2', [offerId, await seqIn('buckets')]);
    const kinds = kindsOf(await prove());
    expect(kinds).toContain('missing_movement');
    expect(kinds).toContain('missing_for_transaction');
  });
});
