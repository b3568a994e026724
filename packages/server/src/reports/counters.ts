import { isUuid, type Reason } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { SupplierCall } from '../context.ts';
import type { Query } from '../database/database.ts';
import { dateOf } from '../database/ids.ts';
import type { Store } from '../sales/store.ts';
import { type Answers, addAnswers, addRefusals, type Counted, type Refusals } from './counters.store.ts';
import { boundOf, UNANSWERED } from './latency.rules.ts';

const HOUR_MS = 3_600_000;
/** Of orders that were sold, or whose unit may be held: those that come again, and those that an outage has cut off. */
const NOT_SURELY_REFUSED: ReadonlySet<string> = new Set<Reason>([
  'idempotency_conflict',
  'idempotency_in_progress',
  'service_unavailable',
  'internal_error',
]);

/**
 * What the overview tells beyond the ledger: counted in memory, and written down every few seconds. Sales do not wait for
 * it, and a process that is killed takes its last few seconds with it.
 */
export interface Statistics {
  /** The same store, with the reasons counted for which it gives units back. */
  watchStore: (store: Store) => Store;
  /** Counts the orders that took no unit, of a server. */
  watchRequests: (app: FastifyInstance) => void;
  /** A supplier was called. */
  onCall: (call: SupplierCall) => void;
  /** Writes down what was counted since the last time. */
  write: () => Promise<void>;
}

const hourOf = (date: Date): string => new Date(Math.floor(date.getTime() / HOUR_MS) * HOUR_MS).toISOString();

/** Counts how many there were of each kind. */
function createCounter<Kind extends object>(keep: (counts: Counted<Kind>[]) => Promise<void>) {
  let counts = new Map<string, number>();
  const add = (kind: string, count: number): void => void counts.set(kind, (counts.get(kind) ?? 0) + count);
  return {
    add: (kind: Kind): void => add(JSON.stringify(kind), 1),
    /** Writes down what was counted and starts from zero; what could not be written is counted again. */
    async write(): Promise<void> {
      if (counts.size === 0) return;
      const taken = counts;
      counts = new Map();
      try {
        await keep([...taken].map(([kind, count]) => ({ ...(JSON.parse(kind) as Kind), count })));
      } catch (error) {
        for (const [kind, count] of taken) add(kind, count);
        throw error;
      }
    },
  };
}

/**
 * Creates the counters of a process.
 * @param now the clock
 */
export function createStatistics(db: Query, now: () => Date): Statistics {
  const refusals = createCounter<Refusals>((counts) => addRefusals(db, counts));
  const answers = createCounter<Answers>((counts) => addAnswers(db, counts));
  let catalogue: Store['catalogue'] | null = null;

  /** The offer that an order names, where it is its distributor's. */
  async function offerOf(distributor_id: string, body: unknown): Promise<string | null> {
    const named = (body as { offer_id?: unknown } | null | undefined)?.offer_id;
    if (!isUuid(named)) return null;
    const offer = await catalogue?.offer(distributor_id, named.toLowerCase()).catch(() => null);
    return offer?.id ?? null;
  }

  return {
    watchStore(store) {
      ({ catalogue } = store);
      return {
        ...store,
        async resolve(resolution) {
          const result = await store.resolve(resolution);
          const { distributor_id, transaction_id, reason } = resolution;
          if (result.settled && reason !== null) {
            const hour = hourOf(dateOf(transaction_id));
            refusals.add({ distributor_id, hour, reason, took_unit: true, offer_id: null });
          }
          return result;
        },
      };
    },
    watchRequests(app) {
      const count = async (distributor_id: string, reason: string, body: unknown): Promise<void> => {
        const offer_id = await offerOf(distributor_id, body);
        refusals.add({ distributor_id, hour: hourOf(now()), reason, took_unit: false, offer_id });
      };
      app.addHook('onResponse', (request, _reply, done) => {
        const { refusedBecause: reason, transactionId, caller } = request;
        const isRefused = reason !== null && !NOT_SURELY_REFUSED.has(reason) && transactionId === null;
        const isOrder = isRefused && request.routeOptions.config.operation === 'createTransaction';
        if (isOrder && caller?.distributor) void count(caller.distributor.id, reason, request.body);
        done();
      });
    },
    onCall({ distributor_id, supplier_id, took_ms }) {
      const up_to_ms = took_ms === null ? UNANSWERED : boundOf(took_ms);
      answers.add({ distributor_id, hour: hourOf(now()), supplier_id, up_to_ms });
    },
    async write() {
      await refusals.write();
      await answers.write();
    },
  };
}
