import type { Query } from '../db.ts';

export interface SupplierRow {
  id: string;
  name: string;
  status: 'approved' | 'revoked' | 'pending';
  connector: string | null;
}

/** The suppliers of a distributor's offers. */
export function listSuppliers(on: Query, distributorId: string): Promise<SupplierRow[]> {
  return on.query<SupplierRow>(
    `SELECT s.id, s.name, s.status, s.connector FROM suppliers s
     WHERE s.id IN (SELECT p.supplier_id FROM offers o JOIN products p ON p.id = o.product_id WHERE o.distributor_id = $1)
     ORDER BY s.name, s.id`,
    [distributorId],
  );
}
