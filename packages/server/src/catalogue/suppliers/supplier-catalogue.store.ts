import type { Query } from '../../database/database.ts';
import { AMOUNT_OF } from '../offers/offers.query.ts';
import type { ListedProduct, ListingPair } from './catalogue-change.rules.ts';

/** A page of a catalogue that is being read. */
export async function stageListings(
  on: Query,
  supplierId: string,
  beganAt: Date,
  products: readonly ListedProduct[],
): Promise<void> {
  if (products.length === 0) return;
  const rows = products.map(({ supplier_reference, name, currency, cost, ...listed }) => ({
    supplier_reference,
    name,
    currency,
    cost,
    listed,
    is_range: listed.range !== undefined,
  }));
  await on.query(
    `INSERT INTO supplier_listings AS l
       (supplier_id, began_at, supplier_reference, name, currency, cost, is_range, listed)
     SELECT DISTINCT ON (supplier_reference) $1::uuid, $2::timestamptz, supplier_reference, name, currency, cost,
            is_range, listed
     FROM jsonb_to_recordset($3::jsonb) AS listed(
       supplier_reference text, name text, currency text, cost numeric, is_range boolean, listed jsonb)
     ON CONFLICT (supplier_id, began_at, supplier_reference) DO UPDATE
       SET name = excluded.name, currency = excluded.currency, cost = excluded.cost, is_range = excluded.is_range,
           listed = excluded.listed`,
    [supplierId, beganAt, JSON.stringify(rows)],
  );
}

/** What is staged of a reading, and what is known, side by side. */
const SIDE_BY_SIDE = `
  (SELECT * FROM supplier_listings WHERE supplier_id = $1 AND began_at = $2) n
  FULL JOIN (SELECT * FROM supplier_catalogue WHERE supplier_id = $1) c USING (supplier_reference)`;

/** Counts what a reading lists, and what it lacks of what was known. */
export async function countGone(
  on: Query,
  supplierId: string,
  beganAt: Date,
): Promise<{ listed: number; sold: number; gone: number }> {
  const [row] = await on.query<{ listed: number; sold: number; gone: number }>(
    `SELECT count(n.name)::int AS listed, count(*) FILTER (WHERE c.name IS NOT NULL AND c.withdrawn_at IS NULL)::int AS sold,
            count(*) FILTER (WHERE n.name IS NULL AND c.withdrawn_at IS NULL)::int AS gone
     FROM ${SIDE_BY_SIDE}`,
    [supplierId, beganAt],
  );
  return row ?? { listed: 0, sold: 0, gone: 0 };
}

/** Lists some of what a reading tells otherwise than was known, in the order of the supplier's names. */
export async function listDiffering(
  on: Query,
  supplierId: string,
  beganAt: Date,
  after: string,
  limit: number,
): Promise<(ListingPair & { supplier_reference: string })[]> {
  return on.query(
    `SELECT supplier_reference,
            CASE WHEN c.name IS NOT NULL THEN jsonb_build_object(
              'supplier_reference', supplier_reference, 'name', c.name, 'currency', c.currency, 'cost', c.cost,
              'is_range', c.is_range, 'is_withdrawn', c.withdrawn_at IS NOT NULL) END AS was,
            CASE WHEN n.name IS NOT NULL THEN jsonb_build_object(
              'supplier_reference', supplier_reference, 'name', n.name, 'currency', n.currency, 'cost', n.cost,
              'is_range', n.is_range, 'is_detailed', n.listed IS DISTINCT FROM c.listed) END AS now
     FROM ${SIDE_BY_SIDE}
     WHERE supplier_reference > $3 AND (
       c.name IS NULL OR (n.name IS NULL) <> (c.withdrawn_at IS NOT NULL)
       OR (n.name IS NOT NULL AND (n.name, n.currency, n.cost, n.is_range) <> (c.name, c.currency, c.cost, c.is_range))
       OR (n.name IS NOT NULL AND n.listed IS DISTINCT FROM c.listed))
     ORDER BY supplier_reference LIMIT $4`,
    [supplierId, beganAt, after, limit],
  );
}

/** Takes over what a reading lists, of these things. */
export async function takeListings(
  tx: Query,
  supplierId: string,
  beganAt: Date,
  references: readonly string[],
  at: Date,
): Promise<void> {
  if (references.length === 0) return;
  await tx.query(
    `INSERT INTO supplier_catalogue AS c
       (supplier_id, supplier_reference, name, currency, cost, is_range, listed, changed_at)
     SELECT supplier_id, supplier_reference, name, currency, cost, is_range, listed, $4::timestamptz
     FROM supplier_listings
     WHERE supplier_id = $1 AND began_at = $2 AND supplier_reference = ANY($3::text[])
     ON CONFLICT (supplier_id, supplier_reference) DO UPDATE
       SET name = excluded.name, currency = excluded.currency, cost = excluded.cost, is_range = excluded.is_range,
           listed = excluded.listed, withdrawn_at = NULL,
           changed_at = CASE WHEN (c.name, c.currency, c.cost) = (excluded.name, excluded.currency, excluded.cost)
                              AND c.withdrawn_at IS NULL THEN c.changed_at ELSE excluded.changed_at END`,
    [supplierId, beganAt, references, at],
  );
}

/** Notes that a supplier does not list these things any more. */
export async function withdrawListings(
  tx: Query,
  supplierId: string,
  references: readonly string[],
  at: Date,
): Promise<void> {
  if (references.length === 0) return;
  await tx.query(
    `UPDATE supplier_catalogue SET withdrawn_at = $3, changed_at = $3
     WHERE supplier_id = $1 AND supplier_reference = ANY($2::text[])`,
    [supplierId, references, at],
  );
}

/** Removes what was staged of a reading, and of those before it. */
export async function unstageListings(on: Query, supplierId: string, beganAt: Date): Promise<void> {
  await on.query('DELETE FROM supplier_listings WHERE supplier_id = $1 AND began_at <= $2', [supplierId, beganAt]);
}

/** Tells whether what was known is lacking in a reading. */
export const isLacking = async (on: Query, supplierId: string, beganAt: Date): Promise<boolean> =>
  (await countGone(on, supplierId, beganAt)).gone > 0;

/**
 * Takes up the reading of a supplier's catalogue.
 * @returns false when somebody has done so less than `every_ms` ago
 */
export async function takeReading(on: Query, supplierId: string, every_ms: number, now: Date): Promise<boolean> {
  const rows = await on.query(
    `INSERT INTO supplier_readings AS r (supplier_id, asked_at) VALUES ($1, $2)
     ON CONFLICT (supplier_id) DO UPDATE SET asked_at = excluded.asked_at
     WHERE coalesce(r.asked_at, '-infinity') <= $3
     RETURNING supplier_id`,
    [supplierId, now, new Date(now.getTime() - every_ms)],
  );
  return rows.length === 1;
}

/** When the last whole reading began, and how many products it lacked. */
export interface LastReading {
  read_at: Date | null;
  missing: number;
  /** When somebody last set about reading it. */
  asked_at: Date | null;
}

/** Locks the last reading of a supplier's catalogue until the transaction ends, and returns it. */
export async function lockReading(tx: Query, supplierId: string): Promise<LastReading> {
  await tx.query('INSERT INTO supplier_readings (supplier_id) VALUES ($1) ON CONFLICT DO NOTHING', [supplierId]);
  const [last] = await tx.query<LastReading>(
    'SELECT read_at, missing, asked_at FROM supplier_readings WHERE supplier_id = $1 FOR UPDATE',
    [supplierId],
  );
  return last as LastReading;
}

/** Notes how much has come of a catalogue that is being read, or was taken over; null: no more is coming. */
export async function noteProgress(on: Query, supplierId: string, listed: number | null): Promise<void> {
  await on.query('UPDATE supplier_readings SET coming = $2 WHERE supplier_id = $1', [supplierId, listed]);
}

/** Notes that a catalogue was read as a whole. */
export async function noteReading(tx: Query, supplierId: string, beganAt: Date, missing: number): Promise<void> {
  await tx.query(
    `UPDATE supplier_readings SET read_at = $2, missing = $3, failed_at = NULL, cause = NULL, coming = NULL WHERE supplier_id = $1`,
    [supplierId, beganAt, missing],
  );
}

/**
 * Notes that a catalogue could not be read.
 * @returns true where it could, the time before
 */
export async function noteFailedReading(on: Query, supplierId: string, cause: string, at: Date): Promise<boolean> {
  const noted = await on.query(
    `INSERT INTO supplier_readings AS r (supplier_id, failed_at, cause) VALUES ($1, $2, $3)
     ON CONFLICT (supplier_id) DO UPDATE SET failed_at = excluded.failed_at, cause = excluded.cause, coming = NULL
     WHERE r.failed_at IS NULL
     RETURNING supplier_id`,
    [supplierId, at, cause],
  );
  return noted.length > 0;
}

/** Finds the products that carry a supplier's own names, and the offers that they deliver, by themselves or by a route. */
export function offersListed(
  on: Query,
  supplierId: string,
  references: readonly string[],
): Promise<{ supplier_reference: string; product_id: string; amount: number | null; offer_id: string | null }[]> {
  return on.query(
    `SELECT p.supplier_reference, p.id AS product_id, ${AMOUNT_OF}::float8 AS amount, o.id AS offer_id
     FROM products p
     LEFT JOIN LATERAL (
       SELECT id FROM offers WHERE product_id = p.id
       UNION SELECT routed.id FROM route_products each
             JOIN routes r ON r.distributor_id = each.distributor_id AND r.id = each.route_id
             JOIN offers routed ON routed.distributor_id = r.distributor_id AND routed.id = r.offer_id
                               AND routed.route_id = r.id
             WHERE each.product_id = p.id
     ) o ON true
     WHERE p.supplier_id = $1 AND p.supplier_reference = ANY($2::text[]) ORDER BY p.created_at, p.id, o.id`,
    [supplierId, references],
  );
}
