import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { readStock } from './read-stock.ts';
import { wireStock } from './stock.wire.ts';
import { stockSpanOf } from './stock-span.ts';

/** Serves the stock of an offer: its status, and how long it will last. */
export async function offerStockRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getOfferStock, async ({ params, query }, request) => {
    const asked = { distributor_id: distributorOf(request), offer_id: params.id, ...stockSpanOf(query, ctx.now()) };
    const stock = await readStock(ctx, asked);
    return stock ? wireStock(stock, asked.step) : fail('not_found', { detail: `offer ${params.id} not found` });
  });
}
