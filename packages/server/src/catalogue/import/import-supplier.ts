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
import { roundedUp } from '../../values/money.ts';
import { offeredProducts } from '../offers/offer-details.query.ts';
import { currenciesOf, productsByReference, referenceOf } from '../products/products.query.ts';
import { listListed } from '../suppliers/listings.query.ts';
import { noteCatalogue } from '../suppliers/note-catalogue.ts';
import { askCatalogue } from '../suppliers/read-catalogue.ts';
import { findSupplier } from '../suppliers/suppliers.query.ts';
import { writeOffers } from './import-offers.ts';
import { writeProducts } from './import-products.ts';
import type { Imported } from './import-table.ts';
import type { Row, RowError } from './read-row.ts';

/** What is taken over: something that the supplier lists, and what it becomes. */
interface Taken {
  product: SupplierProduct;
  /** How much the line gets, where the supplier lists a range. */
  amount: number | null;
  /** What the distributor is charged; null: what the supplier charges. */
  resell_value: number | null;
}

/**
 * Takes over what a supplier lists: each thing becomes a product, and where a distributor is named an offer. What is known
 * already is brought up to date; prices stay. All of it, or nothing. Where nothing is chosen, the catalogue is read again,
 * and everything is taken but what would need an amount; what has changed is told, and acted upon, as at any reading.
 */
export async function importSupplier(
  ctx: Context,
  supplierId: string,
  { distributor_id, choices, dry_run = false }: SupplierImport,
  actor: string,
): Promise<SupplierImportReport | Refusal> {
  const supplier = await findSupplier(ctx.store.db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  if (!choices) {
    const asked = await askCatalogue(ctx, supplier);
    if (!(asked instanceof Date)) return asked;
    // A step of its own: what has changed stands, whatever becomes of the import.
    await noteCatalogue(ctx, supplier, asked, { actor });
  }

  return ctx.store.db.transaction(async (tx) => {
    const report = (rows: number, { created, changed, unchanged, errors }: Imported): ImportReport => {
      const done = errors.length > 0 ? { created: 0, changed: 0, unchanged: 0 } : { created, changed, unchanged };
      return { dry_run, rows, ...done, errors };
    };
    const references = choices?.map(({ supplier_reference }) => supplier_reference) ?? null;
    const { taken, errors } = takenOf(await listListed(tx, supplierId, references), choices);
    const rows = await productRows(tx, supplierId, taken);
    const isWritten = !dry_run && errors.length === 0;
    const written = await writeProducts(ctx, tx, rows, isWritten ? actor : null);
    const all = { ...written, errors: [...errors, ...written.errors].toSorted((a, b) => a.line - b.line) };
    const offering = distributor_id !== undefined && all.errors.length === 0;
    const offers = offering ? await offerRows(tx, distributor_id, rows, taken) : [];
    // Of a dry run the products are not there: offers of them cannot be checked any further.
    const checked = dry_run ? new Set(await knownProducts(tx, rows)) : null;
    const known = offers.filter(({ body }) => !checked || checked.has(body.product_id));
    const offered = await writeOffers(ctx, tx, known, dry_run ? null : actor);
    const created = offered.created + offers.length - known.length;
    const unchanged = offering ? rows.length - offers.length : 0;
    return {
      products: report(choices?.length ?? rows.length, all),
      offers: report(offering ? rows.length : 0, { ...offered, created, unchanged }),
    };
  });
}

const knownProducts = async (tx: Query, rows: readonly Row<ProductCreation>[]): Promise<Iterable<string>> =>
  (
    await currenciesOf(
      tx,
      rows.flatMap(({ body }) => body.id ?? []),
    )
  ).keys();

/** Finds what is chosen among what is listed, or everything that needs no amount. */
function takenOf(
  listed: readonly SupplierProduct[],
  choices: SupplierImport['choices'],
): { taken: Taken[]; errors: RowError[] } {
  const whole = { amount: null, resell_value: null };
  if (!choices)
    return { taken: listed.filter(({ range }) => !range).map((product) => ({ product, ...whole })), errors: [] };
  const byName = new Map(listed.map((product) => [product.supplier_reference, product]));
  const errors: RowError[] = [];
  const taken = choices.flatMap(({ supplier_reference, amount = null, resell_value = null }, i): Taken[] => {
    const product = byName.get(supplier_reference);
    const fault = product ? amountFault(product, amount) : ['supplier_reference', 'it is not listed'];
    if (product && !fault) return [{ product, amount, resell_value }];
    const [column = '', message = ''] = fault ?? [];
    errors.push({ line: i + 1, column, message });
    return [];
  });
  return { taken, errors };
}

/** Says what is wrong with an amount; null where it is right, or right to be missing. */
function amountFault({ range }: SupplierProduct, amount: number | null): [string, string] | null {
  if (!range) return amount === null ? null : ['amount', 'it has one already'];
  const { min, max, currency } = range;
  if (amount !== null && amount >= min && amount <= max) return null;
  return ['amount', `from ${min} to ${max} ${currency} is needed`];
}

/** Makes rows of products from what a supplier lists; those that are known keep their ids. */
async function productRows(tx: Query, supplier_id: string, taken: readonly Taken[]): Promise<Row<ProductCreation>[]> {
  const known = await productsByReference(tx, supplier_id);
  return taken.map(({ product: { cost: _cost, range, ...product }, amount }, i) => ({
    line: i + 1,
    body: {
      ...product,
      ...(range && amount !== null && withAmount(product, amount, range.currency)),
      id: known.get(referenceOf(product.supplier_reference, amount)) ?? newId(),
      supplier_id,
    },
  }));
}

/** What an amount makes of something that is listed as a range. */
function withAmount(
  { name, currency: charged, settings }: Pick<SupplierProduct, 'name' | 'currency' | 'settings'>,
  amount: number,
  currency: string,
): Partial<ProductCreation> {
  return {
    name: `${name} ${amount} ${currency}`,
    settings: { ...settings, amount, currency },
    ...(charged === currency ? { bonus_value: amount } : { denomination: { amount, currency } }),
  };
}

/** Makes a row of an offer for each product that the distributor is not offered yet. */
async function offerRows(
  tx: Query,
  distributor_id: string,
  rows: readonly Row<ProductCreation>[],
  taken: readonly Taken[],
): Promise<Row<OfferCreation>[]> {
  const offered = await offeredProducts(tx, distributor_id);
  return rows.flatMap(({ line, body }, i) => {
    const { id = '', name } = body;
    const from = taken[i];
    if (!from || offered.has(id)) return [];
    const { product, amount } = from;
    const resell_value = from.resell_value ?? roundedUp(product.cost * (amount ?? 1), product.currency);
    return { line, body: { distributor_id, product_id: id, name, resell_value } };
  });
}
