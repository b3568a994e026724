import { ProductType } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOffer } from '../../src/catalogue/offers/offers.store.ts';
import { addProduct } from '../../src/catalogue/products/products.store.ts';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { forgetSome } from '../../src/sales/retention.store.ts';
import { createStore, type Store } from '../../src/sales/store.ts';
import { DELIVERS } from '../../src/values/deliverable.query.ts';
import { deliveredBy, lineDelivered } from '../../src/values/deliverable.ts';
import { type Line, type LineKind, lineText } from '../../src/values/line.ts';
import { ownerOf, type PastOrder, sellInPast } from '../support/past.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const LINES: Record<LineKind, Line> = {
  msisdn: { kind: 'msisdn', e164: '+33684587587', national: '684587587' },
  simId: { kind: 'simId', serial: '8933150319051234567' },
};
const LINE_KINDS = [null, ...(Object.keys(LINES) as LineKind[])];

describe.each(ENGINES)('what a sale delivers, on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let store: Store;

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    store = createStore(db);
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  /** Adds a product and an offer of it with one unit; null where the database knows no such product. */
  async function stocked(type: ProductType, line_kind: LineKind | null): Promise<string | null> {
    const { distributor_id, supplier_id } = await ownerOf(store, world.offer('msisdn'));
    const [product_id, id] = [newId(), newId()];
    try {
      await addProduct(db, {
        id: product_id,
        supplier_id,
        name: `${type} ${line_kind}`,
        type,
        transaction_type: 'airtime topup',
        line_kind,
        status: 'available',
        coverage_zone: ['FR'],
        tags: [],
        currency: 'EUR',
        bonus_value_minor: 1_000,
        supplier_reference: null,
        metadata: {},
      });
    } catch {
      return null;
    }
    const offer = { name: `${type} ${line_kind}`, resell_value_minor: 792, tags: [], expires_at: null };
    await addOffer(db, { id, distributor_id, product_id, ...offer });
    const grant = { kind: 'grant', offer_id: id, units: 1, reference: id, justification: 'delivery note' } as const;
    await db.transaction((tx) => bookUnits(tx, grant, new Date(), 1));
    return id;
  }

  /** The line that an order of a product of this kind names, as it is kept. */
  function keptLineOf(line_kind: LineKind | null): string | null {
    const delivered = deliveredBy({ line_kind });
    const line = lineDelivered(
      delivered.kind === 'line' ? { kind: 'line', line: LINES[delivered.line_kind] } : delivered,
    );
    return line && lineText(line);
  }

  it('is the same by its product and by what is kept of it, whatever the product, and when its line is forgotten', async () => {
    const sales = new Map<string, string>();
    const orders: PastOrder[] = [];
    for (const type of ProductType.enum) {
      for (const line_kind of LINE_KINDS) {
        const offer = await stocked(type, line_kind);
        if (offer === null) continue;
        const id = newId();
        orders.push({ id, offer, user: null, status: 'ko', line: keptLineOf(line_kind) });
        sales.set(id, deliveredBy({ line_kind }).kind);
      }
    }
    await sellInPast(store, orders);
    expect(new Set(sales.values())).toEqual(new Set(['line', 'esim']));
    expect(sales.size).toBeGreaterThanOrEqual(ProductType.enum.length);

    const kept = async (): Promise<Map<string, string>> => {
      const rows = await db.query<{ id: string; delivers: string }>(
        `SELECT t.id, ${DELIVERS('t')} AS delivers FROM transactions t WHERE t.id = ANY($1::uuid[])`,
        [[...sales.keys()]],
      );
      return new Map(rows.map(({ id, delivers }) => [id, delivers]));
    };
    expect(await kept()).toEqual(sales);
    await forgetSome(db, new Date(Date.now() + 60_000));
    expect(await kept()).toEqual(sales);
  });
});
