import type { Query } from './db.ts';
import { newId } from './ids.ts';

/** What the operator books: units granted, or units added or taken away to mend a count. */
export interface Booking {
  kind: 'grant' | 'adjust';
  offer_id: string;
  /** Below zero only for an adjustment. */
  units: number;
  reference: string;
  justification: string;
}

export interface Balances {
  granted: number;
  available: number;
  held: number;
  sold: number;
}

/** A booking as it stands in the ledger, and its bucket now. */
export interface Booked extends Booking {
  distributor_id: string;
  at: Date;
  bucket: Balances;
}

export type BookingResult =
  | { result: 'booked' | 'known'; booked: Booked }
  /** `conflict`: the reference was used for something else. `too_many`: more than a bucket takes. `too_few`: not there to be taken. */
  | { result: 'no_offer' | 'conflict' | 'too_many' | 'too_few' };

/**
 * Books units in an offer's bucket, once for each reference.
 * @param tx an open transaction: it keeps the bucket locked between the steps
 * @param limit the most units a bucket may ever have been granted
 */
export async function bookUnits(tx: Query, booking: Booking, at: Date, limit: number): Promise<BookingResult> {
  const { kind, offer_id, units, reference, justification } = booking;
  const [bucket] = await tx.query<Balances & { distributor_id: string }>(
    `SELECT b.distributor_id, b.granted, b.available, b.held, b.sold
     FROM buckets b JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id
     WHERE o.id = $1 FOR UPDATE OF b`,
    [offer_id],
  );
  if (!bucket) return { result: 'no_offer' };
  const { distributor_id, ...balances } = bucket;

  const [known] = await tx.query<Pick<Booked, 'kind' | 'units' | 'justification' | 'at'>>(
    'SELECT kind, units, justification, at FROM movements WHERE distributor_id = $1 AND offer_id = $2 AND reference = $3',
    [distributor_id, offer_id, reference],
  );
  if (known) {
    if (known.kind !== kind || known.units !== units) return { result: 'conflict' };
    return { result: 'known', booked: { ...booking, ...known, distributor_id, bucket: balances } };
  }
  if (balances.granted + units > limit) return { result: 'too_many' };
  if (balances.available + units < 0) return { result: 'too_few' };

  await tx.query(
    `WITH before AS (
       SELECT seq, head FROM buckets WHERE distributor_id = $1 AND offer_id = $2
     ), moved AS (
       INSERT INTO movements (distributor_id, offer_id, seq, kind, units, at, reference, justification, link, hash)
       SELECT $1, $2, seq + 1, $3, $4, $5, $6, $7, seq, movement_hash(head, seq + 1, $3, $4, NULL, $5, $6, $7)
       FROM before
       RETURNING hash
     ), told AS (
       INSERT INTO events (distributor_id, id, kind, subject_id, at, data)
       VALUES ($1, $8, 'stock.granted', $2, $5, jsonb_build_object('units', $4::bigint, 'reference', $6::text))
     )
     UPDATE buckets b
     SET granted = granted + $4, available = available + $4, seq = seq + 1, head = sha256(head || moved.hash),
         updated_at = $5
     FROM moved WHERE b.distributor_id = $1 AND b.offer_id = $2`,
    [distributor_id, offer_id, kind, units, at, reference, justification, newId()],
  );
  const now = { ...balances, granted: balances.granted + units, available: balances.available + units };
  return { result: 'booked', booked: { ...booking, distributor_id, at, bucket: now } };
}
