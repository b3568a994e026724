import type { Query } from '../../database/database.ts';
import { PRODUCTS, type ProductDetail } from './products.query.ts';

/** What suppliers of one country and network need nothing of. */
type Reach =
  | 'settings'
  | 'line_country'
  | 'network_id'
  | 'network_name'
  | 'denomination_minor'
  | 'denomination_currency';

export type NewProduct = Omit<ProductDetail, 'created_at' | Reach> & Partial<Pick<ProductDetail, Reach>>;

const COLUMNS = `id uuid, supplier_id uuid, name text, type text, transaction_type text, line_kind text, status text,
  coverage_zone text[], tags text[], currency text, bonus_value_minor bigint, supplier_reference text, metadata jsonb,
  settings jsonb, line_country text, network_id text, network_name text, denomination_minor bigint,
  denomination_currency text`;

/** Adds products, but for those whose ids are taken; gives the ids of those added. */
export async function addProducts(on: Query, products: readonly NewProduct[]): Promise<string[]> {
  if (products.length === 0) return [];
  const added = await on.query<{ id: string }>(
    `INSERT INTO products (id, supplier_id, name, type, transaction_type, line_kind, status, coverage_zone, tags,
                           currency, bonus_value_minor, supplier_reference, metadata, settings, line_country, network_id,
                           network_name, denomination_minor, denomination_currency)
     SELECT id, supplier_id, name, type, transaction_type, line_kind, status, coverage_zone, tags, currency,
            bonus_value_minor, supplier_reference, metadata, coalesce(settings, '{}'), line_country, network_id,
            network_name, denomination_minor, denomination_currency
     FROM jsonb_to_recordset($1::jsonb) AS product(${COLUMNS}) ORDER BY id
     ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(products)],
  );
  return added.map(({ id }) => id);
}

/** Adds a product; false where its id is taken. */
export const addProduct = async (on: Query, product: NewProduct): Promise<boolean> =>
  (await addProducts(on, [product])).length > 0;

/** Locks those of these products that exist until the transaction ends, and returns them as they stand. */
export function lockProducts(tx: Query, ids: readonly string[]): Promise<ProductDetail[]> {
  return tx.query<ProductDetail>(`${PRODUCTS} WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [ids]);
}

/** Writes what may change of products. */
export async function updateProducts(tx: Query, products: readonly NewProduct[]): Promise<void> {
  if (products.length === 0) return;
  await tx.query(
    `UPDATE products p
     SET name = n.name, status = n.status, coverage_zone = n.coverage_zone, tags = n.tags,
         supplier_reference = n.supplier_reference, metadata = n.metadata, settings = coalesce(n.settings, '{}'),
         network_id = n.network_id, network_name = n.network_name
     FROM jsonb_to_recordset($1::jsonb) AS n(${COLUMNS}) WHERE p.id = n.id`,
    [JSON.stringify(products)],
  );
}
