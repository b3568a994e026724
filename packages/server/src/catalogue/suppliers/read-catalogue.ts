import {
  type CatalogueReading,
  type CatalogueReadingCreation,
  type Refusal,
  refuse,
  wireDate,
} from '@opentopup/contract';
import { askSupplier, plainText } from '../../connectors/call.ts';
import type { Outcome, SupplierProduct } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import { amountOf } from '../../values/money.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';
import type { CataloguedOffer } from '../catalogue.cache.ts';
import type { SupplierOfOffer } from '../offers/offers.query.ts';
import { type AskedCatalogue, noteCatalogue } from './note-catalogue.ts';
import { openAccess } from './supplier-access.ts';
import { listKnown, noteFailedReading, takeReading } from './supplier-catalogue.store.ts';
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
  if ('reason' in asked) return asked;
  const found = await ctx.store.db.transaction((tx) =>
    noteCatalogue(ctx, tx, supplier, asked, { actor, acceptWithdrawals: accept_withdrawals }),
  );
  return { date: wireDate(asked.began_at), listed: asked.products.size, ...found };
}

/** A catalogue is many answers, one after the other. */
const WHOLE_WITHIN_MS = 60_000;

/**
 * Asks a supplier for its whole catalogue. Where that lacks what there was before, it is asked once more, and what either
 * list has counts: pages shift while they are read.
 * @returns why there is none: a catalogue that cannot be read changes nothing
 */
export async function askCatalogue(ctx: Context, supplier: SupplierOfOffer): Promise<AskedCatalogue | Refusal> {
  const { id } = supplier;
  const { listProducts } = ctx.connectors.get(supplier.connector) ?? {};
  if (!listProducts) return refuse('not_supported', { supplier_id: id });
  const began_at = ctx.now();
  await takeReading(ctx.store.db, id, 0, began_at);
  const deadline_ms = Math.max(WHOLE_WITHIN_MS, ctx.supplier_deadline_ms);
  const products = new Map<string, SupplierProduct>();
  const read = async (): Promise<string | null> => {
    const access = openAccess(ctx, supplier);
    if (!access) return 'its secrets do not open';
    const ask = async (signal: AbortSignal): Promise<'read'> => {
      for await (const page of listProducts(access, signal)) {
        signal.throwIfAborted();
        for (const product of page) products.set(product.supplier_reference, plainText(product));
      }
      return 'read';
    };
    const told = await askSupplier(ask, deadline_ms, ctx.stopping);
    return told === 'read' ? null : told.cause;
  };

  let cause = await read();
  if (cause === null) {
    const known = await listKnown(ctx.store.db, id);
    const isLacking = known.some((each) => !each.is_withdrawn && !products.has(each.supplier_reference));
    if (isLacking) cause = await read();
  }
  if (cause === null) return { products, began_at };
  const isNew = await noteFailedReading(ctx.store.db, id, cause, ctx.now());
  if (isNew) ctx.alert('the catalogue of a supplier cannot be read', { supplier_id: id, cause });
  return refuse('supplier_silent', { supplier_id: id });
}

/** Has the catalogue of a supplier read again soon, where a sale says that it has changed. */
export function doubtCatalogue(ctx: Context, key: TransactionKey, offer: CataloguedOffer, outcome: Outcome): void {
  const { doubts } = ctx;
  const { id } = offer.supplier;
  if (outcome.outcome === 'ko' && outcome.is_catalogue_stale && !doubts.has(id)) doubts.set(id, null);
  if (outcome.outcome !== 'ok' || !outcome.cost || doubts.get(id)) return;
  const { amount: cost, currency } = outcome.cost;
  const resell_value = amountOf(offer.resell_value_minor, offer.product.currency);
  const isExpected = offer.cost === null ? cost <= resell_value : cost === offer.cost;
  if (isExpected && currency === offer.product.currency) return;
  doubts.set(id, {
    supplier_id: id,
    ...key,
    offer_id: offer.id,
    cost,
    currency,
    ...(offer.cost !== null && { expected_cost: offer.cost }),
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
