import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, sandboxOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { listChaos, listChaosEffects } from './chaos.query.ts';
import { endChaos, setChaos } from './chaos.ts';
import { wireChaos, wireChaosEffect } from './chaos.wire.ts';

/** Serves the chaos of a sandbox. */
export async function chaosRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listChaos, async (_, request) =>
    (await listChaos(db, sandboxOf(request), ctx.now())).map(wireChaos),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.setChaos, async ({ params, body }, request) =>
    wireChaos(orFail(await setChaos(ctx, sandboxOf(request), params.client_id, body, actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.endChaos, async ({ params }, request) =>
    wireChaos(orFail(await endChaos(ctx, sandboxOf(request), params.client_id, actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.listChaosEffects, async ({ query }, request) =>
    (await listChaosEffects(db, sandboxOf(request), query)).map(wireChaosEffect),
  );
}
