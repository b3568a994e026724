import { inCurrency } from '../catalogue/exchange.rules.ts';
import { costObstacle } from '../catalogue/offers/route.rules.ts';
import type { Query } from '../database/database.ts';
import { amountOf } from '../values/money.ts';
import {
  type CostVersion,
  findReplayedOffers,
  findRoutes,
  findSuppliersOf,
  findVersions,
  listPrices,
  listRates,
  type RateVersion,
  type ReplayedOffer,
  type RouteTried,
  type SoldVersion,
  type SupplierOfProduct,
  type TriedRow,
} from './replays.query.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

/** What a product is said to cost, whatever it did. */
export type TriedPrices = ReadonlyMap<string, { cost: number; currency: string }>;

/** A product that may be tried for the orders of an hour. */
export interface RouteChoiceThen {
  product_id: string;
  weight: number;
  /** In the currency of the offer; null where nobody knew it. */
  cost: number | null;
  /** Whether a route would have asked for that cost, before it let the product be tried. */
  isCostNeeded: boolean;
}

/** The last of these that counted at an instant. @param versions the oldest first */
function versionAt<V extends { since: Date }>(versions: readonly V[] | undefined, at: Date): V | undefined {
  return versions?.findLast(({ since }) => since <= at);
}

const grouped = <V>(rows: readonly V[], keyOf: (row: V) => string): Map<string, V[]> => Map.groupBy(rows, keyOf);

/** What was sold in a time, by which routes, and what products cost then. It is read as it is met. */
export class SoldBefore {
  readonly #on: Query;
  readonly #from: Date;
  readonly #before: Date;
  readonly #tried: TriedPrices;
  readonly #versions = new Map<string, SoldVersion>();
  readonly #routes = new Map<string, RouteTried>();
  readonly #prices = new Map<string, CostVersion[]>();
  readonly #rates: ReadonlyMap<string, RateVersion[]>;
  readonly offers = new Map<string, ReplayedOffer>();
  readonly suppliers = new Map<string, SupplierOfProduct>();

  private constructor(on: Query, from: Date, before: Date, tried: TriedPrices, rates: RateVersion[]) {
    this.#on = on;
    // Costs are looked up by the hour.
    this.#from = new Date(Math.floor(from.getTime() / HOUR_MS) * HOUR_MS);
    this.#before = before;
    this.#tried = tried;
    this.#rates = grouped(rates, ({ currency }) => currency);
  }

  static async of(on: Query, from: Date, before: Date, tried: TriedPrices): Promise<SoldBefore> {
    // Older rates count for nothing.
    return new SoldBefore(on, from, before, tried, await listRates(on, new Date(from.getTime() - WEEK_MS), before));
  }

  /** Reads what is not known yet of what these name. */
  async learn(rows: readonly Pick<TriedRow, 'offer_id' | 'offer_version' | 'product_id'>[]): Promise<void> {
    const keys = new Map<string, readonly [string, number]>();
    for (const { offer_id, offer_version } of rows) {
      const key = `${offer_id} ${offer_version}`;
      if (!this.#versions.has(key)) keys.set(key, [offer_id, offer_version]);
    }
    if (keys.size > 0) {
      const versions = await findVersions(this.#on, [...keys.values()]);
      for (const each of versions) this.#versions.set(`${each.offer_id} ${each.version}`, each);
      const routes = new Set(versions.flatMap(({ route_id }) => (route_id === null ? [] : [route_id])));
      for (const route of await findRoutes(this.#on, [...routes])) this.#routes.set(route.id, route);
      const ids = versions.map(({ offer_id }) => offer_id).filter((id) => !this.offers.has(id));
      for (const offer of await findReplayedOffers(this.#on, [...new Set(ids)])) this.offers.set(offer.id, offer);
    }
    const routed = [...this.#routes.values()].flatMap(({ products }) => products.map(({ product_id }) => product_id));
    const own = [...this.offers.values()].map(({ product_id }) => product_id);
    await this.learnProducts([...rows.map(({ product_id }) => product_id), ...routed, ...own]);
  }

  async learnProducts(ids: readonly string[]): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.suppliers.has(id));
    if (unknown.length === 0) return;
    for (const each of await findSuppliersOf(this.#on, unknown)) this.suppliers.set(each.product_id, each);
    const prices = await listPrices(this.#on, unknown, this.#from, this.#before);
    for (const [id, each] of grouped(prices, ({ product_id }) => product_id)) this.#prices.set(id, each);
  }

  offer(id: string): ReplayedOffer {
    const offer = this.offers.get(id);
    if (!offer) throw new Error('a transaction names an offer that does not exist');
    return offer;
  }

  /** The route of a version of an offer; null: its own product alone. */
  route(offerId: string, version: number): RouteTried | null {
    const id = this.#versions.get(`${offerId} ${version}`)?.route_id ?? null;
    return id === null ? null : (this.#routes.get(id) ?? null);
  }

  /** Gives an amount in another currency, as it was worth at an instant; null where that was not known. */
  converted(amount: number, from: string, to: string, at: Date): number | null {
    const get = (currency: string) => {
      const rate = versionAt(this.#rates.get(currency), at);
      return rate && { euros: rate.euros, changed_at: rate.since };
    };
    return inCurrency(amount, from, to, { get }, at);
  }

  /** What a product is tried to cost; undefined where that is what it did. */
  triedCost(productId: string, currency: string, at: Date): number | null | undefined {
    const tried = this.#tried.get(productId);
    return tried && this.converted(tried.cost, tried.currency, currency, at);
  }

  /**
   * Lists what a route might have tried at an instant, what comes first first; those it would have passed over for their costs
   * are left out.
   */
  choices(route: RouteTried | null, offerId: string, version: number, at: Date): RouteChoiceThen[] {
    const { currency, product_id: own } = this.offer(offerId);
    const brings = amountOf(this.#versions.get(`${offerId} ${version}`)?.resell_value_minor ?? 0, currency);
    const costOf = (id: string): number | null | 'not_sold' => {
      const tried = this.triedCost(id, currency, at);
      if (tried !== undefined) return tried;
      const price = versionAt(this.#prices.get(id), at);
      if (price?.cost === null) return 'not_sold';
      return price ? this.converted(price.cost, price.currency, currency, at) : null;
    };
    if (!route) {
      const cost = costOf(own);
      return [{ product_id: own, weight: 1, cost: cost === 'not_sold' ? null : cost, isCostNeeded: false }];
    }
    const choices = route.products.flatMap(({ product_id, weight }): RouteChoiceThen[] => {
      const cost = costOf(product_id);
      if (cost === 'not_sold' || costObstacle(cost, brings, route.sell_below_cost) === 'below_cost') return [];
      return [{ product_id, weight, cost, isCostNeeded: !route.sell_below_cost }];
    });
    if (route.strategy !== 'cheapest') return choices;
    return choices.toSorted((a, b) => (a.cost ?? Infinity) - (b.cost ?? Infinity) || 0);
  }
}
