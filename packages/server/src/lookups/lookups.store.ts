import type { Query } from '../database/database.ts';
import type { LookupCost, ToldNetworks } from './lookups.rules.ts';

/** Of whom a number was asked, and which. */
export interface LookupKey {
  supplier_id: string;
  world: 'live' | 'sandbox';
  number_digest: string;
}

export interface KeptLookup {
  networks: ToldNetworks;
  at: Date;
}

/** Finds what a supplier has said of a number since an instant; null where it was not asked. */
export async function findLookup(on: Query, key: LookupKey, since: Date): Promise<KeptLookup | null> {
  const [row] = await on.query<KeptLookup>(
    `SELECT networks, at FROM number_lookups
     WHERE supplier_id = $1 AND world = $2 AND number_digest = $3 AND at >= $4`,
    [key.supplier_id, key.world, key.number_digest, since],
  );
  return row ?? null;
}

/** Keeps what a supplier has said of a number, and forgets what was said before an instant. */
export async function keepLookup(
  on: Query,
  key: LookupKey,
  { networks, at }: KeptLookup,
  forgetBefore: Date,
): Promise<void> {
  await on.query('DELETE FROM number_lookups WHERE at < $1', [forgetBefore]);
  await on.query(
    `INSERT INTO number_lookups (supplier_id, world, number_digest, networks, at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (supplier_id, world, number_digest) DO UPDATE SET networks = excluded.networks, at = excluded.at`,
    [key.supplier_id, key.world, key.number_digest, JSON.stringify(networks), at],
  );
}

/**
 * Counts a number that a distributor has asked for.
 * @returns false where it has asked for as many as it may that day
 */
export async function countLookup(on: Query, distributorId: string, at: Date, most: number): Promise<boolean> {
  const rows = await on.query(
    `INSERT INTO number_lookup_days AS d (distributor_id, day, asked)
     VALUES ($1, ($2::timestamptz AT TIME ZONE 'UTC')::date, 1)
     ON CONFLICT (distributor_id, day) DO UPDATE SET asked = d.asked + 1 WHERE d.asked < $3
     RETURNING asked`,
    [distributorId, at, most],
  );
  return rows.length === 1;
}

/** Adds what a question has cost to what its day has cost its distributor. */
export async function addLookupCost(on: Query, distributorId: string, at: Date, cost: LookupCost): Promise<void> {
  await on.query(
    `UPDATE number_lookup_days
     SET costs = costs || jsonb_build_object($3::text, coalesce((costs->>$3::text)::numeric, 0) + $4::numeric)
     WHERE distributor_id = $1 AND day = ($2::timestamptz AT TIME ZONE 'UTC')::date`,
    [distributorId, at, cost.currency, cost.amount],
  );
}
