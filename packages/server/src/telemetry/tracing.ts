import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Isolation } from '../connectors/isolation.ts';
import type { Store } from '../sales/store.ts';
import { type Courier, transactionOf } from '../webhooks/send-event.ts';

/** Traces of requests and of what they wait for. No other module knows of it. */
export interface Tracing {
  /** The same store; what is held and settled becomes spans. */
  traceStore: (store: Store) => Store;
  /** The same isolation; calls of suppliers become spans. */
  traceIsolation: (isolation: Isolation) => Isolation;
  /** The same courier; what it sends becomes spans, each with a link to the request of its transaction. */
  traceCourier: (courier: Courier) => Courier;
  /** Makes a span of each request, below that of the caller where it names one (`traceparent`). */
  watchRequests: (app: FastifyInstance) => void;
  /** Sends what is still to be sent. */
  stop: () => Promise<void>;
}

export interface TracingOptions {
  /** Where OTLP is taken over HTTP; `/v1/traces` is added. */
  endpoint: string;
  /** Share of the traces that are kept, where the caller does not decide. */
  share: number;
  serviceName: string;
  version: string;
}

/** How many transactions' requests are remembered, for what this process tells of them soon after. */
const REMEMBERED = 10_000;

/** Gives the caller's span (W3C Trace Context); none where the header is not one. */
function parentOf({ headers: { traceparent } }: FastifyRequest): Context {
  const [, traceId, spanId, flags] =
    /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/.exec(String(traceparent)) ?? [];
  if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
  const traceFlags = Number.parseInt(flags, 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

/** Makes what samples spans and sends them. */
function createProvider({ endpoint, share, serviceName, version }: TracingOptions): TracerProvider {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  return new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}

/** Does something as a span below the current one. Attributes are ids and words, never numbers of customers. */
type InSpan = <T>(
  name: string,
  attributes: Record<string, string>,
  work: () => Promise<T>,
  resultOf: (result: T) => string,
  options?: SpanOptions,
) => Promise<T>;

const createInSpan =
  (tracer: Tracer): InSpan =>
  (name, attributes, work, resultOf, options = {}) =>
    tracer.startActiveSpan(name, { ...options, attributes }, async (span) => {
      try {
        const result = await work();
        span.setAttribute('opentopup.result', resultOf(result));
        return result;
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'failed' });
        throw error;
      } finally {
        span.end();
      }
    });

const idOf = (transaction_id: string): Record<string, string> => ({ 'opentopup.transaction_id': transaction_id });

/** The spans of the requests that made transactions, by the ids of these. */
interface RequestSpans {
  /** Keeps the current span as that of the request of a transaction, where it is one that is sampled. */
  remember: (transaction_id: string) => void;
  of: (transaction_id: string | null) => SpanContext | undefined;
}

function createRequestSpans(): RequestSpans {
  const requests = new Map<string, SpanContext>();
  return {
    remember(transaction_id) {
      const request = trace.getActiveSpan()?.spanContext();
      if (!request || !(request.traceFlags & TraceFlags.SAMPLED)) return;
      requests.set(transaction_id, request);
      const [oldest] = requests.keys();
      if (requests.size > REMEMBERED && oldest !== undefined) requests.delete(oldest);
    },
    of: (transaction_id) => requests.get(transaction_id ?? ''),
  };
}

function traceStore(store: Store, inSpan: InSpan, requests: RequestSpans): Store {
  const held = <T extends { result: string }>(transaction_id: string, hold: () => Promise<T>): Promise<T> => {
    requests.remember(transaction_id);
    return inSpan('hold', idOf(transaction_id), hold, ({ result }) => result);
  };
  return {
    ...store,
    hold: (request) => held(request.id, () => store.hold(request)),
    holdGuarded: (guarded) => held(guarded.request.id, () => store.holdGuarded(guarded)),
    resolve: (resolution) =>
      inSpan(
        'resolve',
        idOf(resolution.transaction_id),
        () => store.resolve(resolution),
        ({ final }) => String(final?.status),
      ),
  };
}

const traceIsolation = (isolation: Isolation, inSpan: InSpan): Isolation => ({
  ...isolation,
  run: (supplier_id, maxConcurrent, call) =>
    inSpan(
      'supplier',
      { 'opentopup.supplier_id': supplier_id },
      () => isolation.run(supplier_id, maxConcurrent, call),
      ({ outcome }) => outcome,
    ),
});

const traceCourier = (courier: Courier, inSpan: InSpan, requests: RequestSpans): Courier => ({
  ...courier,
  within: (event, send) => {
    const transaction_id = transactionOf(event);
    const request = requests.of(transaction_id);
    const attributes = {
      'opentopup.event_id': event.id,
      'opentopup.event_type': event.kind,
      'opentopup.distributor_id': event.distributor_id,
      ...(transaction_id !== null && idOf(transaction_id)),
    };
    const options = { kind: SpanKind.CLIENT, root: true, links: request ? [{ context: request }] : [] };
    const traced = () => inSpan('webhook', attributes, send, (sent) => sent?.note.status ?? 'stopped', options);
    // The span begins when there is room: it is as long as the endpoint takes.
    return courier.within(event, traced);
  },
});

function traceRequests(app: FastifyInstance, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook('onRequest', (request, _reply, done) => {
    const parent = parentOf(request);
    const route = request.routeOptions.url ?? 'none';
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'opentopup.request_id': request.id,
    };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    spans.set(request, span);
    context.with(trace.setSpan(parent, span), done);
  });
  app.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    const { caller, transactionId, refusedBecause } = request;
    span?.setAttributes({
      'http.response.status_code': reply.statusCode,
      ...(caller?.distributor && { 'opentopup.distributor_id': caller.distributor.id }),
      ...(transactionId && idOf(transactionId)),
      ...(refusedBecause && { 'opentopup.reason': refusedBecause }),
    });
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
  });
}

/** Starts tracing. Loaded only where it is asked for: without, nothing of it runs. */
export function startTracing(options: TracingOptions): Tracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const provider = createProvider(options);
  const tracer = provider.getTracer('opentopup', options.version);
  const inSpan = createInSpan(tracer);
  const requests = createRequestSpans();
  return {
    traceStore: (store) => traceStore(store, inSpan, requests),
    traceIsolation: (isolation) => traceIsolation(isolation, inSpan),
    traceCourier: (courier) => traceCourier(courier, inSpan, requests),
    watchRequests: (app) => traceRequests(app, tracer),
    stop: () => provider.shutdown(),
  };
}
