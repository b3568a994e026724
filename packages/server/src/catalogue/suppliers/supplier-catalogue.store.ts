import type { Query } from '../../database/database.ts';
import type { KnownListing, Listing } from './catalogue-change.rules.ts';

/** Lists what a supplier listed when its catalogue was last read, and what it does not list any more. */
export function listKnown(on: Query, supplierId: string): Promise<KnownListing[]> {
  return on.query<KnownListing>(
    `SELECT supplier_reference, name, currency, cost::float8 AS cost, withdrawn_at IS NOT NULL AS is_withdrawn
     FROM supplier_catalogue WHERE supplier_id = $1`,
    [supplierId],
  );
}

/** Keeps what a supplier lists otherwise than before, or not any more. */
export async function keepListings(
  tx: Query,
  supplierId: string,
  listings: readonly (Listing & { is_withdrawn: boolean })[],
  at: Date,
): Promise<void> {
  if (listings.length === 0) return;
  await tx.query(
    `INSERT INTO supplier_catalogue AS c
       (supplier_id, supplier_reference, name, currency, cost, changed_at, withdrawn_at)
     SELECT $1::uuid, supplier_reference, name, currency, cost, $3::timestamptz,
            CASE WHEN is_withdrawn THEN $3::timestamptz END
     FROM jsonb_to_recordset($2::jsonb) AS listed(
       supplier_reference text, name text, currency text, cost numeric, is_withdrawn boolean)
     ON CONFLICT (supplier_id, supplier_reference) DO UPDATE
       SET name = excluded.name, currency = excluded.currency, cost = excluded.cost, changed_at = excluded.changed_at,
           withdrawn_at = excluded.withdrawn_at`,
    [supplierId, JSON.stringify(listings), at],
  );
}

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
}

/** Locks the last reading of a supplier's catalogue until the transaction ends, and returns it. */
export async function lockReading(tx: Query, supplierId: string): Promise<LastReading> {
  await tx.query('INSERT INTO supplier_readings (supplier_id) VALUES ($1) ON CONFLICT DO NOTHING', [supplierId]);
  const [last] = await tx.query<LastReading>(
    'SELECT read_at, missing FROM supplier_readings WHERE supplier_id = $1 FOR UPDATE',
    [supplierId],
  );
  return last as LastReading;
}

/** Notes that a catalogue was read as a whole. */
export async function noteReading(tx: Query, supplierId: string, beganAt: Date, missing: number): Promise<void> {
  await tx.query(
    `UPDATE supplier_readings SET read_at = $2, missing = $3, failed_at = NULL, cause = NULL WHERE supplier_id = $1`,
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
     ON CONFLICT (supplier_id) DO UPDATE SET failed_at = excluded.failed_at, cause = excluded.cause
     WHERE r.failed_at IS NULL
     RETURNING supplier_id`,
    [supplierId, at, cause],
  );
  return noted.length > 0;
}

/** Finds the products that carry a supplier's own names, and the offers that sell them. */
export function offersListed(
  on: Query,
  supplierId: string,
  references: readonly string[],
): Promise<{ supplier_reference: string; product_id: string; offer_id: string | null }[]> {
  return on.query(
    `SELECT p.supplier_reference, p.id AS product_id, o.id AS offer_id
     FROM products p LEFT JOIN offers o ON o.product_id = p.id
     WHERE p.supplier_id = $1 AND p.supplier_reference = ANY($2::text[]) ORDER BY p.created_at, p.id, o.id`,
    [supplierId, references],
  );
}
