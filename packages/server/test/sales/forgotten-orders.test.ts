import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeSupplier } from '../../src/catalogue/suppliers/suppliers.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { createTopup } from '../../src/sales/create-topup.ts';
import { leaseOpenCases } from '../../src/sales/reconcile/reconcile.store.ts';
import { reconcileTopup } from '../../src/sales/reconcile/reconcile-topup.ts';
import { takeCallback } from '../../src/sales/reconcile/take-callback.ts';
import { HonestSupplier } from '../routing/honest-supplier.ts';
import { createRoutedShop, named, type RoutedShop } from '../routing/routed-shop.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';

const HOUR_MS = 3_600_000;

describe('an order that its supplier does not know', () => {
  let world: DemoPlace;
  let db: Db;
  let ctx: Context;
  let shop: RoutedShop;
  let supplier: HonestSupplier;
  let offer: string;
  let later_ms = 0;
  const alerts: string[] = [];
  const now = (): Date => new Date(Date.now() + later_ms);

  beforeAll(async () => {
    world = await createWorld('postgresql');
    db = await world.openDb();
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });
  beforeEach(async () => {
    later_ms = 0;
    supplier = new HonestSupplier(true, async () => {}, now);
    const connectors = named({ a: supplier.connector });
    ctx = contextOn(db, { connectors, now, alert: (message) => alerts.push(message) });
    shop = await createRoutedShop(ctx, ['a']);
    offer = await shop.offer('a', ['a']);
  });

  async function sell(): Promise<void> {
    const wanted = { offer_id: offer, parameters: { msisdn: '0684587587' }, user_id: null, voucher_id: null };
    const order = { ...wanted, max_price: null, allow_repeat: false, check_network: false, notify: null };
    await createTopup(ctx, { distributor_id: shop.distributor_id, order, idempotency: null });
  }
  const supplierId = (): string => shop.suppliers['a']?.supplier_id ?? '';
  async function stands(): Promise<{ id: string; status: string }> {
    const [row] = await db.query<{ id: string; status: string }>(
      `SELECT t.id, coalesce(r.status, 'pending') AS status
       FROM transactions t LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
       WHERE t.offer_id = $1`,
      [offer],
    );
    return row ?? { id: '', status: 'none' };
  }
  async function reconcile(): Promise<void> {
    for (const open of await leaseOpenCases(db, now(), 60_000, 100)) await reconcileTopup(ctx, open);
  }

  it('any more stays sold, whoever has it asked again', async () => {
    await sell();
    const { id, status } = await stands();
    expect(status).toBe('ok');
    supplier.books.clear();
    later_ms = 2_000 * HOUR_MS;
    const body = Buffer.from(JSON.stringify({ reference: id, outcome: null }));
    await takeCallback(ctx, supplierId(), { headers: {}, body });
    expect((await stands()).status).toBe('ok');
    expect(alerts).toEqual([]);
    expect(await db.query('SELECT FROM reversal_requests WHERE transaction_id = $1', [id])).toEqual([]);
  });

  it('long after it was sent was not delivered, unless it is asked for otherwise than it was sent', async () => {
    supplier.fate = { way: 'lost_before', does: 'delivers' };
    await sell();
    expect((await stands()).status).toBe('pending');
    await changeSupplier(ctx, supplierId(), { settings: { account: 'another' } }, 'somebody');
    later_ms = HOUR_MS / 4;
    await reconcile();
    expect((await stands()).status).toBe('pending');

    offer = await shop.offer('a', ['a']);
    await sell();
    await changeSupplier(ctx, supplierId(), { name: 'Another name' }, 'somebody');
    later_ms += HOUR_MS / 4;
    await reconcile();
    expect((await stands()).status).toBe('ko');
  });
});
