import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Isolation } from '../connectors/isolation.ts';
import type { Query } from '../database/database.ts';
import type { BatchListener, Store } from '../sales/store.ts';
import { type BucketLevel, type Gauges, readGauges, readLeastStocks } from './gauges.query.ts';

/** The stocks with the fewest units are told one by one; of the others only the sums, lest there be too many series. */
const STOCKS_TOLD = 1_000;
/** So long what was read of the database is told again, whoever asks. */
const FRESH_FOR_MS = 5_000;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500];
/** Of gauges that each process reads of the same database, one stands for all. */
const SHARED = { aggregator: 'first' as const };

/** What is measured, and where it is looked at. No other module knows of it. */
export interface Metrics {
  registry: Registry;
  onBatch: BatchListener;
  /** The same store, counted. */
  measureStore: (store: Store) => Store;
  /** The same isolation, timed. */
  measureIsolation: (isolation: Isolation) => Isolation;
  /** Counts and times the requests of a server. */
  watchRequests: (app: FastifyInstance) => void;
  /** Something happened that a person must look at. */
  onAlert: (message: string) => void;
  onJobFailure: (job: string) => void;
  /** Begins to tell of what the database holds, and of the suppliers. */
  watchState: (db: Query, isolation: Isolation) => void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'opentopup_http_request_seconds',
    help: 'How long requests took, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: 'opentopup_refusals_total',
    help: 'Requests that were refused, by route and reason',
    labelNames: ['route', 'reason'],
    registers,
  });
  const settled = new Counter({
    name: 'opentopup_transactions_settled_total',
    help: 'Sales that came to their end by what a supplier said, by status and reason',
    labelNames: ['status', 'reason'],
    registers,
  });
  const outcomes = new Histogram({
    name: 'opentopup_supplier_outcome_seconds',
    help: 'How long suppliers took to say what became of a recharge, by outcome',
    labelNames: ['supplier_id', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const batchSizes = new Histogram({
    name: 'opentopup_batch_size',
    help: 'Requests that shared a round trip to the database',
    labelNames: ['of'],
    buckets: SIZES,
    registers,
  });
  const waiting = new Gauge({
    name: 'opentopup_store_waiting',
    help: 'Requests that wait for the database, in it or before it',
    labelNames: ['of'],
    registers,
  });
  const alerts = new Counter({
    name: 'opentopup_alerts_total',
    help: 'Times that something happened which a person must look at',
    labelNames: ['alert'],
    registers,
  });
  const jobFailures = new Counter({
    name: 'opentopup_job_failures_total',
    help: 'Rounds of background jobs that failed',
    labelNames: ['job'],
    registers,
  });

  function counted<In, Out>(of: string, serve: (item: In) => Promise<Out>): (item: In) => Promise<Out> {
    const gauge = waiting.labels(of);
    gauge.set(0);
    return async (item) => {
      gauge.inc();
      try {
        return await serve(item);
      } finally {
        gauge.dec();
      }
    };
  }

  return {
    registry,
    onBatch: (of, size) => batchSizes.observe({ of }, size),
    onAlert: (alert) => alerts.inc({ alert }),
    onJobFailure: (job) => jobFailures.inc({ job }),
    measureStore(store) {
      const resolve = counted('resolve', store.resolve);
      return {
        ...store,
        hold: counted('hold', store.hold),
        holdGuarded: counted('guarded_hold', store.holdGuarded),
        async resolve(resolution) {
          const result = await resolve(resolution);
          if (result.settled) settled.inc({ status: resolution.status, reason: resolution.reason ?? '' });
          return result;
        },
      };
    },
    measureIsolation(isolation) {
      return {
        ...isolation,
        async run(supplier_id, maxConcurrent, call) {
          const began = performance.now();
          const outcome = await isolation.run(supplier_id, maxConcurrent, call);
          outcomes.observe({ supplier_id, outcome: outcome.outcome }, (performance.now() - began) / 1_000);
          return outcome;
        },
      };
    },
    watchRequests(app) {
      app.addHook('onResponse', (request, reply, done) => {
        const route = request.routeOptions.url ?? 'none';
        const { method, refusedBecause: reason } = request;
        requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
        if (reason) refusals.inc({ route, reason });
        done();
      });
    },
    watchState: (db, isolation) => {
      watchDatabase(registry, db);
      watchSuppliers(registry, isolation);
    },
  };
}

/** Shows what the database holds, read when it is asked for. A database that does not answer is told as such. */
function watchDatabase(registry: Registry, db: Query): void {
  let read: Promise<{ gauges: Gauges; stocks: BucketLevel[] } | null> | null = null;
  const state = (): NonNullable<typeof read> => {
    if (!read) {
      read = Promise.all([readGauges(db), readLeastStocks(db, STOCKS_TOLD)]).then(
        ([gauges, stocks]) => ({ gauges, stocks }),
        () => null,
      );
      setTimeout(() => (read = null), FRESH_FOR_MS).unref();
    }
    return read;
  };
  type State = NonNullable<Awaited<ReturnType<typeof state>>>;

  const gauge = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    tell: (told: State) => [Record<Label, string>, number][],
  ): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers: [],
        ...SHARED,
        async collect() {
          const told = await state();
          this.reset();
          for (const [labels, value] of told ? tell(told) : []) this.set(labels, value);
        },
      }),
    );
  };
  const each = <Label extends string>(
    label: Label,
    values: Record<string, number>,
  ): [Record<Label, string>, number][] =>
    Object.entries(values).map(([name, value]) => [{ [label]: name } as Record<Label, string>, value]);

  gauge('opentopup_stock_units', 'Units of all stocks, by where they are', ['state'], ({ gauges }) =>
    each('state', gauges.stock),
  );
  gauge('opentopup_stocks', 'Stocks that were told to be low or depleted', ['level'], ({ gauges }) =>
    each('level', gauges.levels),
  );
  gauge('opentopup_queue_depth', 'What waits for background jobs, or for a person to decide', ['queue'], ({ gauges }) =>
    each('queue', gauges.waiting),
  );
  gauge(
    'opentopup_bucket_available_units',
    `Units left of an offer; of the ${STOCKS_TOLD} offers with the fewest`,
    ['distributor_id', 'offer_id'],
    ({ stocks }) => stocks.map(({ available, ...labels }) => [labels, available]),
  );
  registry.registerMetric(
    new Gauge({
      name: 'opentopup_database_up',
      help: '1 while the database answers',
      registers: [],
      aggregator: 'min',
      async collect() {
        this.set((await state()) ? 1 : 0);
      },
    }),
  );
}

function watchSuppliers(registry: Registry, isolation: Isolation): void {
  registry.registerMetric(
    new Gauge({
      name: 'opentopup_supplier_circuit_open',
      help: '1 while a supplier is taken for down, 0.5 while it is tried again, 0 while it is called',
      labelNames: ['supplier_id'],
      registers: [],
      aggregator: 'max',
      collect() {
        const OPEN = { closed: 0, half_open: 0.5, open: 1 };
        for (const { supplier_id, circuit } of isolation.health()) this.set({ supplier_id }, OPEN[circuit]);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'opentopup_supplier_open_calls',
      help: 'Calls of a supplier that are under way',
      labelNames: ['supplier_id'],
      registers: [],
      collect() {
        for (const { supplier_id, open_calls } of isolation.health()) this.set({ supplier_id }, open_calls);
      },
    }),
  );
}
