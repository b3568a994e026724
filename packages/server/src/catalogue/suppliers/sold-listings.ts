import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { amountOf } from '../../values/money.ts';
import type { KnownRates } from '../exchange.rules.ts';
import type { OfferDetail } from '../offers/offer-details.query.ts';
import { lockOffers } from '../offers/offers.store.ts';
import { listRoutes } from '../offers/route.query.ts';
import { catalogueObstacle, costIn } from '../offers/route.rules.ts';
import type { ListingChange } from './catalogue-change.rules.ts';
import { offersListed } from './supplier-catalogue.store.ts';

/** What sells something that has changed. */
export interface SoldListing {
  product_id: string | undefined;
  /**
   * With how much the line gets, where the product was chosen with an amount. `isOwn`: it is the offer's own product;
   * otherwise one of those of its route.
   */
  offers: { offer: OfferDetail; amount: number | null; isOwn: boolean }[];
}

/** Tells what a change costs a product that was chosen with an amount. */
export function costing(change: ListingChange, amount: number | null): ListingChange {
  if (!change.is_range || amount === null) return change;
  const { before, cost } = change;
  return { ...change, cost: cost * amount, before: before && { ...before, cost: before.cost * amount } };
}

/**
 * Locks the offers that sell the things that have changed until the transaction ends, and returns them by the
 * supplier's names.
 */
export async function lockSold(
  tx: Query,
  supplierId: string,
  changes: readonly ListingChange[],
): Promise<Map<string, SoldListing>> {
  if (changes.length === 0) return new Map();
  const references = changes.map(({ supplier_reference }) => supplier_reference);
  const listed = await offersListed(tx, supplierId, references);
  const locked = await lockOffers(
    tx,
    listed.flatMap(({ offer_id }) => offer_id ?? []),
  );
  const offers = new Map(locked.map((offer) => [offer.id, offer]));
  const sold = new Map<string, SoldListing>();
  for (const { supplier_reference, product_id, amount, offer_id } of listed) {
    const known = sold.get(supplier_reference) ?? { product_id, offers: [] };
    const offer = offer_id === null ? undefined : offers.get(offer_id);
    if (offer) known.offers.push({ offer, amount, isOwn: offer.product_id === product_id });
    sold.set(supplier_reference, known);
  }
  return sold;
}

/**
 * Tells which of some offers are sold, as far as catalogues go: an offer with a route as long as one of its products may
 * deliver it. Gives their ids.
 */
export async function readOnSale(
  ctx: Context,
  tx: Query,
  sold: ReadonlyMap<string, SoldListing>,
  rates: KnownRates,
): Promise<Set<string>> {
  const offers = [...sold.values()].flatMap((each) => each.offers.map(({ offer }) => offer));
  const routed = offers.flatMap(({ distributor_id, route_id }) => (route_id ? [{ distributor_id, route_id }] : []));
  const keys = [...new Map(routed.map((key) => [key.route_id, key])).values()];
  const routes = new Map((keys.length > 0 ? await listRoutes(tx, keys) : []).map((route) => [route.id, route]));
  const isSold = (offer: OfferDetail): boolean => {
    const route = routes.get(offer.route_id ?? '');
    if (!route) return offer.stopped === null;
    const { product_id, currency, resell_value_minor } = offer;
    const of = { product_id, brings: amountOf(resell_value_minor, currency) };
    return route.candidates.some(
      (each) =>
        ctx.connectors.get(each.supplier.connector) !== undefined &&
        catalogueObstacle(of, route, each, costIn(each, currency, rates, ctx.now())) === null,
    );
  };
  return new Set(offers.filter(isSold).map(({ id }) => id));
}
