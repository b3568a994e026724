import {
  type ImportReport,
  type OfferCreation,
  type ProductCreation,
  type Refusal,
  refuse,
  type SupplierImport,
  type SupplierImportReport,
} from '@opentopup/contract';
import type { SupplierProduct } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import { offeredProducts } from '../offers/offer-details.query.ts';
import { productsByReference } from '../products/products.query.ts';
import { noteCatalogue } from '../suppliers/note-catalogue.ts';
import { askCatalogue } from '../suppliers/read-catalogue.ts';
import { findSupplier } from '../suppliers/suppliers.query.ts';
import { writeOffers } from './import-offers.ts';
import { writeProducts } from './import-products.ts';
import type { Row } from './read-row.ts';

const report = (rows: number, imported: Omit<ImportReport, 'dry_run' | 'rows'>): ImportReport => ({
  dry_run: false,
  rows,
  ...imported,
});

/**
 * Takes over what a supplier delivers: each thing becomes a product, and where a distributor is named an offer at what
 * the supplier charges. What is known already is brought up to date; prices stay. All of it, or nothing. What has changed
 * since its catalogue was read last is told, and acted upon, as at any reading.
 */
export async function importSupplier(
  ctx: Context,
  supplierId: string,
  { distributor_id }: SupplierImport,
  actor: string,
): Promise<SupplierImportReport | Refusal> {
  const supplier = await findSupplier(ctx.store.db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  const asked = await askCatalogue(ctx, supplier);
  if ('reason' in asked) return asked;
  const told = [...asked.products.values()];
  // A step of its own: what has changed stands, whatever becomes of the import.
  await ctx.store.db.transaction((tx) => noteCatalogue(ctx, tx, supplier, asked, { actor }));

  return ctx.store.db.transaction(async (tx) => {
    const rows = await productRows(tx, supplierId, told);
    const products = report(rows.length, await writeProducts(ctx, tx, rows, actor));
    const offering = distributor_id !== undefined && products.errors.length === 0;
    const offers = offering ? await offerRows(tx, distributor_id, rows, told) : [];
    const written = await writeOffers(ctx, tx, offers, actor);
    const unchanged = offering ? rows.length - offers.length : 0;
    return { products, offers: report(offering ? rows.length : 0, { ...written, unchanged }) };
  });
}

/** Makes rows of products from what a supplier delivers; those that are known keep their ids. */
async function productRows(
  tx: Query,
  supplier_id: string,
  told: readonly SupplierProduct[],
): Promise<Row<ProductCreation>[]> {
  const known = await productsByReference(tx, supplier_id);
  return told.map(({ cost: _cost, range: _range, ...product }, i) => ({
    line: i + 1,
    body: { ...product, id: known.get(product.supplier_reference) ?? newId(), supplier_id },
  }));
}

/** Makes a row of an offer for each product that the distributor is not offered yet. */
async function offerRows(
  tx: Query,
  distributor_id: string,
  rows: readonly Row<ProductCreation>[],
  told: readonly SupplierProduct[],
): Promise<Row<OfferCreation>[]> {
  const offered = await offeredProducts(tx, distributor_id);
  return rows.flatMap(({ line, body }) => {
    const { id = '', name } = body;
    if (offered.has(id)) return [];
    return { line, body: { distributor_id, product_id: id, name, resell_value: told[line - 1]?.cost ?? 0 } };
  });
}
