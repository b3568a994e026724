import type { CatalogueChange, CatalogueReading } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { writeOperatorEvents } from '../../outbox/outbox.store.ts';
import { amountOf } from '../../values/money.ts';
import { findExchangeRates } from '../currencies.query.ts';
import { inCurrency, type KnownRates } from '../exchange.rules.ts';
import { type OfferUpdate, writeOfferChanges } from '../offers/offers.ts';
import {
  type CatalogueRule,
  changeOf,
  type ListingChange,
  stoppedAfter,
  takesWithdrawals,
} from './catalogue-change.rules.ts';
import { costing, lockSold, readOnSale, type SoldListing } from './sold-listings.ts';
import {
  countGone,
  type LastReading,
  listDiffering,
  lockReading,
  noteReading,
  takeListings,
  unstageListings,
  withdrawListings,
} from './supplier-catalogue.store.ts';

type ToldType = CatalogueReading['changes'][number]['type'];

const TYPES: Record<Exclude<ListingChange['kind'], 'noted'>, ToldType> = {
  price_changed: 'supplier.price_changed',
  withdrawn: 'supplier.product_withdrawn',
  added: 'supplier.product_added',
};

/** What was found when a catalogue was compared with what there was. */
type Found = Pick<CatalogueReading, 'listed' | 'missing' | 'changes'>;

/** So much is compared in one step, and no more changes are in an answer; the events tell of all. */
const AT_ONCE = 1_000;

/** A reading, and what it is compared with. */
interface Reading {
  supplier: { id: string; on_catalogue_change: CatalogueRule };
  began_at: Date;
  actor: string;
  isFirst: boolean;
  takes: boolean;
}

/**
 * Compares a staged catalogue with what the supplier listed before, and does what its rule says: some at a time, each in one
 * step with the events that tell of it. A reading that another one has overtaken changes nothing more.
 */
export async function noteCatalogue(
  ctx: Context,
  supplier: Reading['supplier'],
  began_at: Date,
  { actor, acceptWithdrawals = false }: { actor: string; acceptWithdrawals?: boolean },
): Promise<Found> {
  const { id } = supplier;
  const { db } = ctx.store;
  const last = await db.transaction((tx) => lockReading(tx, id));
  const { listed, sold, gone } = await countGone(db, id, began_at);
  const takes = takesWithdrawals({ sold, gone, missing: last.missing }, acceptWithdrawals);
  const reading = { supplier, began_at, actor, isFirst: last.read_at === null, takes };
  const missing = takes ? 0 : gone;
  const changes: CatalogueReading['changes'] = [];
  const tallies = { price_changed: 0, product_withdrawn: 0, product_added: 0, offers_stopped: 0 };
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after;
    const step = await db.transaction((tx) => noteSome(ctx, tx, reading, from));
    // Another one tells what there is now.
    if (step === 'overtaken') return { listed, missing: last.missing, changes };
    after = step.last;
    changes.push(...step.told.slice(0, AT_ONCE - changes.length));
    for (const { type, offers_stopped } of step.told) {
      tallies[TALLIES[type]] += 1;
      tallies.offers_stopped += offers_stopped;
    }
  }
  await db.transaction(async (tx) => {
    if (isOvertaken(await lockReading(tx, id), began_at)) return;
    await noteReading(tx, id, began_at, missing);
    await unstageListings(tx, id, began_at);
  });
  alertOf(ctx, id, { tallies, missing, missingBefore: last.missing });
  return { listed, missing, changes };
}

const isOvertaken = ({ read_at, asked_at }: LastReading, began_at: Date): boolean =>
  (read_at !== null && read_at >= began_at) || (asked_at !== null && asked_at > began_at);

/** Takes over some of what differs, and does what follows; `last` is where to go on from, null at the end. */
async function noteSome(
  ctx: Context,
  tx: Query,
  { supplier, began_at, actor, isFirst, takes }: Reading,
  after: string,
): Promise<{ last: string | null; told: CatalogueReading['changes'] } | 'overtaken'> {
  const { id, on_catalogue_change: rule } = supplier;
  if (isOvertaken(await lockReading(tx, id), began_at)) return 'overtaken';
  const pairs = await listDiffering(tx, id, began_at, after, AT_ONCE);
  const changes = pairs.flatMap((pair) => changeOf(pair, { isFirst, takes }) ?? []);
  const sold = await lockSold(tx, id, changes);
  const at = ctx.now();
  const rates = await findExchangeRates(tx);
  const before = await readOnSale(ctx, tx, sold, rates);

  // Of an offer with a route, this is what becomes of it should it lose that: until then its route decides.
  const updates = changes.flatMap((change): OfferUpdate[] =>
    (sold.get(change.supplier_reference)?.offers ?? []).flatMap(({ offer, amount, isOwn }) => {
      if (!isOwn) return [];
      const { currency, stopped } = offer;
      const now = costing(change, amount);
      const charged = inCurrency(now.cost, now.currency, currency, rates, at);
      const resell_value = amountOf(offer.resell_value_minor, currency);
      return [{ before: offer, fields: { stopped: stoppedAfter(now, rule, { stopped, resell_value, charged }) } }];
    }),
  );
  const named = (isGone: boolean): string[] =>
    changes.filter(({ kind }) => (kind === 'withdrawn') === isGone).map(({ supplier_reference }) => supplier_reference);
  await takeListings(tx, id, began_at, named(false), at);
  await withdrawListings(tx, id, named(true), at);
  await writeOfferChanges(ctx, tx, updates, actor);
  const effect = { before, after: await readOnSale(ctx, tx, await lockSold(tx, id, changes), rates) };
  const told = changes.flatMap((change): CatalogueReading['changes'] => {
    const of = sold.get(change.supplier_reference) ?? { product_id: undefined, offers: [] };
    const type = typeOf(change, of, rates, effect, at);
    return type ? [{ type, ...toldOf(id, change, of, effect) }] : [];
  });
  await writeOperatorEvents(
    tx,
    told.map(({ type, ...data }) => ({ kind: type, subject_id: id, at, data })),
  );
  return { last: pairs.length < AT_ONCE ? null : (pairs.at(-1)?.supplier_reference ?? null), told };
}

/** What a change has done to what is sold. */
interface Effect {
  before: ReadonlySet<string>;
  after: ReadonlySet<string>;
}

/** Tells which event a change is. What is read for the first time is news only where it is sold for less, or not any more. */
function typeOf(
  change: ListingChange,
  { offers }: SoldListing,
  rates: KnownRates,
  { before, after }: Effect,
  at: Date,
): ToldType | null {
  if (change.kind !== 'noted') return TYPES[change.kind];
  const isNews = offers.some(({ offer: { id, currency, route_id, resell_value_minor }, amount, isOwn }) => {
    const { cost, currency: charged } = costing(change, amount);
    const least = inCurrency(cost, charged, currency, rates, at);
    const isLoss = isOwn && route_id === null && least !== null && least > amountOf(resell_value_minor, currency);
    return isLoss || (before.has(id) && !after.has(id));
  });
  return change.before === null && isNews ? 'supplier.price_changed' : null;
}

function toldOf(
  supplier_id: string,
  { supplier_reference, name, currency, cost, before }: ListingChange,
  { product_id, offers }: SoldListing,
  effect: Effect,
): CatalogueChange {
  const ids = [...new Set(offers.map(({ offer }) => offer.id))];
  return {
    supplier_id,
    supplier_reference,
    name,
    currency,
    cost,
    ...(product_id !== undefined && { product_id }),
    ...(before && { cost_before: before.cost }),
    ...(before && before.currency !== currency && { currency_before: before.currency }),
    offers: ids.length,
    offers_stopped: ids.filter((id) => effect.before.has(id) && !effect.after.has(id)).length,
    offers_resumed: ids.filter((id) => !effect.before.has(id) && effect.after.has(id)).length,
  };
}

const TALLIES = {
  'supplier.price_changed': 'price_changed',
  'supplier.product_withdrawn': 'product_withdrawn',
  'supplier.product_added': 'product_added',
} as const;
type Tallies = Record<(typeof TALLIES)[ToldType] | 'offers_stopped', number>;

function alertOf(
  ctx: Context,
  supplier_id: string,
  { tallies, missing, missingBefore }: { tallies: Tallies; missing: number; missingBefore: number },
): void {
  const { price_changed, product_withdrawn, product_added, offers_stopped } = tallies;
  if (price_changed + product_withdrawn + product_added > 0) {
    ctx.alert('the catalogue of a supplier has changed', {
      supplier_id,
      prices_changed: String(price_changed),
      products_withdrawn: String(product_withdrawn),
      products_added: String(product_added),
      offers_stopped: String(offers_stopped),
    });
  }
  if (missing > 0 && missing !== missingBefore) {
    ctx.alert('a supplier lists less than half of what it did; nothing is taken for withdrawn', {
      supplier_id,
      missing: String(missing),
    });
  }
}
