import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { findClient } from './access/credentials/credentials.query.ts';
import { closedClients } from './access/credentials/revoked-clients.job.ts';
import { keepSigningKey, type SigningKey } from './access/signing-key.store.ts';
import { createTokens, newSigningKey } from './access/tokens.ts';
import { backgroundJobs } from './app/background-jobs.ts';
import { greet } from './app/greet.ts';
import { createApp } from './app/http-server.ts';
import { openCurrentDatabase } from './app/open-current-database.ts';
import { openDemo } from './app/open-demo.ts';
import { sealingKey } from './app/sealing-key.ts';
import { startError } from './app/start-error.ts';
import { stopOnSignal, stopThisServer } from './app/stop-on-signal.ts';
import { baseUrlOf, databaseOf, welcome } from './app/welcome.ts';
import { runWorkers } from './app/workers.ts';
import type { AppOptions } from './app-options.ts';
import type { Settings } from './config.ts';
import { keepCalls } from './connectors/call-log.ts';
import { createCallQueue } from './connectors/call-queue.ts';
import { createIsolation } from './connectors/isolation.ts';
import { noteHealth } from './connectors/outages.ts';
import { createConnectors } from './connectors/registry.ts';
import { type Context, emptyMemory } from './context.ts';
import type { Db } from './database/database.ts';
import type { WatchedDb } from './database/watch-disk.ts';
import { CONSOLE, MANIFEST } from './files.ts';
import { createAddressRules } from './http/allowed-addresses.ts';
import { createPost } from './http/post.ts';
import { type Background, createBackground } from './jobs/background.ts';
import { startJobs } from './jobs/runner.ts';
import { createEmail } from './notifiers/email.ts';
import { createSms } from './notifiers/sms.ts';
import { BadSettings, readSettings } from './read-settings.ts';
import { beginBySetting } from './recovery/recovery.ts';
import { createStatistics, type Statistics } from './reports/counters.ts';
import { createRequestLog, type RequestLog } from './requests/request-log.ts';
import { createStore } from './sales/store.ts';
import { createSeal, type Seal } from './secrets/seal.ts';
import { createChat } from './stock/chat.ts';
import { gatherMetrics, metricsReader } from './telemetry/cluster-metrics.ts';
import { createLogger, standardOutput } from './telemetry/logger.ts';
import { createMetrics, type Metrics } from './telemetry/metrics.ts';
import type { Tracing } from './telemetry/tracing.ts';
import { reversalRulesOf } from './values/reversal-rules.ts';

/** What webhooks of the demo may call beside public addresses. */
const THIS_MACHINE = 'localhost,127.0.0.0/8,::1';

const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { version: string };

/** What the rest of a process is put together from. */
interface Parts {
  settings: Settings;
  log: Logger;
  db: WatchedDb;
  reports: AppOptions['reports'];
  seal: Seal | null;
  signingKey: SigningKey;
  metrics: Metrics;
  statistics: Statistics;
  requestLog: RequestLog;
  tracing: Tracing | null;
  background: Background;
  leaving: AbortSignal;
  stopping: AbortSignal;
  /** Where the server answers; null as long as it does not. */
  baseUrl: () => string | null;
}

async function start(settings: Settings): Promise<void> {
  const log = createLogger(settings.LOG_LEVEL, standardOutput(stopThisServer));
  const { db, reports } = await openCurrentDatabase(settings, log);
  const demo = isDemo(settings) ? await openDemo(db, settings.DATA_DIR) : null;
  const adminToken = settings.ADMIN_TOKEN ?? demo?.admin_token ?? '';

  const [leaving, stopping] = [new AbortController(), new AbortController()];
  let baseUrl: string | null = null;
  const parts: Parts = {
    settings,
    log,
    db,
    reports,
    ...(await openKeys(db, settings)),
    metrics: createMetrics(),
    tracing: await openTracing(settings),
    statistics: createStatistics(db, () => new Date()),
    requestLog: createRequestLog(() => new Date()),
    background: createBackground((error) => log.error({ err: error }, 'background work failed')),
    leaving: leaving.signal,
    stopping: stopping.signal,
    baseUrl: () => baseUrl,
  };
  const { metrics, statistics, requestLog, tracing, background } = parts;
  const ctx = createContext(parts);
  const closed = closedClients(db);
  await closed.job.run(stopping.signal);
  await beginBySetting(ctx, settings.RESTORED_SINCE);
  const app = await createApp(appOptions(parts, ctx, adminToken, closed.isClosed), log);
  await app.listen({ port: settings.PORT, host: settings.HOST });
  baseUrl = baseUrlOf(app.server.address() as AddressInfo, settings.HOST);

  const repeated = backgroundJobs(ctx, db, {
    settings,
    writeStatistics: statistics.write,
    traceCourier: tracing?.traceCourier,
    requestLog,
    onLostRequests: metrics.onLostRequests,
    onLostCalls: (count) => log.warn({ count }, 'what was said to suppliers was not kept: too much at once'),
  });
  const jobs = startJobs([closed.job, ...repeated], (job, error) => {
    metrics.onJobFailure(job);
    log.error({ err: error, job }, 'a job failed');
  });

  stopOnSignal({ leaving, stopping }, settings.DRAIN_S, async () => {
    await app.close();
    await jobs.stop();
    await background.done();
    await requestLog.write(ctx).catch((error: unknown) => log.warn({ err: error }, 'the last requests were not kept'));
    await statistics
      .write()
      .catch((error: unknown) => log.warn({ err: error }, 'the last statistics were not written'));
    while ((await keepCalls(ctx).catch(() => 'done')) === 'more');
    await db.close();
    await tracing?.stop();
    log.info('stopped');
  });

  await greet(ctx, settings, version, baseUrl, demo && { ...demo, base_url: baseUrl, admin_token: adminToken });
}

/** True beside an embedded database, unless in production: then there is a demo. */
const isDemo = (settings: Settings): boolean => !settings.DATABASE_URL && settings.NODE_ENV !== 'production';

async function openKeys(db: Db, settings: Settings): Promise<Pick<Parts, 'seal' | 'signingKey'>> {
  const sealing = sealingKey(settings);
  const seal = sealing && createSeal(sealing.key);
  return { seal, signingKey: await keepSigningKey(db, newSigningKey(), seal, sealing?.isNew ?? false) };
}

/** Puts together what modules are given, with those around it who count, time and trace. */
function createContext(parts: Parts): Context {
  const { settings, log, db, seal, signingKey, metrics, statistics, tracing, background, stopping, baseUrl } = parts;
  const store = statistics.watchStore(metrics.measureStore(createStore(db, metrics.onBatch)));
  const ground = {
    store: tracing ? tracing.traceStore(store) : store,
    now: () => new Date(),
    alert: (message: string, fields: Record<string, string>) => {
      metrics.onAlert(message);
      log.error(fields, message);
    },
    onCall: statistics.onCall,
    background: background.add,
  };
  const isolation = metrics.measureIsolation(createIsolation(noteHealth(ground)));
  metrics.watchState(db, isolation);
  const addressRules = addressRulesOf(settings.WEBHOOK_ALLOW ?? (isDemo(settings) ? THIS_MACHINE : ''));
  const post = createPost(addressRules);
  const publicUrl = settings.PUBLIC_URL?.replace(/\/$/, '') ?? null;
  return {
    ...ground,
    connectors: createConnectors({
      simulator: {
        latency_ms: settings.SIMULATOR_LATENCY_MS,
        callbackUrl: (supplierId) => baseUrl() && `${baseUrl()}/suppliers/${supplierId}/callbacks`,
        callbackSecret: `simulator ${signingKey.secret}`,
      },
    }),
    callLog: createCallQueue(),
    ...emptyMemory(),
    isolation: tracing ? tracing.traceIsolation(isolation) : isolation,
    seal,
    publicUrl,
    consoleUrl: () => publicUrl ?? baseUrl() ?? '',
    addressRules,
    notifiers: {
      email:
        settings.SMTP_URL && settings.MAIL_FROM ? createEmail(settings.SMTP_URL, settings.MAIL_FROM, stopping) : null,
      sms: settings.SMS_URL ? createSms(settings.SMS_URL, settings.SMS_TOKEN ?? null, stopping) : null,
      chat: seal ? createChat({ db, seal, post, stopping, now: ground.now }) : null,
    },
    reversals: reversalRulesOf(settings),
    businessTimeZone: settings.BUSINESS_TIME_ZONE,
    supplier_deadline_ms: settings.SUPPLIER_DEADLINE_MS,
    stopping,
  };
}

/** Puts together what routes are given. */
function appOptions(parts: Parts, ctx: Context, adminToken: string, isClosed: AppOptions['isClosed']): AppOptions {
  const { settings, db, reports, signingKey, metrics, statistics, requestLog, tracing, leaving } = parts;
  return {
    ctx,
    db,
    reports,
    ping: db.ping,
    leaving,
    tokens: createTokens(signingKey, (client_id) => findClient(db, client_id)),
    isClosed,
    adminToken,
    publicUrl: settings.PUBLIC_URL,
    trustedProxy: settings.TRUSTED_PROXY,
    metricsToken: settings.METRICS_TOKEN ?? null,
    readMetrics: metricsReader(metrics.registry),
    watchers: [metrics.watchRequests, statistics.watchRequests, ...(tracing ? [tracing.watchRequests] : [])],
    noteRequest: requestLog.note,
    idempotencyKeyLife_s: settings.IDEMPOTENCY_KEY_LIFE_S,
    version,
    consoleFolder: CONSOLE,
  };
}

/** Tracing, where it is set up. What it needs is loaded only then. */
async function openTracing(settings: Settings): Promise<Tracing | null> {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return null;
  const { startTracing } = await import('./telemetry/tracing.ts');
  const share = settings.OTEL_TRACES_SAMPLER_ARG;
  return startTracing({ endpoint, share, serviceName: settings.OTEL_SERVICE_NAME, version });
}

/** @param exceptions separated by commas */
function addressRulesOf(exceptions: string): ReturnType<typeof createAddressRules> {
  try {
    return createAddressRules(exceptions.split(',').filter((entry) => entry !== ''));
  } catch {
    throw new BadSettings(`WEBHOOK_ALLOW=${exceptions} names a range of IP addresses that is none.`);
  }
}

/** Starts this process, or those that serve for it. */
async function run(settings: Settings): Promise<void> {
  if (settings.WORKERS === 1 || cluster.isWorker) return start(settings);
  gatherMetrics();
  const code = await runWorkers(settings.WORKERS, (address) => {
    const workers = `${databaseOf(settings)}, ${settings.WORKERS} workers`;
    process.stdout.write(welcome(version, baseUrlOf(address, settings.HOST), workers));
  });
  process.exit(code);
}

try {
  await run(readSettings(process.env));
} catch (error) {
  process.stderr.write(`OpenTopup cannot start.\n${startError(error)}\n`);
  process.exit(1);
}
