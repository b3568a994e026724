import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';
import { type EndedSale, moveUnit } from './reversals.store.ts';

/** What has delivered a sale after it had come to nothing. */
export interface LateProof {
  supplier_reference: string | null;
  /** What the supplier has charged, in the main unit of a currency; null where it has not told. */
  cost: number | null;
  cost_currency: string | null;
  /** Null: the offer's own product, and the first attempt. */
  product_id: string | null;
  attempt: number | null;
}

/**
 * Keeps that a sale proves delivered that had come to nothing; its bucket has to be locked. A unit is booked for it where one
 * is left; else it is owed.
 */
export async function bookLateDelivery(tx: Query, sale: EndedSale, proof: LateProof, at: Date): Promise<void> {
  const isOwed = sale.available === 0;
  await tx.query(
    `INSERT INTO late_deliveries
       (distributor_id, transaction_id, offer_id, ordered_at, value_minor, was, supplier_reference, cost, cost_currency,
        product_id, attempt, at, booked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      sale.distributor_id,
      sale.transaction_id,
      sale.offer_id,
      sale.ordered_at,
      sale.value_minor,
      sale.status,
      proof.supplier_reference,
      proof.cost,
      proof.cost_currency,
      proof.product_id,
      proof.attempt,
      at,
      isOwed ? null : at,
    ],
  );
  // What comes with it now would be kept for good, where its customer is forgotten already, or just now.
  await tx.query('SELECT FROM forgotten FOR SHARE');
  await tx.query(
    `INSERT INTO not_yet_forgotten (distributor_id, transaction_id)
     SELECT $1::uuid, $2::uuid FROM forgotten WHERE up_to_id >= $2::uuid ON CONFLICT DO NOTHING`,
    [sale.distributor_id, sale.transaction_id],
  );
  if (!isOwed) return moveUnit(tx, sale, 'late_delivery', null, at);
  await tx.query(
    `INSERT INTO events (distributor_id, id, kind, subject_id, at) VALUES ($1, $2, 'transaction.delivered_late', $3, $4)`,
    [sale.distributor_id, newId(), sale.transaction_id, at],
  );
}

/**
 * Books the sales that are owed units of these offers, oldest first, as far as there are units now. The buckets have to be
 * locked.
 * @returns how many units each offer has given for that
 */
export async function settleOwed(tx: Query, offerIds: readonly string[], at: Date): Promise<Map<string, number>> {
  const due = await tx.query<{ distributor_id: string; transaction_id: string; offer_id: string }>(
    `${ON_EACH_SHARD}SELECT owed.* FROM buckets b
     CROSS JOIN LATERAL (
       SELECT distributor_id, transaction_id, offer_id FROM late_deliveries l
       WHERE l.distributor_id = b.distributor_id AND l.offer_id = b.offer_id AND l.booked_at IS NULL
       ORDER BY l.at, l.transaction_id LIMIT b.available
     ) owed
     WHERE (b.distributor_id, b.offer_id) IN (SELECT distributor_id, id FROM offers WHERE id = ANY ($1::uuid[]))`,
    [offerIds],
  );
  const settled = new Map<string, number>();
  for (const sale of due) {
    await tx.query('UPDATE late_deliveries SET booked_at = $3 WHERE distributor_id = $1 AND transaction_id = $2', [
      sale.distributor_id,
      sale.transaction_id,
      at,
    ]);
    await moveUnit(tx, sale, 'late_delivery', null, at);
    settled.set(sale.offer_id, (settled.get(sale.offer_id) ?? 0) + 1);
  }
  return settled;
}
