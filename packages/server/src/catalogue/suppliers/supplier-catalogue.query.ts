import type { Page } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';

/** Something that a supplier lists, or has listed. */
export interface CatalogueRow {
  supplier_reference: string;
  name: string;
  currency: string;
  cost: number;
  product_id: string | null;
  changed_at: Date;
  withdrawn_at: Date | null;
}

/** A page of what a supplier lists, by name. */
export function listCatalogue(on: Query, supplierId: string, { offset, limit }: Page): Promise<CatalogueRow[]> {
  return on.query<CatalogueRow>(
    `SELECT c.supplier_reference, c.name, c.currency, c.cost::float8 AS cost, c.changed_at, c.withdrawn_at,
            (SELECT p.id FROM products p
             WHERE p.supplier_id = c.supplier_id AND p.supplier_reference = c.supplier_reference
             ORDER BY p.created_at, p.id LIMIT 1) AS product_id
     FROM supplier_catalogue c WHERE c.supplier_id = $1
     ORDER BY c.name, c.supplier_reference LIMIT $2 OFFSET $3`,
    [supplierId, limit, offset],
  );
}
