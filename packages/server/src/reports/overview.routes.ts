import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { serve } from '../http/serve.ts';
import { wireOverview } from './overview.wire.ts';
import { overviewSpanOf } from './overview-span.ts';
import { readOverview } from './read-overview.ts';

/** Serves how a distributor's sales went. */
export async function overviewRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getOverview, async ({ query }, request) => {
    const whose = { distributor_id: distributorOf(request) };
    return wireOverview(await readOverview(ctx, { whose, ...overviewSpanOf(query, ctx.now()) }));
  });
}

/** Serves how the sales of all distributors went, or of one. */
export async function overviewOfAllRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.getOverviewOfAll, async ({ query: { distributor, world = 'live', ...query } }) => {
    const whose = distributor === undefined ? { world } : { distributor_id: distributor };
    return wireOverview(await readOverview(ctx, { whose, ...overviewSpanOf(query, ctx.now()) }));
  });
}
