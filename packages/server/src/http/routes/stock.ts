import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { readStock } from '../../flows/read-stock.ts';
import type { AppOptions } from '../app-options.ts';
import { distributorOf } from '../auth.ts';
import { fail } from '../refusal-error.ts';
import { serve } from '../serve.ts';
import { stockSpanOf } from '../stock-span.ts';
import { wireStock } from '../wire-stock.ts';

/** How the stock of an offer stands, and how long it will last. */
export async function offerStockRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getOfferStock, async ({ params, query }, request) => {
    const asked = { distributor_id: distributorOf(request), offer_id: params.id, ...stockSpanOf(query, ctx.now()) };
    const stock = await readStock(ctx, asked);
    return stock ? wireStock(stock, asked.step) : fail('not_found', { detail: `offer ${params.id} not found` });
  });
}
