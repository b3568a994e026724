import cluster from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gatherMetrics, metricsReader } from './cluster-metrics.ts';
import { BadSettings, readSettings, type Settings } from './config.ts';
import { type DemoFile, readDemoFile, writeDemoFile } from './demo-file.ts';
import { createAddressRules } from './flows/check-address.ts';
import { secretDigest } from './flows/client-secret.ts';
import { createExchangeQueue } from './flows/exchange-queue.ts';
import type { Context } from './flows/flow.ts';
import { keepExchanges } from './flows/keep-exchanges.ts';
import { makeDemo, planDemo } from './flows/make-demo.ts';
import { noteHealth } from './flows/note-health.ts';
import { offerFirstAccount } from './flows/offer-first-account.ts';
import { createApp } from './http/app.ts';
import { createTokens, newSigningKey } from './http/tokens.ts';
import { alertsJob } from './jobs/alerts.ts';
import { cataloguesJob } from './jobs/catalogues.ts';
import { cleanAccountsJob } from './jobs/clean-accounts.ts';
import { cleanEventsJob } from './jobs/clean-events.ts';
import { cleanKeysJob } from './jobs/clean-keys.ts';
import { closedClients } from './jobs/closed-clients.ts';
import { dailySalesJob } from './jobs/daily-sales.ts';
import { esimSerialsJob } from './jobs/esim-serials.ts';
import { exchangeRatesJob } from './jobs/exchange-rates.ts';
import { forgetJob } from './jobs/forget.ts';
import { keepExchangesJob } from './jobs/keep-exchanges.ts';
import { noticesJob } from './jobs/notices.ts';
import { reconcileJob } from './jobs/reconcile.ts';
import { startJobs } from './jobs/runner.ts';
import { statisticsJob } from './jobs/statistics.ts';
import { verifyLedgerJob } from './jobs/verify-ledger.ts';
import { webhooksJob } from './jobs/webhooks.ts';
import { createLogger, standardOutput } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createEmail } from './notifiers/email.ts';
import { createSms } from './notifiers/sms.ts';
import { sealingKey } from './sealing-key.ts';
import { startError } from './start-error.ts';
import { createStatistics } from './statistics.ts';
import type { Db } from './store/db.ts';
import { openPglite } from './store/db-pglite.ts';
import { openPostgresql } from './store/db-postgresql.ts';
import { continueTurns } from './store/events.ts';
import { migrate } from './store/migrate.ts';
import { findClient } from './store/queries/credentials.ts';
import { hasDistributors } from './store/queries/distributors.ts';
import { createSeal } from './store/seal.ts';
import { keepSigningKey } from './store/signing-key.ts';
import { createStore } from './store/store.ts';
import { watchDisk } from './store/watch-disk.ts';
import { createIsolation } from './suppliers/isolation.ts';
import { createConnectors } from './suppliers/registry.ts';
import type { Tracing } from './tracing.ts';
import { welcome, welcomeToDemo, welcomeToFirstAccount } from './welcome.ts';
import { runWorkers } from './workers.ts';

/** After this long, supplier calls still open are given up as unknown; after the second, the process ends anyhow. */
const STOP_CALLS_AFTER_MS = 6_000;
const STOP_ANYHOW_AFTER_MS = 9_000;

/** What webhooks of the demo may call beside public addresses. */
const THIS_MACHINE = 'localhost,127.0.0.0/8,::1';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string;
};

const CONSOLE_FOLDER = join(import.meta.dirname, '../../console/dist');

async function start(settings: Settings): Promise<void> {
  const log = createLogger(settings.LOG_LEVEL, standardOutput(stopThisServer));
  const db = watchDisk(
    settings.DATABASE_URL
      ? openPostgresql(settings.DATABASE_URL, (error) => log.warn({ err: error }, 'a database connection broke'))
      : await openPglite(settings.DATA_DIR),
  );
  await migrate(db);
  await continueTurns(db);

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
  const ctx: Context = {
    ...ground,
    connectors: createConnectors({
      simulator: {
        latency_ms: settings.SIMULATOR_LATENCY_MS,
        callbackUrl: (supplierId) => listening && `${listening}/suppliers/${supplierId}/callbacks`,
        callbackSecret: `simulator ${signingKey.secret}`,
      },
    }),
    exchanges: createExchangeQueue(),
    doubts: new Map(),
    isolation: tracing ? tracing.traceIsolation(isolation) : isolation,
    seal,
    consoleUrl: () => settings.PUBLIC_URL?.replace(/\/$/, '') ?? listening ?? '',
    addressRules: addressRulesOf(settings.WEBHOOK_ALLOW ?? (isDemo ? THIS_MACHINE : '')),
    notifiers: {
      email: settings.SMTP_URL && settings.MAIL_FROM ? createEmail(settings.SMTP_URL, settings.MAIL_FROM) : null,
      sms: settings.SMS_URL ? createSms(settings.SMS_URL, settings.SMS_TOKEN ?? null) : null,
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
      consoleFolder: CONSOLE_FOLDER,
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
      noticesJob(ctx),
      keepExchangesJob(ctx, (count) =>
        log.warn({ count }, 'what was said to suppliers was not kept: too much at once'),
      ),
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
    while (!(await keepExchanges(ctx).catch(() => true)));
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
  const { startTracing } = await import('./tracing.ts');
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
