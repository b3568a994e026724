import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../database/shards.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** A sale that has ended, as it stands while its bucket is locked. */
export interface EndedSale extends TransactionKey {
  offer_id: string;
  ordered_at: Date;
  /** Null as long as it is pending. */
  status: 'ok' | 'ko' | 'expired' | null;
  reason: string | null;
  value_minor: number;
  currency: string;
  /** Units of its bucket that are left. */
  available: number;
  /** It proved delivered after it had come to nothing, whether or not a unit was booked for it. */
  is_late: boolean;
  has_open_request: boolean;
  /** Its supplier has said before that nothing was delivered, or that it took it back. */
  was_contradicted: boolean;
}

/**
 * Locks the bucket of a sale: whatever changes how sales of it stand then waits. What is read of the sale is read behind the
 * lock. Null where there is no such sale.
 * @param distributorId whose it has to be; null: anybody's
 */
export async function lockSale(tx: Query, id: string, distributorId: string | null): Promise<EndedSale | null> {
  const [locked] = await tx.query<{ distributor_id: string }>(
    `${ON_EACH_SHARD}SELECT b.distributor_id FROM transactions t
     JOIN buckets b ON b.distributor_id = t.distributor_id AND b.offer_id = t.offer_id
     WHERE t.id = $1 AND t.distributor_id = coalesce($2, t.distributor_id) FOR UPDATE OF b`,
    [id, distributorId],
  );
  if (!locked) return null;
  const [sale] = await tx.query<EndedSale>(
    `${ON_ITS_SHARD}SELECT t.distributor_id, t.id AS transaction_id, t.offer_id, t.created_at AS ordered_at, r.status, r.reason,
            v.resell_value_minor AS value_minor, p.currency, b.available,
            EXISTS (SELECT FROM late_deliveries l
                    WHERE l.distributor_id = t.distributor_id AND l.transaction_id = t.id) AS is_late,
            EXISTS (SELECT FROM reversal_requests q
                    WHERE q.distributor_id = t.distributor_id AND q.transaction_id = t.id AND q.status = 'open')
              AS has_open_request,
            EXISTS (SELECT FROM reversal_requests q WHERE q.distributor_id = t.distributor_id
                      AND q.transaction_id = t.id AND q.origin = 'supplier') AS was_contradicted
     FROM transactions t
     JOIN buckets b ON b.distributor_id = t.distributor_id AND b.offer_id = t.offer_id
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN products p ON p.id = o.product_id
     JOIN offer_versions v
       ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
     LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
     WHERE t.distributor_id = $1 AND t.id = $2`,
    [locked.distributor_id, id],
  );
  return sale ?? null;
}

/** Moves the unit of a sale between sold and available, and tells of it; its bucket has to be locked. */
export async function moveUnit(
  tx: Query,
  sale: Pick<EndedSale, 'distributor_id' | 'transaction_id' | 'offer_id'>,
  kind: 'return' | 'late_delivery',
  justification: string | null,
  at: Date,
): Promise<void> {
  await tx.query(
    `${ON_ITS_SHARD}WITH moved AS (
       INSERT INTO movements (distributor_id, offer_id, seq, kind, units, transaction_id, at, justification, link, hash)
       SELECT distributor_id, offer_id, seq + 1, $4, 1, $3, $5, $6, seq,
              movement_hash(head, seq + 1, $4, 1, $3, $5, NULL, $6)
       FROM buckets WHERE distributor_id = $1 AND offer_id = $2
       RETURNING hash
     ), told AS (
       INSERT INTO events (distributor_id, id, kind, subject_id, at) VALUES ($1, $7, $8, $3, $5)
     )
     UPDATE buckets b
     SET available = available + $9, sold = sold - $9, seq = seq + 1, head = sha256(head || hash), updated_at = $5
     FROM moved WHERE b.distributor_id = $1 AND b.offer_id = $2`,
    [
      sale.distributor_id,
      sale.offer_id,
      sale.transaction_id,
      kind,
      at,
      justification,
      newId(),
      kind === 'return' ? 'transaction.reversed' : 'transaction.delivered_late',
      kind === 'return' ? 1 : -1,
    ],
  );
}

/** Why a sale is reversed, and who has decided it. */
export interface NewReversal {
  reason: string;
  justification: string;
  reversed_by: string;
  at: Date;
}

/** Reverses a sale that is ok; its bucket has to be locked. */
export async function bookReversal(tx: Query, sale: EndedSale, reversal: NewReversal): Promise<void> {
  const { reason, justification, reversed_by, at } = reversal;
  await tx.query(
    `INSERT INTO reversals
       (distributor_id, transaction_id, offer_id, ordered_at, value_minor, reason, justification, reversed_by, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      sale.distributor_id,
      sale.transaction_id,
      sale.offer_id,
      sale.ordered_at,
      sale.value_minor,
      reason,
      justification,
      reversed_by,
      at,
    ],
  );
  await moveUnit(tx, sale, 'return', justification, at);
}
