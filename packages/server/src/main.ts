import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { offerFirstAccount } from './access/accounts/links.ts';
import { cleanAccountsJob } from './access/cleanup.job.ts';
import { secretDigest } from './access/credentials/client-secret.ts';
import { findClient } from './access/credentials/credentials.query.ts';
import { closedClients } from './access/credentials/revoked-clients.job.ts';
import { keepSigningKey } from './access/signing-key.store.ts';
import { createTokens, newSigningKey } from './access/tokens.ts';
import { cleanEventsJob } from './app/clean-events.job.ts';
import { type DemoFile, readDemoFile, writeDemoFile } from './app/demo-file.ts';
import { createApp } from './app/http-server.ts';
import { makeDemo, planDemo } from './app/make-demo.ts';
import { sealingKey } from './app/sealing-key.ts';
import { startError } from './app/start-error.ts';
import { welcome, welcomeToDemo, welcomeToFirstAccount } from './app/welcome.ts';
import { runWorkers } from './app/workers.ts';
import { exchangeRatesJob } from './catalogue/exchange-rates.job.ts';
import { cataloguesJob } from './catalogue/suppliers/supplier-catalogues.job.ts';
import { BadSettings, readSettings, type Settings } from './config.ts';
import { callLogJob } from './connectors/call-log.job.ts';
import { keepCalls } from './connectors/call-log.ts';
import { createCallQueue } from './connectors/call-queue.ts';
import { createIsolation } from './connectors/isolation.ts';
import { noteHealth } from './connectors/outages.ts';
import { createConnectors } from './connectors/registry.ts';
import type { Context } from './context.ts';
import type { Db } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import { openPglite } from './database/pglite.ts';
import { openPostgresql } from './database/postgres.ts';
import { watchDisk } from './database/watch-disk.ts';
import { hasDistributors } from './distributors/distributors.query.ts';
import { esimSerialsJob } from './esims/serials.job.ts';
import { CONSOLE, MANIFEST } from './files.ts';
import { createAddressRules } from './http/allowed-addresses.ts';
import { createPost } from './http/post.ts';
import { startJobs } from './jobs/runner.ts';
import { verifyLedgerJob } from './ledger/verify.job.ts';
import { chatsJob, noticesJob } from './messages/notices.job.ts';
import { createEmail } from './notifiers/email.ts';
import { createSms } from './notifiers/sms.ts';
import { continueCommitOrder } from './outbox/outbox.store.ts';
import { createStatistics } from './reports/counters.ts';
import { dailySalesJob, statisticsJob } from './reports/reports.job.ts';
import { customersJob } from './sales/customers/customers.job.ts';
import { cleanKeysJob } from './sales/idempotency/idempotency.job.ts';
import { reconcileJob } from './sales/reconcile/reconcile.job.ts';
import { forgetJob } from './sales/retention.job.ts';
import { createStore } from './sales/store.ts';
import { createSeal } from './secrets/seal.ts';
import { alertsJob } from './stock/alerts.job.ts';
import { createChat } from './stock/chat.ts';
import { gatherMetrics, metricsReader } from './telemetry/cluster-metrics.ts';
import { createLogger, standardOutput } from './telemetry/logger.ts';
import { createMetrics } from './telemetry/metrics.ts';
import type { Tracing } from './telemetry/tracing.ts';
import { webhooksJob } from './webhooks/deliver.job.ts';

/** After this long, supplier calls still open are given up as unknown; after the second, the process ends anyhow. */
const STOP_CALLS_AFTER_MS = 6_000;
const STOP_ANYHOW_AFTER_MS = 9_000;

/** What webhooks of the demo may call beside public addresses. */
const THIS_MACHINE = 'localhost,127.0.0.0/8,::1';

const { version } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as {
  version: string;
};

async function start(settings: Settings): Promise<void> {
  const log = createLogger(settings.LOG_LEVEL, standardOutput(stopThisServer));
  const db = watchDisk(
    settings.DATABASE_URL
      ? openPostgresql(settings.DATABASE_URL, (error) => log.warn({ err: error }, 'a database connection broke'))
      : await openPglite(settings.DATA_DIR),
  );
  await migrate(db);
  await continueCommitOrder(db);

  const isDemo = !settings.DATABASE_URL && settings.NODE_ENV !== 'production';
  const demo = isDemo ? await openDemo(db, settings) : null;
  const adminToken = settings.ADMIN_TOKEN ?? demo?.admin_token ?? '';

  const sealing = sealingKey(settings);
  const seal = sealing && createSeal(sealing.key);
  const signingKey = await keepSigningKey(db, newSigningKey(), seal, sealing?.isNew ?? false);
  const tokens = createTokens(signingKey, (client_id) => findClient(db, client_id));
  const stopping = new AbortController();
  let listening: string | null = null;
  const background = new Set<Promise<void>>();
  const metrics = createMetrics();
  const tracing = await openTracing(settings);
  const statistics = createStatistics(db, () => new Date());
  const store = statistics.watchStore(metrics.measureStore(createStore(db, metrics.onBatch)));
  const ground = {
    store: tracing ? tracing.traceStore(store) : store,
    now: () => new Date(),
    alert: (message: string, fields: Record<string, string>) => {
      metrics.onAlert(message);
      log.error(fields, message);
    },
    onCall: statistics.onCall,
    background: (work: Promise<void>) => {
      const tracked = work
        .catch((error: unknown) => log.error({ err: error }, 'background work failed'))
        .finally(() => background.delete(tracked));
      background.add(tracked);
    },
  };
  const isolation = metrics.measureIsolation(createIsolation(noteHealth(ground)));
  metrics.watchState(db, isolation);
  const addressRules = addressRulesOf(settings.WEBHOOK_ALLOW ?? (isDemo ? THIS_MACHINE : ''));
  const post = createPost(addressRules);
  const ctx: Context = {
    ...ground,
    connectors: createConnectors({
      simulator: {
        latency_ms: settings.SIMULATOR_LATENCY_MS,
        callbackUrl: (supplierId) => listening && `${listening}/suppliers/${supplierId}/callbacks`,
        callbackSecret: `simulator ${signingKey.secret}`,
      },
    }),
    callLog: createCallQueue(),
    doubts: new Map(),
    isolation: tracing ? tracing.traceIsolation(isolation) : isolation,
    seal,
    consoleUrl: () => settings.PUBLIC_URL?.replace(/\/$/, '') ?? listening ?? '',
    addressRules,
    notifiers: {
      email: settings.SMTP_URL && settings.MAIL_FROM ? createEmail(settings.SMTP_URL, settings.MAIL_FROM) : null,
      sms: settings.SMS_URL ? createSms(settings.SMS_URL, settings.SMS_TOKEN ?? null) : null,
      chat: seal ? createChat({ db, seal, post, stopping: stopping.signal, now: ground.now }) : null,
    },
    supplier_deadline_ms: settings.SUPPLIER_DEADLINE_MS,
    stopping: stopping.signal,
  };
  const closed = closedClients(db);
  await closed.job.run(stopping.signal);
  const idempotencyKeyLife_s = settings.IDEMPOTENCY_KEY_LIFE_S;
  const app = await createApp(
    {
      ctx,
      db,
      ping: db.ping,
      tokens,
      isClosed: closed.isClosed,
      adminToken,
      publicUrl: settings.PUBLIC_URL,
      trustedProxy: settings.TRUSTED_PROXY,
      metricsToken: settings.METRICS_TOKEN ?? null,
      readMetrics: metricsReader(metrics.registry),
      watchers: [metrics.watchRequests, statistics.watchRequests, ...(tracing ? [tracing.watchRequests] : [])],
      idempotencyKeyLife_s,
      version,
      consoleFolder: CONSOLE,
    },
    log,
  );
  await app.listen({ port: settings.PORT, host: settings.HOST });
  const baseUrl = baseUrlOf(app.server.address() as AddressInfo, settings.HOST);
  listening = baseUrl;

  const ratesUrl = settings.EXCHANGE_RATES_URL;
  const rates = ratesUrl ? [exchangeRatesJob(db, ratesUrl, ctx.now)] : [];
  const days = settings.RETENTION_DAYS;
  const forgetting = days === undefined ? [] : [forgetJob(db, days, ctx.now)];
  const jobs = startJobs(
    [
      reconcileJob(ctx),
      webhooksJob(ctx, settings.WEBHOOK_RETRY_SCHEDULE_S.split(',').map(Number), tracing?.traceCourier),
      alertsJob(ctx),
      customersJob(ctx),
      noticesJob(ctx),
      chatsJob(ctx),
      callLogJob(ctx, (count) => log.warn({ count }, 'what was said to suppliers was not kept: too much at once')),
      closed.job,
      cleanKeysJob(db),
      cleanAccountsJob(ctx),
      esimSerialsJob(ctx),
      cleanEventsJob(ctx, settings.EVENTS_KEEP_DAYS),
      verifyLedgerJob(ctx),
      cataloguesJob(ctx, settings.CATALOGUE_INTERVAL_S),
      statisticsJob(statistics.write),
      dailySalesJob(ctx),
      ...rates,
      ...forgetting,
    ],
    (job, error) => {
      metrics.onJobFailure(job);
      log.error({ err: error, job }, 'a job failed');
    },
  );

  stopOnSignal(async () => {
    await app.close();
    await jobs.stop();
    while (background.size > 0) await Promise.all(background);
    await statistics
      .write()
      .catch((error: unknown) => log.warn({ err: error }, 'the last statistics were not written'));
    while ((await keepCalls(ctx).catch(() => 'done')) === 'more');
    await db.close();
    await tracing?.stop();
    log.info('stopped');
  }, stopping);

  // Of several workers the first one speaks.
  const speaks = !cluster.isWorker || cluster.worker?.id === 1;
  const people = Object.values(demo?.console ?? {}).map(({ email }) => email);
  const link = speaks ? await offerFirstAccount(ctx, people) : null;
  const toFirst = link ? welcomeToFirstAccount(link) : '';
  if (cluster.isWorker) {
    process.stdout.write(toFirst);
    return;
  }
  const file: DemoFile | null = demo && { ...demo, base_url: baseUrl, admin_token: adminToken };
  if (file) writeDemoFile(settings.DATA_DIR, file);
  const lines = file ? welcomeToDemo(file, join(settings.DATA_DIR, 'demo.json')) : '';
  process.stdout.write(welcome(version, baseUrl, databaseOf(settings)) + toFirst + lines);
}

/** Tracing, where it is set up. What it needs is loaded only then. */
async function openTracing(settings: Settings): Promise<Tracing | null> {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return null;
  const { startTracing } = await import('./telemetry/tracing.ts');
  const share = settings.OTEL_TRACES_SAMPLER_ARG;
  return startTracing({ endpoint, share, serviceName: settings.OTEL_SERVICE_NAME, version });
}

const databaseOf = (settings: Settings): string =>
  settings.DATABASE_URL ? 'PostgreSQL' : `embedded database in ${settings.DATA_DIR}`;

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

/** The demo: made on the first start, found again later. Null when its file is gone and so are its secrets. */
async function openDemo(db: Db, settings: Settings): Promise<DemoFile | null> {
  const known = readDemoFile(settings.DATA_DIR);
  if (await hasDistributors(db)) return known;
  const demo = planDemo();
  const file = { base_url: '', admin_token: randomBytes(24).toString('base64url'), ...demo };
  // First the file, then the database: a start cut off between the two begins anew.
  writeDemoFile(settings.DATA_DIR, file);
  await db.transaction((tx) => makeDemo(tx, demo, secretDigest, new Date()));
  return file;
}

/** Where the server answers, as somebody on this machine would write it. */
function baseUrlOf({ port }: AddressInfo, host: string): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** Ends the server in good order, all its processes, as SIGTERM does. */
function stopThisServer(): void {
  process.kill(cluster.isWorker ? process.ppid : process.pid, 'SIGTERM');
}

/** On SIGTERM or Ctrl+C: no new requests, the open ones are finished, then the process ends. */
function stopOnSignal(close: () => Promise<void>, stopping: AbortController): void {
  const stop = (): void => {
    setTimeout(() => stopping.abort(), STOP_CALLS_AFTER_MS).unref();
    setTimeout(() => process.exit(1), STOP_ANYHOW_AFTER_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  await run(readSettings(process.env));
} catch (error) {
  process.stderr.write(`OpenTopup cannot start.\n${startError(error)}\n`);
  process.exit(1);
}
