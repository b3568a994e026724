import type { CatalogueSearch } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import type { ListedProduct } from './catalogue-change.rules.ts';

/** Something that a supplier lists, or has listed. */
export interface CatalogueRow {
  supplier_reference: string;
  name: string;
  currency: string;
  cost: number;
  /** What a product of it would be; null where an earlier version has read it. */
  listed: Omit<ListedProduct, 'supplier_reference' | 'name' | 'currency' | 'cost'> | null;
  product_id: string | null;
  changed_at: Date;
  withdrawn_at: Date | null;
}

/** Lists a page of what a supplier lists and a search finds, by name. */
export function searchListings(
  on: Query,
  supplierId: string,
  { offset, limit, text, country, network, min_cost, max_cost }: CatalogueSearch,
): Promise<CatalogueRow[]> {
  return on.query<CatalogueRow>(
    `SELECT c.supplier_reference, c.name, c.currency, c.cost::float8 AS cost, c.listed, c.changed_at, c.withdrawn_at,
            (SELECT p.id FROM products p
             WHERE p.supplier_id = c.supplier_id AND p.supplier_reference = c.supplier_reference
             ORDER BY p.created_at, p.id LIMIT 1) AS product_id
     FROM supplier_catalogue c
     WHERE c.supplier_id = $1
       AND ($4::text IS NULL OR strpos(lower(c.name || ' ' || c.supplier_reference), lower($4)) > 0)
       AND ($5::text IS NULL OR c.listed->>'line_country' = $5 OR c.listed->'coverage_zone' ? $5)
       AND ($6::text IS NULL OR c.listed->'network'->>'id' = $6
            OR strpos(lower(c.listed->'network'->>'name'), lower($6)) > 0)
       AND ($7::numeric IS NULL OR c.cost >= $7) AND ($8::numeric IS NULL OR c.cost <= $8)
     ORDER BY c.name, c.supplier_reference LIMIT $2 OFFSET $3`,
    [supplierId, limit, offset, text ?? null, country ?? null, network ?? null, min_cost ?? null, max_cost ?? null],
  );
}

/** Some of what a supplier lists: by its own names, or so much from a name on. */
export type SomeListed = { references: readonly string[] } | { after: string; limit: number };

/** Lists some of what a supplier lists now, ready to become products, in the order of its own names. */
export async function listListed(on: Query, supplierId: string, some: SomeListed): Promise<ListedProduct[]> {
  const { references, after, limit } = { references: null, after: '', limit: null, ...some };
  const rows = await on.query<{ product: ListedProduct }>(
    `SELECT listed || jsonb_build_object('supplier_reference', supplier_reference, 'name', name, 'currency', currency,
                                         'cost', cost) AS product
     FROM supplier_catalogue
     WHERE supplier_id = $1 AND withdrawn_at IS NULL AND listed IS NOT NULL
       AND ($2::text[] IS NULL OR supplier_reference = ANY($2::text[])) AND supplier_reference > $3
     ORDER BY supplier_reference LIMIT $4`,
    [supplierId, references, after, limit],
  );
  return rows.map(({ product }) => product);
}
