import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { readOverview } from '../../../flows/read-overview.ts';
import type { AppOptions } from '../../app-options.ts';
import { overviewSpanOf } from '../../overview-span.ts';
import { serve } from '../../serve.ts';
import { wireOverview } from '../../wire-overview.ts';

/** How the sales of all distributors went, or of one. */
export async function overviewOfAllRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.getOverviewOfAll, async ({ query: { distributor, world = 'live', ...query } }) => {
    const whose = distributor === undefined ? { world } : { distributor_id: distributor };
    return wireOverview(await readOverview(ctx, { whose, ...overviewSpanOf(query, ctx.now()) }));
  });
}
