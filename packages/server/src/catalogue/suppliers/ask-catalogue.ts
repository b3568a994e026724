import { type Refusal, refuse } from '@opentopup/contract';
import { askSupplier } from '../../connectors/call.ts';
import type { SupplierProduct } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import type { SupplierOfOffer } from '../offers/offers.query.ts';
import { openAccess } from './supplier-access.ts';
import { listKnown, noteFailedReading, takeReading } from './supplier-catalogue.store.ts';

/** A catalogue is many answers, one after the other. */
const WHOLE_WITHIN_MS = 60_000;

/** What a supplier lists, by its own names, each once. */
export interface AskedCatalogue {
  products: ReadonlyMap<string, SupplierProduct>;
  began_at: Date;
}

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
    const told = await askSupplier((signal) => listProducts(access, signal), deadline_ms, ctx.stopping);
    if (!Array.isArray(told)) return told.cause;
    for (const product of told) products.set(product.supplier_reference, product);
    return null;
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
