import type { Candidate } from '../catalogue/offers/route.query.ts';
import type { Query } from '../database/database.ts';

/** Finds those of these products that exist, with their suppliers, by their ids. */
export async function findProducts(
  on: Query,
  ids: readonly string[],
): Promise<Map<string, Pick<Candidate, 'product' | 'supplier'>>> {
  const rows = await on.query<Pick<Candidate, 'product' | 'supplier'>>(
    `SELECT to_jsonb(p) AS product, to_jsonb(s) AS supplier
     FROM products p JOIN suppliers s ON s.id = p.supplier_id WHERE p.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.product.id, row]));
}

/** Tells whether any offer has, or had, a route. */
export async function hasRoutes(on: Query): Promise<boolean> {
  const [row] = await on.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM routes) AS any');
  return row?.any ?? false;
}
