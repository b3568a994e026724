import { v7 } from 'uuid';
import { dateOf } from '../../src/database/ids.ts';
import type { Store } from '../../src/sales/store.ts';

/** An order of some moment, and what became of it. */
export interface PastOrder {
  id: string;
  offer: string;
  user: string | null;
  status: 'pending' | 'ok' | 'ko' | 'expired';
  /** One that can be sold, unless told; null for what recharges none. */
  line?: string | null;
}

/** Orders that went well, at this moment. */
export const pastOrders = (offer: string, at: Date, count: number): PastOrder[] =>
  Array.from({ length: count }, (_, seq) => ({
    id: v7({ msecs: at.getTime(), seq }),
    offer,
    user: null,
    status: 'ok',
  }));

/** Whose an offer is, and who supplies it. */
export async function ownerOf({ db }: Store, offer: string): Promise<{ distributor_id: string; supplier_id: string }> {
  const [row] = await db.query<{ distributor_id: string; supplier_id: string }>(
    'SELECT o.distributor_id, p.supplier_id FROM offers o JOIN products p ON p.id = o.product_id WHERE o.id = $1',
    [offer],
  );
  if (!row) throw new Error(`there is no offer ${offer}`);
  return row;
}

const AT_ONCE = 200;

/** Holds and settles orders as the server does, without one. */
export async function sellInPast(store: Store, orders: readonly PastOrder[]): Promise<void> {
  const catalogue_version = await store.catalogue.version();
  const sell = async ({ id, offer, user, status, line = '+33684587587' }: PastOrder): Promise<void> => {
    const { distributor_id } = await ownerOf(store, offer);
    const order = { id, distributor_id, offer_id: offer, offer_version: 1, line, user_id: user };
    const { result } = await store.hold({ ...order, voucher_id: null, idempotency: null, catalogue_version });
    if (result !== 'held') throw new Error(`not held, but ${result}`);
    if (status === 'pending') return;
    const why = status === 'ok' ? null : 'line_barred';
    const end = { status, reason: why, message: null, supplier_reference: null, at: dateOf(id) };
    await store.resolve({ distributor_id, transaction_id: id, ...end });
  };
  // Some at a time: what waits too long for the database is refused.
  for (let i = 0; i < orders.length; i += AT_ONCE) await Promise.all(orders.slice(i, i + AT_ONCE).map(sell));
}
