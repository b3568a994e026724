import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** The VAT of a product, since when. */
export interface VatRateRow {
  /** In percent, as decimal digits; null: none. */
  rate: string | null;
  is_included: boolean;
  since: Date;
}

/** Lists a page of the rates of a product, newest first; null where there is no such product. */
export async function listVatRates(
  on: Query,
  productId: string,
  { offset, limit }: Page,
): Promise<VatRateRow[] | null> {
  const [product] = await on.query('SELECT FROM products WHERE id = $1', [productId]);
  if (!product) return null;
  return on.query<VatRateRow>(
    `SELECT trim_scale(rate)::text AS rate, is_included, since FROM vat_rates
     WHERE product_id = $1 ORDER BY since DESC LIMIT $2 OFFSET $3`,
    [productId, limit, offset],
  );
}
