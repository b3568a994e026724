import type { Query } from '../database/database.ts';
import type { VatRateRow } from './vat-rates.query.ts';

/** Keeps the VAT of a product from an instant on; false where there is no such product. Of the same instant, the last counts. */
export async function saveVatRate(
  tx: Query,
  productId: string,
  { rate, is_included, since }: VatRateRow,
  setBy: string,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO vat_rates (product_id, since, rate, is_included, set_by)
     SELECT id, $2, $3, $4, $5 FROM products WHERE id = $1
     ON CONFLICT (product_id, since) DO UPDATE
       SET rate = excluded.rate, is_included = excluded.is_included, set_by = excluded.set_by
     RETURNING product_id`,
    [productId, since, rate, is_included, setBy],
  );
  return rows.length > 0;
}
