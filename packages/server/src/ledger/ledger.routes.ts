import { OPERATOR_OPERATIONS, type StockAt, wireDate } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { instantOf } from '../http/dates.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { stockAt } from './ledger.query.ts';
import { verifyLedger } from './verify-ledger.ts';

/** The proof of the ledger, and what it says of the past. */
export async function ledgerRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.verifyLedger, ({ query }) => verifyLedger(ctx, { offerId: query.offer }));

  serve(app, OPERATOR_OPERATIONS.getStockAt, async ({ params, query }): Promise<StockAt> => {
    const date = query.at === undefined ? ctx.now() : instantOf(query.at, 'at');
    const stock = await stockAt(db, params.id, date);
    if (!stock) return fail('not_found', { detail: `offer ${params.id} not found` });
    const { distributor_id, ...bucket } = stock;
    return { offer_id: params.id, distributor_id, date: wireDate(date), bucket };
  });
}
