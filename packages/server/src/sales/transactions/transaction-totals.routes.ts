import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { serve } from '../../http/serve.ts';
import { transactionFilterOf } from './transaction-filter.ts';
import { totalTransactions } from './transaction-totals.query.ts';
import { wireTotals } from './transaction-totals.wire.ts';

/** Serves what a distributor's transactions add up to. */
export async function transactionTotalsRoute(app: FastifyInstance, options: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getTransactionTotals, async ({ query }, request) => {
    const filter = await transactionFilterOf(options, query, request);
    return wireTotals(await totalTransactions(options.reports, filter, distributorOf(request)), filter);
  });
}

/** The same of all distributors, for the operator. */
export async function allTransactionTotalsRoute(app: FastifyInstance, options: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.totalTransactions, async ({ query: { distributor = null, ...filters } }, request) => {
    const filter = await transactionFilterOf(options, filters, request);
    return wireTotals(await totalTransactions(options.reports, filter, distributor), filter);
  });
}
