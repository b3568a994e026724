import {
  type CatalogueReading,
  type CatalogueReadingCreation,
  type Refusal,
  refuse,
  wireDate,
} from '@opentopup/contract';
import { askSupplier } from '../../connectors/call.ts';
import type { Connector, Cost, Outcome, SupplierAccess } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import { amountOf } from '../../values/money.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';
import type { CataloguedOffer } from '../catalogue.cache.ts';
import { inCurrency, type KnownRates } from '../exchange.rules.ts';
import type { SupplierOfOffer } from '../offers/offers.query.ts';
import { noteCatalogue } from './note-catalogue.ts';
import { openAccess } from './supplier-access.ts';
import {
  isLacking,
  noteFailedReading,
  noteProgress,
  stageListings,
  takeReading,
  unstageListings,
} from './supplier-catalogue.store.ts';
import { findSupplier } from './suppliers.query.ts';

/** Reads the catalogue of a supplier again, tells the operator what has changed, and stops what must not be sold so. */
export async function readCatalogue(
  ctx: Context,
  supplierId: string,
  { accept_withdrawals = false }: CatalogueReadingCreation,
  actor: string,
): Promise<CatalogueReading | Refusal> {
  const supplier = await findSupplier(ctx.store.db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  const asked = await askCatalogue(ctx, supplier);
  if (!(asked instanceof Date)) return asked;
  const { listed, ...found } = await noteCatalogue(ctx, supplier, asked, {
    actor,
    acceptWithdrawals: accept_withdrawals,
  });
  return { date: wireDate(asked), listed, ...found };
}

/** A page may take so long. */
const PAGE_WITHIN_MS = 60_000;
/** No supplier lists more; one that goes on for ever would fill the disk. */
const MOST_LISTED = 250_000;

/**
 * Asks a supplier for its whole catalogue, page by page, and stages what it lists. Where that lacks what there was before,
 * it is asked once more, and what either list has counts: pages shift while they are read.
 * @returns when that began; or why there is none: a catalogue that cannot be read changes nothing
 */
export async function askCatalogue(ctx: Context, supplier: SupplierOfOffer): Promise<Date | Refusal> {
  const { id } = supplier;
  const { db } = ctx.store;
  const { listProducts } = ctx.connectors.get(supplier.connector) ?? {};
  if (!listProducts) return refuse('not_supported', { supplier_id: id });
  const began_at = ctx.now();
  await takeReading(db, id, 0, began_at);
  const access = openAccess(ctx, supplier);
  const read = async (): Promise<string | null> =>
    access ? stageCatalogue(ctx, listProducts, access, began_at) : 'its secrets do not open';

  let cause = await read();
  if (cause === null && (await isLacking(db, id, began_at))) cause = await read();
  if (cause === null) return began_at;
  await unstageListings(db, id, began_at);
  const isNew = await noteFailedReading(db, id, cause, ctx.now());
  if (isNew) ctx.alert('the catalogue of a supplier cannot be read', { supplier_id: id, cause });
  return refuse('supplier_silent', { supplier_id: id });
}

/** Stages what a supplier lists, so that no more than a page of it is in memory; says why not all of it can be read. */
async function stageCatalogue(
  ctx: Context,
  listProducts: NonNullable<Connector['listProducts']>,
  access: SupplierAccess,
  began_at: Date,
): Promise<string | null> {
  const deadline_ms = Math.max(PAGE_WITHIN_MS, ctx.supplier_deadline_ms);
  const whole = new AbortController();
  const pages = listProducts(access, whole.signal)[Symbol.asyncIterator]();
  try {
    for (let listed = 0; ; ) {
      const page = await askSupplier(() => pages.next(), deadline_ms, ctx.stopping);
      if ('outcome' in page) return page.cause;
      if (page.done) return null;
      listed += page.value.length;
      if (listed > MOST_LISTED) return `its catalogue has more than ${MOST_LISTED} products`;
      await stageListings(ctx.store.db, access.id, began_at, page.value);
      await noteProgress(ctx.store.db, access.id, listed);
    }
  } finally {
    whole.abort();
  }
}

/** Has the catalogue of a supplier read again soon, where a sale says that it has changed. */
export async function doubtCatalogue(
  ctx: Context,
  key: TransactionKey,
  offer: CataloguedOffer,
  outcome: Outcome,
): Promise<void> {
  const { doubts } = ctx;
  const { id } = offer.supplier;
  if (outcome.outcome === 'ko' && outcome.is_catalogue_stale && !doubts.has(id)) doubts.set(id, null);
  if (outcome.outcome !== 'ok' || !outcome.cost || doubts.get(id)) return;
  const { amount: cost, currency } = outcome.cost;
  const resell_value = amountOf(offer.resell_value_minor, offer.product.currency);
  const isListed = offer.cost !== null && currency === offer.cost_currency;
  if (isListed ? cost === offer.cost : await isCovered(ctx, outcome.cost, offer)) return;
  doubts.set(id, {
    supplier_id: id,
    ...key,
    offer_id: offer.id,
    cost,
    currency,
    ...(isListed && offer.cost !== null && { expected_cost: offer.cost }),
    resell_value,
  });
  const { distributor_id, transaction_id } = key;
  ctx.alert('a supplier has charged something else for a sale than its catalogue says', {
    supplier_id: id,
    distributor_id,
    transaction_id,
    offer_id: offer.id,
    cost: `${cost} ${currency}`,
  });
}

/** Tells whether an offer is known to bring what a supplier has charged for it, of which its catalogue says nothing. */
async function isCovered(
  ctx: Context,
  { amount, currency }: Cost,
  { product, ...offer }: CataloguedOffer,
): Promise<boolean> {
  if (offer.cost !== null) return false;
  // The sale is not written yet: nothing that fails here may keep it from being so.
  const rates = await ctx.store.catalogue.rates().catch((): KnownRates => new Map());
  const charged = inCurrency(amount, currency, product.currency, rates, ctx.now());
  return charged !== null && charged <= amountOf(offer.resell_value_minor, product.currency);
}
