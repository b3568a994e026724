import type { Query } from '../database/database.ts';

/** How much there is of what waits and of what is in stock, over all distributors. */
export interface Gauges {
  stock: { granted: number; available: number; held: number; sold: number };
  /** Offers by what was told of their stock. */
  levels: { low: number; depleted: number };
  waiting: Record<'reconciliation' | 'decision' | 'reversal' | 'notice' | 'stock_check', number>;
}

/** Counts what waits, and the stock. Buckets are summed up, so this costs more the more there are. */
export async function readGauges(on: Query): Promise<Gauges> {
  const [row] = await on.query<Gauges>(
    `SELECT (
       SELECT jsonb_build_object('granted', coalesce(sum(granted), 0), 'available', coalesce(sum(available), 0),
                                 'held', coalesce(sum(held), 0), 'sold', coalesce(sum(sold), 0)) FROM buckets
     ) AS stock, (
       SELECT jsonb_build_object('low', count(*) FILTER (WHERE level = 'low'),
                                 'depleted', count(*) FILTER (WHERE level = 'depleted'))
       FROM stock_levels WHERE level <> 'ok'
     ) AS levels, jsonb_build_object(
       'reconciliation', (SELECT count(*) FROM unknown_outcomes WHERE next_at IS NOT NULL),
       'decision', (SELECT count(*) FROM unknown_outcomes u WHERE next_at IS NULL AND NOT EXISTS (
         SELECT FROM resolutions r
         WHERE r.distributor_id = u.distributor_id AND r.transaction_id = u.transaction_id)),
       'reversal', (SELECT count(*) FROM reversal_requests WHERE status = 'open'),
       'notice', (SELECT count(*) FROM notices),
       'stock_check', (SELECT count(*) FROM stock_checks)
     ) AS waiting`,
  );
  if (!row) throw new Error('a SELECT without FROM gave no row');
  return row;
}

/** The money at a supplier. */
export interface SupplierLevel {
  supplier_id: string;
  currency: string;
  available: number;
  is_low: boolean;
}

/** Lists the money at the suppliers that tell it. */
export function readSupplierLevels(on: Query): Promise<SupplierLevel[]> {
  return on.query(
    `SELECT supplier_id, currency, available::float8 AS available, low_since IS NOT NULL AS is_low
     FROM supplier_balances WHERE available IS NOT NULL ORDER BY supplier_id`,
  );
}

/** How many differences from the books of a supplier wait for somebody. */
export interface OpenCases {
  supplier_id: string;
  kind: string;
  count: number;
}

/** Counts the open differences from the books of suppliers. */
export const countOpenCases = (on: Query): Promise<OpenCases[]> =>
  on.query(
    `SELECT supplier_id, kind, count(*)::int AS count FROM reconciliation_cases
     WHERE status = 'open' GROUP BY supplier_id, kind ORDER BY supplier_id, kind`,
  );

/** The stock of one offer. */
export interface BucketLevel {
  distributor_id: string;
  offer_id: string;
  available: number;
}

/** Lists the stocks that were ever granted anything and have the fewest units left. */
export function readLeastStocks(on: Query, limit: number): Promise<BucketLevel[]> {
  return on.query<BucketLevel>(
    `SELECT distributor_id, offer_id, available FROM buckets WHERE granted > 0
     ORDER BY available, distributor_id, offer_id LIMIT $1`,
    [limit],
  );
}
