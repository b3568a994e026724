import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Isolation } from '../connectors/isolation.ts';
import type { Query } from '../database/database.ts';
import type { BatchListener, Store } from '../sales/store.ts';
import { watchBalances, watchCases, watchDatabase, watchSuppliers } from './state-gauges.ts';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500];

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
  /** Requests of clients found no room in the log that these see. */
  onLostRequests: (count: number) => void;
  /** Begins to tell of what the database holds, and of the suppliers. */
  watchState: (db: Query, isolation: Isolation) => void;
}

/** Creates what is fed by whoever is measured. */
function createInstruments(registry: Registry) {
  const registers = [registry];
  return {
    requests: new Histogram({
      name: 'opentopup_http_request_seconds',
      help: 'How long requests took, by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
    refusals: new Counter({
      name: 'opentopup_refusals_total',
      help: 'Requests that were refused, by route and reason',
      labelNames: ['route', 'reason'],
      registers,
    }),
    settled: new Counter({
      name: 'opentopup_transactions_settled_total',
      help: 'Sales that came to their end by what a supplier said, by status and reason',
      labelNames: ['status', 'reason'],
      registers,
    }),
    failovers: new Counter({
      name: 'opentopup_failovers_total',
      help: 'Attempts after which another supplier was tried, by the supplier that has delivered nothing, and its reason',
      labelNames: ['supplier_id', 'reason'],
      registers,
    }),
    outcomes: new Histogram({
      name: 'opentopup_supplier_outcome_seconds',
      help: 'How long suppliers took to say what became of a recharge, by outcome',
      labelNames: ['supplier_id', 'outcome'],
      buckets: SECONDS,
      registers,
    }),
    batchSizes: new Histogram({
      name: 'opentopup_batch_size',
      help: 'Requests that shared a round trip to the database',
      labelNames: ['of'],
      buckets: SIZES,
      registers,
    }),
    waiting: new Gauge({
      name: 'opentopup_store_waiting',
      help: 'Requests that wait for the database, in it or before it',
      labelNames: ['of'],
      registers,
    }),
    alerts: new Counter({
      name: 'opentopup_alerts_total',
      help: 'Times that something happened which a person must look at',
      labelNames: ['alert'],
      registers,
    }),
    lostRequests: new Counter({
      name: 'opentopup_requests_not_logged_total',
      help: 'Requests of clients that are missing in the log that these see: too many at once',
      registers,
    }),
    jobFailures: new Counter({
      name: 'opentopup_job_failures_total',
      help: 'Rounds of background jobs that failed',
      labelNames: ['job'],
      registers,
    }),
  };
}

/** Serves the same, and shows in a gauge how many wait for it. */
function counted<In, Out>(
  waiting: Gauge<'of'>,
  of: string,
  serve: (item: In) => Promise<Out>,
): (item: In) => Promise<Out> {
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

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { requests, refusals, settled, failovers, outcomes, batchSizes, waiting, alerts, jobFailures, lostRequests } =
    createInstruments(registry);

  return {
    registry,
    onBatch: (of, size) => batchSizes.observe({ of }, size),
    onAlert: (alert) => alerts.inc({ alert }),
    onJobFailure: (job) => jobFailures.inc({ job }),
    onLostRequests: (count) => lostRequests.inc(count),
    measureStore(store) {
      const resolve = counted(waiting, 'resolve', store.resolve);
      return {
        ...store,
        hold: counted(waiting, 'hold', store.hold),
        holdGuarded: counted(waiting, 'guarded_hold', store.holdGuarded),
        async resolve(resolution) {
          const result = await resolve(resolution);
          if (result.settled) settled.inc({ status: resolution.status, reason: resolution.reason ?? '' });
          return result;
        },
        async beginAttempt(next) {
          const isBegun = await store.beginAttempt(next);
          if (isBegun && next.after)
            failovers.inc({ supplier_id: next.after.supplier_id, reason: next.after.end.reason });
          return isBegun;
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
      watchBalances(registry, db);
      watchCases(registry, db);
      watchSuppliers(registry, isolation);
    },
  };
}
