import { type ImportReport, ProductCreation, type Refusal } from '@opentopup/contract';
import { noteChanges } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { type Difference, difference } from '../../values/difference.ts';
import type { ProductDetail } from '../products/products.query.ts';
import { addProducts, lockProducts, type NewProduct, updateProducts } from '../products/products.store.ts';
import { checkProduct, networkKept, productCreated } from '../products/products.ts';
import { connectorsOf, countriesOf } from '../suppliers/suppliers.query.ts';
import { fixedError, type Imported, type ImportOptions, importTable, Raced, rowError } from './import-table.ts';
import type { Row, RowError } from './read-row.ts';

/** Adds products, or changes those whose ids are known. */
export function importProducts(
  ctx: Context,
  file: Uint8Array,
  options: ImportOptions,
): Promise<ImportReport | Refusal> {
  const key = { column: 'id', of: ({ id }: ProductCreation) => id };
  return importTable(ctx, file, { schema: ProductCreation, key, write: writeProducts }, options);
}

/** Writes rows of products; with errors, or without an actor, it only says what it would write. */
export async function writeProducts(
  ctx: Context,
  tx: Query,
  rows: readonly Row<ProductCreation>[],
  actor: string | null,
): Promise<Imported> {
  const ids = rows.flatMap(({ body }) => body.id ?? []);
  const known = new Map((await lockProducts(tx, ids)).map((product) => [product.id, product]));
  const supplierIds = [...new Set(rows.map(({ body }) => body.supplier_id))];
  const suppliers = await connectorsOf(tx, supplierIds);
  const countries = await countriesOf(tx, supplierIds);

  const added: { product: NewProduct; body: ProductCreation }[] = [];
  const changed: { product: NewProduct; details: Difference<ProductDetail> }[] = [];
  const errors: RowError[] = [];
  for (const { line, body } of rows) {
    const product = checkProduct(ctx.connectors, body, suppliers);
    if (Array.isArray(product)) {
      errors.push(...product.map((refusal) => rowError(line, refusal)));
      continue;
    }
    const before = known.get(product.id);
    if (!before) {
      added.push({ product, body });
      continue;
    }
    const country = countries.get(before.supplier_id) ?? null;
    errors.push(...fixedColumns(before, product, body, country).map((column) => fixedError(line, column)));
    const { name, status, coverage_zone, tags, supplier_reference, metadata, settings } = body;
    const given = { name, status, coverage_zone, tags, supplier_reference, metadata, settings };
    const change = { ...given, ...networkKept(body.network) } as Partial<ProductDetail>;
    const details = difference(before, change);
    if (details) changed.push({ product: { ...before, ...details.after }, details });
  }

  if (actor !== null && errors.length === 0) {
    const at = ctx.now();
    const addedIds = await addProducts(
      tx,
      added.map(({ product }) => product),
    );
    if (addedIds.length < added.length) throw new Raced();
    await updateProducts(
      tx,
      changed.map(({ product }) => product),
    );
    await noteChanges(tx, [
      ...added.map(({ product, body }) => productCreated(product, body, actor, at)),
      ...changed.map(({ product, details }) => ({
        at,
        actor,
        action: 'product.changed' as const,
        subject: product.id,
        details,
      })),
    ]);
  }
  const unchanged = rows.length - added.length - changed.length;
  return { created: added.length, changed: changed.length, unchanged, errors };
}

/** Lists the columns in which a row differs from a product though they never change. */
function fixedColumns(
  before: ProductDetail,
  product: NewProduct,
  given: ProductCreation,
  country: string | null,
): string[] {
  const columns = (['supplier_id', 'type', 'transaction_type', 'line_kind', 'currency'] as const).filter(
    (column) => product[column] !== before[column],
  );
  const isOther = {
    bonus_value: product.bonus_value_minor !== before.bonus_value_minor,
    // Where it does not say, it is that of its supplier.
    line_country: (product.line_country ?? country) !== (before.line_country ?? country),
    denomination:
      product.denomination_minor !== before.denomination_minor ||
      product.denomination_currency !== before.denomination_currency,
  };
  const names = Object.keys(isOther) as (keyof typeof isOther)[];
  return [...columns, ...names.filter((column) => given[column] !== undefined && isOther[column])];
}
