import type { Query } from '../db.ts';
import type { SupplierOfOffer } from './offers.ts';

export interface SupplierRow {
  id: string;
  name: string;
  status: 'approved' | 'revoked' | 'pending';
  connector: string | null;
}

const OF_OFFERS = `
s.id IN (SELECT p.supplier_id FROM offers o JOIN products p ON p.id = o.product_id WHERE o.distributor_id = $1)`;

/** The suppliers of a distributor's offers. */
export function listSuppliers(on: Query, distributorId: string): Promise<SupplierRow[]> {
  return on.query<SupplierRow>(
    `SELECT s.id, s.name, s.status, s.connector FROM suppliers s WHERE ${OF_OFFERS} ORDER BY s.name, s.id`,
    [distributorId],
  );
}

/** One supplier of a distributor's offers, as its connector needs it; null where none of them is its. */
export async function findSupplier(
  on: Query,
  distributorId: string,
  supplierId: string,
): Promise<SupplierOfOffer | null> {
  const [row] = await on.query<{ supplier: SupplierOfOffer }>(
    `SELECT to_jsonb(s) AS supplier FROM suppliers s WHERE ${OF_OFFERS} AND s.id = $2`,
    [distributorId, supplierId],
  );
  return row?.supplier ?? null;
}
