import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { serve } from '../http/serve.ts';
import { wireOverview } from './overview.wire.ts';
import { overviewSpanOf } from './overview-span.ts';
import { readOverview } from './read-overview.ts';

/** How the sales of all distributors went, or of one. */
export async function overviewOfAllRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.getOverviewOfAll, async ({ query: { distributor, world = 'live', ...query } }) => {
    const whose = distributor === undefined ? { world } : { distributor_id: distributor };
    return wireOverview(await readOverview(ctx, { whose, ...overviewSpanOf(query, ctx.now()) }));
  });
}
