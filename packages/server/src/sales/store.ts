import { type Catalogue, createCatalogue } from '../catalogue/catalogue.cache.ts';
import { type AvailableRow, type OfferKey, readAvailable } from '../catalogue/offers/offers.query.ts';
import { type BatchOptions, batched, batchedApart } from '../database/batch.ts';
import type { Db } from '../database/database.ts';
import { beginAttempt, type NextAttempt } from '../routing/attempts.store.ts';
import { type GuardedRequest, type GuardedResult, holdGuarded } from './guards.store.ts';
import { HOLD_WITHIN_MS, type HoldRequest, type HoldResult, holdUnits } from './hold.store.ts';
import { type Resolution, type ResolveResult, resolveTransactions } from './resolve.store.ts';
import { readTransactions } from './transactions/read-transactions.ts';
import type { TransactionId, TransactionRow } from './transactions/transactions.query.ts';

/** What sales need of the database. All but guarded orders share their round trips with other requests. */
export interface Store {
  readonly db: Db;
  readonly catalogue: Catalogue;
  hold: (request: HoldRequest) => Promise<HoldResult>;
  holdGuarded: (guarded: GuardedRequest) => Promise<GuardedResult>;
  resolve: (resolution: Resolution) => Promise<ResolveResult>;
  /** One transaction of a distributor; null when it has no such transaction. */
  transaction: (id: TransactionId) => Promise<TransactionRow | null>;
  /** Units in stock of an offer; null where there is no such offer. */
  available: (offer: OfferKey) => Promise<AvailableRow | null>;
  /** Writes an attempt before it is sent; false where it must not be. */
  beginAttempt: (next: NextAttempt) => Promise<boolean>;
}

/** Told how many requests share a round trip. */
export type BatchListener = (of: 'hold' | 'guarded_hold' | 'resolve', size: number) => void;

/** Group commit over a migrated database. */
export function createStore(db: Db, onBatch: BatchListener = () => {}): Store {
  const counted =
    <In, Out>(of: Parameters<BatchListener>[0], run: (items: In[]) => Promise<Out[]>) =>
    (items: In[]): Promise<Out[]> => {
      onBatch(of, items.length);
      return run(items);
    };
  // The embedded database has one connection: a second round trip would only wait inside it. In a distributed one each
  // distributor has its own.
  const limits = {
    maxSize: 500,
    maxInFlight: db.engine === 'pglite' || db.isDistributed ? 1 : 2,
    leastBeside: 64,
    worthwhile: 16,
    gather_ms: 6,
    maxQueued: 2_500,
    maxWait_ms: HOLD_WITHIN_MS,
  };
  const catalogue = createCatalogue(db);
  // Each round trip goes to one shard.
  const shared = <In extends { distributor_id: string }, Out>(options: BatchOptions<In, Out>) =>
    db.isDistributed ? batchedApart((item: In) => item.distributor_id, options) : batched(options);
  // Nothing is flushed for a read, so waiting for company saves less.
  const reading = { ...limits, leastBeside: 16, worthwhile: 8, gather_ms: 2 };
  return {
    db,
    catalogue,
    beginAttempt: (next) => beginAttempt(db, next),
    transaction: shared<TransactionId, TransactionRow | null>({
      ...reading,
      async run(ids) {
        const found = await readTransactions({ db, catalogue }, ids);
        const byId = new Map(found.map((each) => [each.id, each]));
        return ids.map(({ distributor_id, id }) => {
          const transaction = byId.get(id);
          return transaction?.distributor_id === distributor_id ? transaction : null;
        });
      },
    }),
    available: shared<OfferKey, AvailableRow | null>({ ...reading, run: (keys) => readAvailable(db.reads, keys) }),
    hold: shared<HoldRequest, HoldResult>({
      ...limits,
      run: counted('hold', (requests) => holdUnits(db.batches, requests)),
    }),
    holdGuarded: batched<GuardedRequest, GuardedResult>({
      ...limits,
      // Each waits for others on a connection of its own: they must leave some for everything else.
      maxSize: 1,
      maxInFlight: db.engine === 'pglite' ? 1 : 4,
      leastBeside: 1,
      worthwhile: 1,
      run: counted('guarded_hold', (requests) => Promise.all(requests.map((each) => holdGuarded(db, each)))),
    }),
    resolve: shared<Resolution, ResolveResult>({
      ...limits,
      // A transaction that is waiting to be settled must always find a place: its unit is held.
      maxQueued: Number.POSITIVE_INFINITY,
      maxWait_ms: Number.POSITIVE_INFINITY,
      run: counted('resolve', (resolutions) => resolveTransactions(db.batches, resolutions)),
    }),
  };
}
