import type { CatalogueChange, CatalogueReading } from '@opentopup/contract';
import type { SupplierProduct } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { writeOperatorEvents } from '../../outbox/outbox.store.ts';
import { amountOf } from '../../values/money.ts';
import type { OfferDetail } from '../offers/offer-details.query.ts';
import { lockOffers } from '../offers/offers.store.ts';
import { type OfferUpdate, writeOfferChanges } from '../offers/offers.ts';
import { type CatalogueRule, compareCatalogue, type ListingChange, stoppedAfter } from './catalogue-change.rules.ts';
import { keepListings, listKnown, lockReading, noteReading, offersListed } from './supplier-catalogue.store.ts';

/** What a supplier lists, by its own names, each once. */
export interface AskedCatalogue {
  products: ReadonlyMap<string, SupplierProduct>;
  began_at: Date;
}

type Found = Pick<CatalogueReading, 'missing' | 'changes'>;
type ToldType = CatalogueReading['changes'][number]['type'];

const TYPES: Record<Exclude<ListingChange['kind'], 'noted'>, ToldType> = {
  price_changed: 'supplier.price_changed',
  withdrawn: 'supplier.product_withdrawn',
  added: 'supplier.product_added',
};

/** What sells something that has changed. */
interface Sold {
  product_id: string | undefined;
  offers: OfferDetail[];
}

/**
 * Compares a catalogue with what the supplier listed before, and does what its rule says, in one step with the events
 * that tell of it. A reading that began before the last one changes nothing.
 */
export async function noteCatalogue(
  ctx: Context,
  tx: Query,
  supplier: { id: string; on_catalogue_change: CatalogueRule },
  { products, began_at }: AskedCatalogue,
  { actor, acceptWithdrawals = false }: { actor: string; acceptWithdrawals?: boolean },
): Promise<Found> {
  const { id, on_catalogue_change: rule } = supplier;
  const last = await lockReading(tx, id);
  if (last.read_at && last.read_at >= began_at) return { missing: last.missing, changes: [] };
  const before = { isFirst: last.read_at === null, missing: last.missing };
  const { changes, missing } = compareCatalogue(await listKnown(tx, id), products, before, acceptWithdrawals);
  const sold = await soldBy(tx, id, changes);

  const updates: OfferUpdate[] = [];
  const told = changes.flatMap((change): CatalogueReading['changes'] => {
    const { product_id, offers } = sold.get(change.supplier_reference) ?? { product_id: undefined, offers: [] };
    const after = offers.map((offer) => {
      const { stopped, currency } = offer;
      const resell_value = amountOf(offer.resell_value_minor, currency);
      return { before: offer, fields: { stopped: stoppedAfter(change, rule, { stopped, currency, resell_value }) } };
    });
    updates.push(...after);
    const type = typeOf(change, offers);
    return type ? [{ type, ...toldOf(id, change, product_id, after) }] : [];
  });

  const at = ctx.now();
  await keepListings(
    tx,
    id,
    changes.map((change) => ({ ...change, is_withdrawn: change.kind === 'withdrawn' })),
    at,
  );
  await noteReading(tx, id, began_at, missing);
  await writeOfferChanges(ctx, tx, updates, actor);
  await writeOperatorEvents(
    tx,
    told.map(({ type, ...data }) => ({ kind: type, subject_id: id, at, data })),
  );
  alertOf(ctx, id, { told, missing, missingBefore: last.missing });
  return { missing, changes: told };
}

/**
 * Locks the offers that sell the things that have changed until the transaction ends, and returns them by the
 * supplier's names.
 */
async function soldBy(tx: Query, supplierId: string, changes: readonly ListingChange[]): Promise<Map<string, Sold>> {
  if (changes.length === 0) return new Map();
  const references = changes.map(({ supplier_reference }) => supplier_reference);
  const listed = await offersListed(tx, supplierId, references);
  const locked = await lockOffers(
    tx,
    listed.flatMap(({ offer_id }) => offer_id ?? []),
  );
  const offers = new Map(locked.map((offer) => [offer.id, offer]));
  const sold = new Map<string, Sold>();
  for (const { supplier_reference, product_id, offer_id } of listed) {
    const known = sold.get(supplier_reference) ?? { product_id, offers: [] };
    const offer = offer_id === null ? undefined : offers.get(offer_id);
    if (offer) known.offers.push(offer);
    sold.set(supplier_reference, known);
  }
  return sold;
}

/** Tells which event a change is. What is read for the first time is news only where it is sold for less. */
function typeOf({ kind, before, cost }: ListingChange, offers: readonly OfferDetail[]): ToldType | null {
  if (kind !== 'noted') return TYPES[kind];
  const isLoss = offers.some((offer) => cost > amountOf(offer.resell_value_minor, offer.currency));
  return before === null && isLoss ? 'supplier.price_changed' : null;
}

function toldOf(
  supplier_id: string,
  { supplier_reference, name, currency, cost, before }: ListingChange,
  product_id: string | undefined,
  updates: readonly OfferUpdate[],
): CatalogueChange {
  return {
    supplier_id,
    supplier_reference,
    name,
    currency,
    cost,
    ...(product_id !== undefined && { product_id }),
    ...(before && { cost_before: before.cost }),
    ...(before && before.currency !== currency && { currency_before: before.currency }),
    offers: updates.length,
    offers_stopped: updates.filter(({ before: was, fields }) => was.stopped === null && fields.stopped).length,
    offers_resumed: updates.filter(({ before: was, fields }) => was.stopped !== null && !fields.stopped).length,
  };
}

function alertOf(
  ctx: Context,
  supplier_id: string,
  { told, missing, missingBefore }: { told: CatalogueReading['changes']; missing: number; missingBefore: number },
): void {
  if (told.length > 0) {
    const count = (type: ToldType): string => String(told.filter((each) => each.type === type).length);
    ctx.alert('the catalogue of a supplier has changed', {
      supplier_id,
      prices_changed: count('supplier.price_changed'),
      products_withdrawn: count('supplier.product_withdrawn'),
      products_added: count('supplier.product_added'),
      offers_stopped: String(told.reduce((sum, { offers_stopped }) => sum + offers_stopped, 0)),
    });
  }
  if (missing > 0 && missing !== missingBefore) {
    ctx.alert('a supplier lists less than half of what it did; nothing is taken for withdrawn', {
      supplier_id,
      missing: String(missing),
    });
  }
}
