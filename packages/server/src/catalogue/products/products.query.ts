import type { Page, ProductType } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import type { LineKind } from '../../values/line.ts';

/** A product as the operator sees it. */
export interface ProductDetail {
  id: string;
  supplier_id: string;
  name: string;
  type: ProductType;
  transaction_type: string;
  line_kind: LineKind | null;
  /** `available`, or any other word: then it cannot be sold, and the word is told. */
  status: string;
  /** ISO 3166-1 alpha-2. */
  coverage_zone: string[];
  tags: string[];
  /** ISO 4217. */
  currency: string;
  bonus_value_minor: number;
  /** The supplier's own name for it. */
  supplier_reference: string | null;
  metadata: Record<string, unknown>;
  /** What its connector needs beyond that. */
  settings: Record<string, unknown>;
  /** Of which country a number has to be; null: that of the supplier. */
  line_country: string | null;
  network_id: string | null;
  network_name: string | null;
  /** What the line gets, where that is another currency. */
  denomination_minor: number | null;
  denomination_currency: string | null;
  created_at: Date;
}

export const PRODUCTS = `
SELECT id, supplier_id, name, type, transaction_type, line_kind, status, coverage_zone, tags, currency,
       bonus_value_minor, supplier_reference, metadata, settings, line_country, network_id, network_name,
       denomination_minor, denomination_currency, created_at
FROM products`;

/** Finds one product; null when there is none. */
export async function findProduct(on: Query, id: string): Promise<ProductDetail | null> {
  const [row] = await on.query<ProductDetail>(`${PRODUCTS} WHERE id = $1`, [id]);
  return row ?? null;
}

/** Lists a page of all products, or of those of a supplier, oldest first. */
export function listProductDetails(
  on: Query,
  { offset, limit }: Page,
  supplierId: string | null,
): Promise<ProductDetail[]> {
  return on.query(`${PRODUCTS} WHERE $3::uuid IS NULL OR supplier_id = $3 ORDER BY created_at, id LIMIT $1 OFFSET $2`, [
    limit,
    offset,
    supplierId,
  ]);
}

/** Finds the currencies of those of these products that exist, by their ids. */
export async function currenciesOf(on: Query, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await on.query<{ id: string; currency: string }>(
    'SELECT id, currency FROM products WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, currency }) => [id, currency]));
}

/** What a product is known by: the supplier's name for it, and how much of that the line gets where that was chosen. */
export const referenceOf = (supplier_reference: string, amount: number | null): string =>
  amount === null ? supplier_reference : `${supplier_reference} ${amount}`;

/** Finds the ids of those of a supplier's products that carry these of its own names, by what they are known by. */
export async function productsByReference(
  on: Query,
  supplierId: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  const rows = await on.query<{ id: string; supplier_reference: string; amount: number | null }>(
    `SELECT p.id, p.supplier_reference, CASE WHEN c.is_range THEN (p.settings->>'amount')::float8 END AS amount
     FROM products p LEFT JOIN supplier_catalogue c
       ON c.supplier_id = p.supplier_id AND c.supplier_reference = p.supplier_reference
     WHERE p.supplier_id = $1 AND p.supplier_reference = ANY($2::text[])`,
    [supplierId, references],
  );
  return new Map(rows.map(({ id, supplier_reference, amount }) => [referenceOf(supplier_reference, amount), id]));
}
