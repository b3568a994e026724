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
import { noteProgress } from '../suppliers/supplier-catalogue.store.ts';
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

/** So much of a whole catalogue is taken over in one step. */
const AT_ONCE = 1_000;
/** So much of what is wrong is told. */
const MOST_ERRORS = 1_000;

/** What is done with what was taken: for whom, and as whom; without an actor it is only found out what would be done. */
interface Taking {
  supplier_id: string;
  distributor_id: string | undefined;
  actor: string | null;
}

/** What was done with some of a catalogue. */
interface TakenOver {
  products: Imported & { rows: number };
  offers: Imported & { rows: number };
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
  const taking = { supplier_id: supplierId, distributor_id, actor: dry_run ? null : actor };
  if (choices) {
    const references = choices.map(({ supplier_reference }) => supplier_reference);
    return ctx.store.db.transaction(async (tx) => {
      const { taken, errors } = takenOf(await listListed(tx, supplierId, { references }), choices);
      const done = await takeOver(
        ctx,
        tx,
        taken,
        errors.length > 0 ? { ...taking, actor: null, distributor_id: undefined } : taking,
        0,
      );
      const products = { ...done.products, errors: [...errors, ...done.products.errors], rows: choices.length };
      return reportOf(dry_run, { ...done, products }, 0);
    });
  }
  const asked = await askCatalogue(ctx, supplier);
  if (!(asked instanceof Date)) return asked;
  // A step of its own: what has changed stands, whatever becomes of the import.
  await noteCatalogue(ctx, supplier, asked, { actor });
  // First all of it is looked at, so that nothing is written where something is wrong. What breaks off may be repeated.
  const looked = await takeOverAll(ctx, { ...taking, actor: null });
  const { done, needs_amount } =
    dry_run || looked.done.products.errors.length > 0 ? looked : await takeOverAll(ctx, taking);
  return reportOf(dry_run, done, needs_amount);
}

function reportOf(dry_run: boolean, { products, offers }: TakenOver, needs_amount: number): SupplierImportReport {
  const report = ({ rows, created, changed, unchanged, errors }: TakenOver['products']): ImportReport => {
    const told = errors.toSorted((a, b) => a.line - b.line).slice(0, MOST_ERRORS);
    const done = told.length > 0 ? { created: 0, changed: 0, unchanged: 0 } : { created, changed, unchanged };
    return { dry_run, rows, ...done, errors: told };
  };
  const isWrong = products.errors.length > 0;
  return { products: report(products), offers: report(isWrong ? NOTHING : offers), needs_amount };
}

/** Takes over all that needs no amount, some at a time, so that no more than that is in memory. */
async function takeOverAll(ctx: Context, taking: Taking): Promise<{ done: TakenOver; needs_amount: number }> {
  let done: TakenOver = { products: NOTHING, offers: NOTHING };
  let [seen, needs_amount] = [0, 0];
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const listed = await listListed(ctx.store.db, taking.supplier_id, { after: from, limit: AT_ONCE });
    const whole = listed.filter(({ range }) => !range);
    const taken = whole.map((product) => ({ product, amount: null, resell_value: null }));
    const some = await ctx.store.db.transaction((tx) => takeOver(ctx, tx, taken, taking, seen));
    done = { products: inAll(done.products, some.products), offers: inAll(done.offers, some.offers) };
    seen += whole.length;
    needs_amount += listed.length - whole.length;
    after = listed.length < AT_ONCE ? null : (listed.at(-1)?.supplier_reference ?? null);
    if (taking.actor !== null) await noteProgress(ctx.store.db, taking.supplier_id, after === null ? null : seen);
  }
  return { done, needs_amount };
}

const NOTHING: TakenOver['products'] = { rows: 0, created: 0, changed: 0, unchanged: 0, errors: [] };

const inAll = (a: TakenOver['products'], b: TakenOver['products']): TakenOver['products'] => ({
  rows: a.rows + b.rows,
  created: a.created + b.created,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  errors: [...a.errors, ...b.errors].slice(0, MOST_ERRORS),
});

/** Takes over some of what is listed. @param before how many lines are before these */
async function takeOver(
  ctx: Context,
  tx: Query,
  taken: readonly Taken[],
  { supplier_id, distributor_id, actor }: Taking,
  before: number,
): Promise<TakenOver> {
  const rows = await productRows(tx, supplier_id, taken, before);
  const products = await writeProducts(ctx, tx, rows, actor);
  const offering = distributor_id !== undefined && products.errors.length === 0;
  const offers = offering ? await offerRows(tx, distributor_id, rows, taken) : [];
  // Where only looked at, the products are not there: offers of them cannot be checked any further.
  const checked = actor === null ? new Set(await knownProducts(tx, rows)) : null;
  const known = offers.filter(({ body }) => !checked || checked.has(body.product_id));
  const offered = await writeOffers(ctx, tx, known, actor);
  const created = offered.created + offers.length - known.length;
  const unchanged = offering ? rows.length - offers.length : 0;
  return {
    products: { ...products, rows: rows.length },
    offers: { ...offered, created, unchanged, rows: offering ? rows.length : 0 },
  };
}

const knownProducts = async (tx: Query, rows: readonly Row<ProductCreation>[]): Promise<Iterable<string>> =>
  (
    await currenciesOf(
      tx,
      rows.flatMap(({ body }) => body.id ?? []),
    )
  ).keys();

/** Finds what is chosen among what is listed. */
function takenOf(
  listed: readonly SupplierProduct[],
  choices: NonNullable<SupplierImport['choices']>,
): { taken: Taken[]; errors: RowError[] } {
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
async function productRows(
  tx: Query,
  supplier_id: string,
  taken: readonly Taken[],
  before: number,
): Promise<Row<ProductCreation>[]> {
  const references = taken.map(({ product }) => product.supplier_reference);
  const known = await productsByReference(tx, supplier_id, references);
  return taken.map(({ product: { cost: _cost, range, ...product }, amount }, i) => ({
    line: before + i + 1,
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
  const offered = await offeredProducts(
    tx,
    distributor_id,
    rows.flatMap(({ body }) => body.id ?? []),
  );
  return rows.flatMap(({ line, body }, i) => {
    const { id = '', name } = body;
    const from = taken[i];
    if (!from || offered.has(id)) return [];
    const { product, amount } = from;
    const resell_value = from.resell_value ?? roundedUp(product.cost * (amount ?? 1), product.currency);
    return { line, body: { distributor_id, product_id: id, name, resell_value } };
  });
}
