import type { Query } from '../database/database.ts';
import type { Fee } from '../values/money.ts';
import type { KindSum } from './figures.rules.ts';

/** A bucket, and where the statement before has cut it. */
export interface CutBucket {
  distributor_id: string;
  offer_id: string;
  offer_name: string;
  product_id: string;
  currency: string;
  /** The number of its last movement. */
  last_seq: number;
  /** Of the cut; 0 without one. */
  seq: number;
  /** In hexadecimal. */
  head: string;
  available: number;
  held: number;
}

/** Lists the buckets of a distributor in which anything has moved, in the order of their offers. */
export const listBuckets = (on: Query, distributorId: string, lastNumber: number): Promise<CutBucket[]> =>
  on.query<CutBucket>(
    `SELECT b.distributor_id, b.offer_id, o.name AS offer_name, o.product_id, p.currency, b.seq AS last_seq,
            coalesce(c.seq, 0) AS seq, coalesce(c.available, 0) AS available, coalesce(c.held, 0) AS held,
            encode(coalesce(c.head, sha256(uuid_send(b.distributor_id) || uuid_send(b.offer_id))), 'hex') AS head
     FROM buckets b
     JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id
     JOIN products p ON p.id = o.product_id
     LEFT JOIN statement_cuts c ON c.distributor_id = b.distributor_id AND c.offer_id = b.offer_id AND c.number = $2
     WHERE b.distributor_id = $1 AND b.seq > 0 ORDER BY b.offer_id`,
    [distributorId, lastNumber],
  );

/** A stretch of the movements of a bucket: behind one number, up to another. */
export interface Stretch {
  distributor_id: string;
  offer_id: string;
  after: number;
  upTo: number;
}

const WITHIN = 'distributor_id = $1 AND offer_id = $2 AND seq > $3 AND seq <= $4';
const within = ({ distributor_id, offer_id, after, upTo }: Stretch) => [distributor_id, offer_id, after, upTo];

/**
 * Finds where a stretch may end: movements that were booked by one statement hang on one link, and are in one stretch.
 * @param atLeast so many movements it has, where there are so many
 */
export async function endOfStretch(on: Query, stretch: Stretch, atLeast: number): Promise<number> {
  const { distributor_id, offer_id, after, upTo } = stretch;
  const [next] = await on.query<{ link: number }>(
    `SELECT link FROM movements
     WHERE distributor_id = $1 AND offer_id = $2 AND seq > $3 AND seq <= $4 AND link >= $3 ORDER BY seq LIMIT 1`,
    [distributor_id, offer_id, after + atLeast, upTo],
  );
  return next?.link ?? upTo;
}

/** Finds the last movement before those that were booked with the first of a later time; null where there is none. */
export async function cutWithin(on: Query, stretch: Stretch, before: Date): Promise<number | null> {
  const [later] = await on.query<{ link: number }>(
    `SELECT link FROM movements WHERE ${WITHIN} AND at >= $5 ORDER BY seq LIMIT 1`,
    [...within(stretch), before],
  );
  return later?.link ?? null;
}

/** Computes the head of a bucket after a stretch, from the one before it; both in hexadecimal. */
export async function headAfter(on: Query, stretch: Stretch, head: string): Promise<string> {
  const [row] = await on.query<{ head: string | null }>(
    `SELECT encode(head_after(decode($5, 'hex'), hashes ORDER BY link), 'hex') AS head
     FROM (SELECT link, string_agg(hash, ''::bytea ORDER BY seq) AS hashes FROM movements WHERE ${WITHIN} GROUP BY link) g`,
    [...within(stretch), head],
  );
  return row?.head ?? head;
}

/** The kinds of movements that sales are sold and taken back by. */
const OF_SALES = `('sell', 'late_delivery', 'return')`;

/**
 * Joins the sale of a movement, and the VAT of its order. Each is found by its key: however many there are, the planner shall
 * not read them all.
 * @param product the parameter that has the product
 */
export const SALE_OF_MOVEMENT = (product: string): string => `
LEFT JOIN LATERAL (
  SELECT t.offer_version, t.created_at FROM transactions t
  WHERE t.distributor_id = m.distributor_id AND t.id = m.transaction_id AND m.kind IN ${OF_SALES} LIMIT 1
) t ON true
LEFT JOIN LATERAL (
  SELECT trim_scale(rate)::text AS rate, is_included FROM vat_rates
  WHERE product_id = ${product} AND since <= t.created_at ORDER BY since DESC LIMIT 1
) v ON true`;

/** Movements of one kind, of sales at one version of their offer. */
export interface MovedSum extends KindSum {
  movements: number;
  /** Null where it is not of a sale. */
  version: number | null;
  vat_rate: string | null;
  vat_included: boolean | null;
}

/** Adds up a stretch by what has moved. */
export const sumStretch = (on: Query, stretch: Stretch, productId: string): Promise<MovedSum[]> =>
  on.query<MovedSum>(
    `SELECT m.kind, t.offer_version AS version, v.rate AS vat_rate, v.is_included AS vat_included,
            sum(m.units)::bigint AS units, count(*) AS movements
     FROM movements m ${SALE_OF_MOVEMENT('$5::uuid')}
     WHERE m.distributor_id = $1 AND m.offer_id = $2 AND m.seq > $3 AND m.seq <= $4 GROUP BY 1, 2, 3, 4`,
    [...within(stretch), productId],
  );

/** What an offer was sold for at one of its versions. */
export interface VersionPrice extends Fee {
  version: number;
  value_minor: number;
}

/** Reads what an offer was sold for at these versions. */
export const pricesOfVersions = (on: Query, { distributor_id, offer_id }: Stretch, versions: readonly number[]) =>
  on.query<VersionPrice>(
    `SELECT version, resell_value_minor AS value_minor, trim_scale(fees)::text AS fees, fees_type FROM offer_versions
     WHERE distributor_id = $1 AND offer_id = $2 AND version = ANY ($3::int[])`,
    [distributor_id, offer_id, versions],
  );

/** Units that were put in or taken away. */
export interface BookedUnits {
  kind: 'grant' | 'adjust';
  units: number;
  reference: string;
  at: Date;
}

/** Lists what was put in or taken away within a stretch. */
export const listBookings = (on: Query, stretch: Stretch, limit: number): Promise<BookedUnits[]> =>
  on.query<BookedUnits>(
    `SELECT kind, units, coalesce(reference, '') AS reference, at FROM movements
     WHERE ${WITHIN} AND kind IN ('grant', 'adjust') ORDER BY seq LIMIT $5`,
    [...within(stretch), limit],
  );

/** Counts the units that each offer of a distributor owed at an instant. */
export async function unitsOwed(on: Query, distributorId: string, at: Date): Promise<Map<string, number>> {
  const rows = await on.query<{ offer_id: string; units: number }>(
    `SELECT offer_id, count(*) AS units FROM late_deliveries
     WHERE distributor_id = $1 AND at < $2 AND (booked_at IS NULL OR booked_at >= $2) GROUP BY offer_id`,
    [distributorId, at],
  );
  return new Map(rows.map(({ offer_id, units }) => [offer_id, units]));
}
