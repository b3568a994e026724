import type { Query } from '../database/database.ts';
import { type DistributorRow, findDistributor } from '../distributors/distributors.query.ts';
import { findOffer, type OfferRow } from './offers/offers.query.ts';

/** An offer without its stock: what changes rarely. */
export type CataloguedOffer = Omit<OfferRow, 'available' | 'bucket_updated_at'>;

/**
 * What a sale has to know of the catalogue, from memory. Nothing rests on that being up to date: a hold names the
 * version it was checked by, and one that is not the database's any more is refused as stale.
 */
export interface Catalogue {
  version: () => Promise<number>;
  distributor: (id: string) => Promise<DistributorRow | null>;
  offer: (distributorId: string, offerId: string) => Promise<CataloguedOffer | null>;
  /** Forgets everything where the database has moved on. @returns true where it has */
  renew: () => Promise<boolean>;
}

/** Most entries of a kind that are kept. */
const MOST = 20_000;

/** Answers from memory what was asked before; the oldest is forgotten first, and a failure at once. */
function remembered<T>(load: (key: string) => Promise<T>): { get: (key: string) => Promise<T>; clear: () => void } {
  const known = new Map<string, Promise<T>>();
  return {
    get(key) {
      const there = known.get(key);
      if (there) return there;
      const [oldest] = known.keys();
      if (known.size >= MOST && oldest !== undefined) known.delete(oldest);
      const loading = load(key);
      known.set(key, loading);
      loading.catch(() => known.delete(key));
      return loading;
    },
    clear: () => known.clear(),
  };
}

export function createCatalogue(db: Query): Catalogue {
  const readVersion = async (): Promise<number> => {
    const [row] = await db.query<{ version: number }>('SELECT version FROM catalogue_version');
    return row?.version ?? 0;
  };
  const versions = remembered(readVersion);
  const distributors = remembered((id) => findDistributor(db, id));
  const offers = remembered((key) => {
    const [distributorId = '', offerId = ''] = key.split(' ');
    return findOffer(db, distributorId, offerId);
  });
  // The version is read before anything else, so that what is read later is at least as new.
  const version = (): Promise<number> => versions.get('version');

  return {
    version,
    distributor: async (id) => {
      await version();
      return distributors.get(id);
    },
    offer: async (distributorId, offerId) => {
      await version();
      return offers.get(`${distributorId} ${offerId}`);
    },
    renew: async () => {
      const [known, now] = await Promise.all([version(), readVersion()]);
      if (known === now) return false;
      for (const each of [versions, distributors, offers]) each.clear();
      return true;
    },
  };
}
