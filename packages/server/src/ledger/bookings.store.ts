import type { Balances } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';
import { settleOwed } from '../reversals/late-deliveries.store.ts';
import type { Booked, NewBooking } from './balances.rules.ts';

export type BookingResult =
  | { result: 'booked' | 'known'; booked: Booked }
  /** `conflict`: the reference was used for something else. `too_many`: more than a bucket takes. `too_few`: not there to be taken. */
  | { result: 'no_offer' | 'conflict' | 'too_many' | 'too_few' };

type Bucket = Balances & { distributor_id: string; offer_id: string };
type Known = Pick<Booked, 'offer_id' | 'kind' | 'units' | 'reference' | 'justification' | 'at'>;

const keyOf = ({ offer_id, reference }: Pick<NewBooking, 'offer_id' | 'reference'>): string =>
  `${offer_id} ${reference}`;

/** The buckets, locked in the order of their ids as in HOLD: what waits for each other never waits in a circle. */
const LOCK = `${ON_EACH_SHARD}
SELECT b.distributor_id, b.offer_id, b.granted, b.available, b.held, b.sold
FROM buckets b JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id
WHERE o.id = ANY($1::uuid[]) ORDER BY b.distributor_id, b.offer_id FOR UPDATE OF b`;

/** What was booked before under these references. */
const KNOWN = `${ON_EACH_SHARD}
SELECT m.offer_id, m.kind, m.units, m.reference, m.justification, m.at
FROM unnest($1::uuid[], $2::text[]) AS r(offer_id, reference)
JOIN offers o ON o.id = r.offer_id
JOIN movements m ON m.distributor_id = o.distributor_id AND m.offer_id = o.id AND m.reference = r.reference`;

const BOOK = `${ON_EACH_SHARD}
WITH booking AS (
  SELECT r.*, row_number() OVER (PARTITION BY distributor_id, offer_id ORDER BY ord) AS nth,
         sum(units) OVER (PARTITION BY distributor_id, offer_id ORDER BY ord)::bigint AS so_far
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::uuid[])
    WITH ORDINALITY AS r(distributor_id, offer_id, kind, units, reference, justification, event_id, ord)
), booked AS MATERIALIZED (
  SELECT k.*, b.seq, b.available, movement_hash(b.head, b.seq + nth, kind, units, NULL, $8, reference, justification) AS hash
  FROM booking k JOIN buckets b USING (distributor_id, offer_id)
), moved AS (
  INSERT INTO movements (distributor_id, offer_id, seq, kind, units, at, reference, justification, link, hash)
  SELECT distributor_id, offer_id, seq + nth, kind, units, $8, reference, justification, seq, hash FROM booked
), told AS (
  INSERT INTO events (distributor_id, id, kind, subject_id, at, data)
  SELECT distributor_id, event_id, CASE kind WHEN 'grant' THEN 'stock.granted' ELSE 'stock.adjusted' END, offer_id, $8,
         jsonb_build_object('offer_id', offer_id, 'offer_name', o.name, 'units', units, 'reference', reference,
                            'available', available + so_far)
  FROM booked JOIN offers o USING (distributor_id) WHERE o.id = offer_id
), counted AS (
  SELECT distributor_id, offer_id, sum(units)::bigint AS units, count(*) AS movements,
         string_agg(hash, '' ORDER BY nth) AS hashes
  FROM booked GROUP BY distributor_id, offer_id
)
UPDATE buckets b
SET granted = b.granted + c.units, available = b.available + c.units, seq = b.seq + c.movements,
    head = sha256(b.head || c.hashes), updated_at = $8
FROM counted c WHERE b.distributor_id = c.distributor_id AND b.offer_id = c.offer_id`;

/**
 * Books units in the buckets of offers, once for each reference; all of the bookings, or none where one is refused. Sales that
 * are owed a unit get theirs first.
 * @param tx an open transaction: it keeps the buckets locked between the steps
 * @param limit the most units a bucket may ever have been granted
 * @param rehearse only finds out what would be booked
 */
export async function bookAll(
  tx: Query,
  bookings: readonly NewBooking[],
  at: Date,
  limit: number,
  { rehearse = false } = {},
): Promise<BookingResult[]> {
  const offerIds = bookings.map(({ offer_id }) => offer_id);
  const references = bookings.map(({ reference }) => reference);
  const buckets = new Map((await tx.query<Bucket>(LOCK, [offerIds])).map((bucket) => [bucket.offer_id, bucket]));
  const known = new Map((await tx.query<Known>(KNOWN, [offerIds, references])).map((each) => [keyOf(each), each]));

  const results = bookings.map((booking): BookingResult => {
    const { kind, offer_id, units } = booking;
    const bucket = buckets.get(offer_id);
    if (!bucket) return { result: 'no_offer' };
    const { distributor_id, offer_id: _, ...balances } = bucket;
    const before = known.get(keyOf(booking));
    if (before) {
      if (before.kind !== kind || before.units !== units) return { result: 'conflict' };
      return { result: 'known', booked: { ...before, distributor_id, settled: 0, bucket: balances } };
    }
    if (balances.granted + units > limit) return { result: 'too_many' };
    if (balances.available + units < 0) return { result: 'too_few' };
    bucket.granted += units;
    bucket.available += units;
    known.set(keyOf(booking), { ...booking, at });
    const { granted, available } = bucket;
    return {
      result: 'booked',
      booked: { ...booking, distributor_id, at, settled: 0, bucket: { ...balances, granted, available } },
    };
  });

  const refused = results.some((each) => !('booked' in each));
  const booked = results.flatMap((each) => (each.result === 'booked' ? [each.booked] : []));
  if (rehearse || refused || booked.length === 0) return results;
  const column = (of: (each: Booked) => string | number): (string | number)[] => booked.map(of);
  await tx.query(BOOK, [
    column((b) => b.distributor_id),
    column((b) => b.offer_id),
    column((b) => b.kind),
    column((b) => b.units),
    column((b) => b.reference),
    column((b) => b.justification),
    column(() => newId()),
    at,
  ]);
  const settled = await settleOwed(tx, [...new Set(booked.map((b) => b.offer_id))], at);
  for (const [offer_id, units] of settled) {
    // The last booking of an offer tells how its bucket is left.
    const last = booked.findLast((b) => b.offer_id === offer_id);
    if (last) Object.assign(last, { settled: units, bucket: soldLate(last.bucket, units) });
  }
  return results;
}

const soldLate = (bucket: Balances, units: number): Balances => ({
  ...bucket,
  available: bucket.available - units,
  sold: bucket.sold + units,
});

/** Books units in the bucket of one offer, once for its reference; see `bookAll`. */
export async function bookUnits(tx: Query, booking: NewBooking, at: Date, limit: number): Promise<BookingResult> {
  const [result] = await bookAll(tx, [booking], at, limit);
  return result as BookingResult;
}
