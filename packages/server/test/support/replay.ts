import { v7 } from 'uuid';
import { expect } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { dateOf } from '../../src/database/ids.ts';
import { holdUnits } from '../../src/sales/hold.store.ts';
import { resolveTransactions } from '../../src/sales/resolve.store.ts';

/** Replays sales of an offer at moments that have passed: each is held and settled as the server does it. */
export async function replay(
  db: Db,
  offer_id: string,
  moments: readonly Date[],
  status: 'ok' | 'ko' = 'ok',
): Promise<void> {
  const [offer] = await db.query<{ distributor_id: string; version: number; catalogue: number }>(
    'SELECT distributor_id, version, (SELECT version FROM catalogue_version) AS catalogue FROM offers WHERE id = $1',
    [offer_id],
  );
  if (!offer) throw new Error('there is no such offer');
  const { distributor_id } = offer;
  const orders = moments.map((at) => ({
    id: v7({ msecs: at.getTime() }),
    distributor_id,
    offer_id,
    offer_version: offer.version,
    line: '+33684587587',
    user_id: null,
    voucher_id: null,
    idempotency: null,
    catalogue_version: offer.catalogue,
  }));
  const held = await holdUnits(db, orders);
  expect(new Set(held.map(({ result }) => result))).toEqual(new Set(['held']));
  await resolveTransactions(
    db,
    orders.map(({ id }) => ({
      distributor_id,
      transaction_id: id,
      status,
      reason: status === 'ok' ? null : 'line_barred',
      message: null,
      supplier_reference: null,
      at: dateOf(id),
    })),
  );
}
