import type { Page } from '@opentopup/contract';
import { batched } from '../database/batch.ts';
import type { Db, Query } from '../database/database.ts';
import { type DistributorRow, findDistributor } from '../distributors/distributors.query.ts';
import { type ExchangeRateRow, findExchangeRates } from './currencies.query.ts';
import { findOffer, findSoldOffer, listOffers, type OfferRow, type SoldOffer } from './offers/offers.query.ts';
import { findRoute, type RouteRow } from './offers/route.query.ts';
import { findBalances, type LastBalance } from './suppliers/suppliers.query.ts';

/** An offer without its stock: what changes rarely. */
export type KnownOffer = Omit<OfferRow, 'available' | 'bucket_updated_at'>;

/** The same as a sale needs it. */
export interface CataloguedOffer extends KnownOffer {
  /** The products that may deliver it; null: its own alone. */
  route: RouteRow | null;
}

/**
 * What has to be known of the catalogue, from memory. Nothing rests on that being up to date: a hold names the version it
 * was checked by, and one that is not the database's any more is refused as stale; and what is read of the database tells
 * its version too.
 */
export interface Catalogue {
  version: () => Promise<number>;
  distributor: (id: string) => Promise<DistributorRow | null>;
  offer: (distributorId: string, offerId: string) => Promise<CataloguedOffer | null>;
  /** A page of a distributor's offers, in the order they were made. */
  offers: (distributorId: string, page: Page) => Promise<readonly KnownOffer[]>;
  /** What a transaction of this version of an offer has sold, by which product; null: by the offer's own. */
  sold: (distributorId: string, offerId: string, version: number, productId: string | null) => Promise<SoldOffer>;
  /** The rates by which what suppliers charge is compared, by currency; at most a minute old. */
  rates: () => Promise<ReadonlyMap<string, ExchangeRateRow>>;
  /** The money that lies at suppliers, by their ids; at most some seconds older than what was read last. */
  balances: () => Promise<ReadonlyMap<string, LastBalance>>;
  /** Forgets everything where the database has moved on. @returns true where it has */
  renew: () => Promise<boolean>;
  /** The same, by a version that was just read of the database. */
  catchUp: (seen: number) => Promise<boolean>;
}

/** Most entries of a kind that are kept; an entry may be a page. */
const MOST = 20_000;
const MOST_PAGES = 200;
const RATES_KEPT_MS = 60_000;
const BALANCES_KEPT_MS = 5_000;

/** Answers from memory what was asked before; the oldest is forgotten first, and a failure at once. */
function remembered<T>(
  load: (...key: string[]) => Promise<T>,
  most = MOST,
): { get: (...key: string[]) => Promise<T>; clear: () => void } {
  const known = new Map<string, Promise<T>>();
  return {
    get(...parts) {
      const key = parts.length === 1 ? (parts[0] as string) : parts.join(' ');
      const there = known.get(key);
      if (there) return there;
      const [oldest] = known.keys();
      if (known.size >= most && oldest !== undefined) known.delete(oldest);
      const loading = load(...parts);
      known.set(key, loading);
      loading.catch(() => known.delete(key));
      return loading;
    },
    clear: () => known.clear(),
  };
}

/** Answers from memory for a time, with what comes from outside: no version tells of it. */
function rememberedFor<T>(kept_ms: number, load: () => Promise<T>): () => Promise<T> {
  let until = 0;
  const known = remembered(load);
  return () => {
    if (performance.now() >= until) {
      known.clear();
      until = performance.now() + kept_ms;
    }
    return known.get('all');
  };
}

export function createCatalogue(db: Pick<Db, 'reads' | keyof Query>): Catalogue {
  /** Many who ask at once share a look, which begins after they have asked. */
  const readVersion = batched<null, number>({
    maxSize: Number.POSITIVE_INFINITY,
    maxInFlight: 1,
    leastBeside: 1,
    worthwhile: 1,
    gather_ms: 0,
    maxQueued: Number.POSITIVE_INFINITY,
    maxWait_ms: Number.POSITIVE_INFINITY,
    run: async (asked) => {
      const [row] = await db.reads.query<{ version: number }>('SELECT version FROM catalogue_version');
      return asked.map(() => row?.version ?? 0);
    },
  });
  const versions = remembered(() => readVersion(null));
  const distributors = remembered((id = '') => findDistributor(db, id));
  const offers = remembered(async (distributorId = '', offerId = ''): Promise<CataloguedOffer | null> => {
    const offer = await findOffer(db, distributorId, offerId);
    if (!offer) return null;
    return { ...offer, route: offer.route_id === null ? null : await findRoute(db, distributorId, offer.route_id) };
  });
  const pages = remembered(
    (distributorId = '', offset, limit) =>
      listOffers(db, distributorId, { offset: Number(offset), limit: Number(limit) }),
    MOST_PAGES,
  );
  const soldOffers = remembered((distributorId = '', offerId = '', version, productId = '') =>
    findSoldOffer(db, distributorId, offerId, Number(version), productId || null),
  );
  // The version is read before anything else, so that what is read later is at least as new.
  const version = (): Promise<number> => versions.get('version');
  const forget = (): void => {
    for (const each of [versions, distributors, offers, pages, soldOffers]) each.clear();
  };

  return {
    version,
    distributor: async (id) => {
      await version();
      return distributors.get(id);
    },
    offer: async (distributorId, offerId) => {
      await version();
      return offers.get(distributorId, offerId);
    },
    offers: async (distributorId, { offset, limit }) => {
      await version();
      return pages.get(distributorId, String(offset), String(limit));
    },
    sold: async (distributorId, offerId, of, productId) => {
      await version();
      return soldOffers.get(distributorId, offerId, String(of), productId ?? '');
    },
    rates: rememberedFor(RATES_KEPT_MS, () => findExchangeRates(db)),
    balances: rememberedFor(BALANCES_KEPT_MS, () => findBalances(db)),
    renew: async () => {
      const [known, now] = await Promise.all([version(), readVersion(null)]);
      if (known === now) return false;
      forget();
      return true;
    },
    catchUp: async (seen) => {
      if ((await version()) >= seen) return false;
      forget();
      return true;
    },
  };
}
