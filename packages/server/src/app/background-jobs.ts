import { cleanAccountsJob } from '../access/cleanup.job.ts';
import { previewJobs } from '../agents/previews.job.ts';
import { exchangeRatesJob } from '../catalogue/exchange-rates.job.ts';
import { balancesJob } from '../catalogue/suppliers/supplier-balances.job.ts';
import { cataloguesJob } from '../catalogue/suppliers/supplier-catalogues.job.ts';
import { chaosJobs } from '../chaos/chaos.job.ts';
import type { Settings } from '../config.ts';
import { callLogJob } from '../connectors/call-log.job.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/database.ts';
import { cleanDisputeLinksJob } from '../disputes/disputes.job.ts';
import { esimSerialsJob } from '../esims/serials.job.ts';
import type { Job } from '../jobs/runner.ts';
import { verifyLedgerJob } from '../ledger/verify.job.ts';
import { noticesJobs } from '../messages/notices.job.ts';
import { reconciliationJob } from '../reconciliation/reconciliation.job.ts';
import { cleanPricesJob } from '../replays/clean-prices.job.ts';
import { dailySalesJob, statisticsJob } from '../reports/reports.job.ts';
import type { RequestLog } from '../requests/request-log.ts';
import { requestJobs } from '../requests/requests.job.ts';
import { customersJob } from '../sales/customers/customers.job.ts';
import { cleanKeysJob } from '../sales/idempotency/idempotency.job.ts';
import { forgetParkedJob, parkingJobs } from '../sales/parking/parking.job.ts';
import { reconcileJob } from '../sales/reconcile/reconcile.job.ts';
import { forgetByClocksJob, forgetJob } from '../sales/retention.job.ts';
import { closingJob, monthlyStatementsJob } from '../statements/statements.job.ts';
import { alertsJob } from '../stock/alerts.job.ts';
import { webhooksJob } from '../webhooks/deliver.job.ts';
import type { Courier } from '../webhooks/send-event.ts';
import { cleanEventsJob } from './clean-events.job.ts';

/** What only main can give to jobs. */
interface JobOptions {
  settings: Settings;
  /** Writes down what was counted. */
  writeStatistics: () => Promise<void>;
  /** Watches the sending of webhooks. */
  traceCourier: ((courier: Courier) => Courier) | undefined;
  requestLog: RequestLog;
  /** Told how many requests found no room in it. */
  onLostRequests: (count: number) => void;
  /** Told how many records of calls of suppliers were lost. */
  onLostCalls: (count: number) => void;
}

/** Lists what is done again and again. */
export function backgroundJobs(ctx: Context, db: Db, options: JobOptions): Job[] {
  const { settings, writeStatistics, traceCourier, onLostCalls, requestLog, onLostRequests } = options;
  const ratesUrl = settings.EXCHANGE_RATES_URL;
  const rates = ratesUrl ? [exchangeRatesJob(db, ratesUrl, ctx.now)] : [];
  const days = settings.RETENTION_DAYS;
  const forgetting =
    days === undefined
      ? []
      : [
          forgetJob(db, days, ctx.now),
          forgetByClocksJob(db, days, ctx.now),
          forgetParkedJob(ctx, days),
          cleanDisputeLinksJob(ctx, days),
        ];
  const monthly = settings.STATEMENT_SCHEDULE === 'month' ? [monthlyStatementsJob(ctx)] : [];
  return [
    reconcileJob(ctx),
    ...parkingJobs(ctx),
    webhooksJob(ctx, settings.WEBHOOK_RETRY_SCHEDULE_S.split(',').map(Number), traceCourier),
    alertsJob(ctx),
    customersJob(ctx),
    ...noticesJobs(ctx),
    callLogJob(ctx, onLostCalls),
    cleanKeysJob(db),
    cleanAccountsJob(ctx),
    esimSerialsJob(ctx),
    cleanEventsJob(ctx, settings.EVENTS_KEEP_DAYS),
    cleanPricesJob(ctx),
    ...previewJobs(ctx, days),
    ...requestJobs(ctx, requestLog, days, onLostRequests),
    ...chaosJobs(ctx),
    verifyLedgerJob(ctx),
    reconciliationJob(ctx, days),
    cataloguesJob(ctx, settings.CATALOGUE_INTERVAL_S),
    balancesJob(ctx),
    statisticsJob(writeStatistics),
    dailySalesJob(ctx),
    closingJob(ctx),
    ...monthly,
    ...rates,
    ...forgetting,
  ];
}
