import type { Query } from './db.ts';
import { newId } from './ids.ts';

export interface Grant {
  offer_id: string;
  units: number;
  reference: string;
  justification: string;
}

/** A grant as it stands in the ledger, and its bucket now. */
export interface BookedGrant extends Grant {
  distributor_id: string;
  at: Date;
  bucket: { granted: number; available: number; held: number; sold: number };
}

interface BucketRow {
  distributor_id: string;
  granted: number;
  available: number;
  held: number;
  sold: number;
  seq: number;
}

/**
 * Adds units to an offer's bucket, once for each reference.
 * @param tx an open transaction: it keeps the bucket locked between the steps
 * @param limit the most units a bucket may ever have been granted
 */
export async function bookGrant(
  tx: Query,
  grant: Grant,
  at: Date,
  limit: number,
): Promise<{ result: 'booked' | 'known'; grant: BookedGrant } | { result: 'no_offer' | 'conflict' | 'too_many' }> {
  const [bucket] = await tx.query<BucketRow>(
    `SELECT b.distributor_id, b.granted, b.available, b.held, b.sold, b.seq
     FROM buckets b JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id
     WHERE o.id = $1 FOR UPDATE OF b`,
    [grant.offer_id],
  );
  if (!bucket) return { result: 'no_offer' };
  const { distributor_id, seq, ...balances } = bucket;
  const key = [distributor_id, grant.offer_id] as const;

  const [known] = await tx.query<{ kind: string; units: number; justification: string; at: Date }>(
    'SELECT kind, units, justification, at FROM movements WHERE distributor_id = $1 AND offer_id = $2 AND reference = $3',
    [...key, grant.reference],
  );
  if (known) {
    if (known.kind !== 'grant' || known.units !== grant.units) return { result: 'conflict' };
    return { result: 'known', grant: { ...grant, ...known, distributor_id, bucket: balances } };
  }
  if (balances.granted + grant.units > limit) return { result: 'too_many' };

  await tx.query(
    `UPDATE buckets SET granted = granted + $3, available = available + $3, seq = seq + 1, updated_at = $4
     WHERE distributor_id = $1 AND offer_id = $2`,
    [...key, grant.units, at],
  );
  await tx.query(
    `INSERT INTO movements (distributor_id, offer_id, seq, kind, units, at, reference, justification)
     VALUES ($1, $2, $3, 'grant', $4, $5, $6, $7)`,
    [...key, seq + 1, grant.units, at, grant.reference, grant.justification],
  );
  await tx.query('INSERT INTO events (distributor_id, id, kind, subject_id, at) VALUES ($1, $2, $3, $4, $5)', [
    distributor_id,
    newId(),
    'stock.granted',
    grant.offer_id,
    at,
  ]);
  const bucketNow = {
    ...balances,
    granted: balances.granted + grant.units,
    available: balances.available + grant.units,
  };
  return { result: 'booked', grant: { ...grant, distributor_id, at, bucket: bucketNow } };
}
