import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { changeDistributor } from './change-distributor.ts';
import { changeSettings } from './change-settings.ts';
import { createDistributor } from './create-distributor.ts';
import { findDistributorDetail, listDistributors } from './distributor-details.query.ts';
import { findSettings } from './distributors.query.ts';
import { wireDistributor } from './distributors.wire.ts';

/** Who sells. */
export async function distributorRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listDistributors, async ({ query }) =>
    (await listDistributors(db, query)).map(wireDistributor),
  );

  serve(app, OPERATOR_OPERATIONS.createDistributor, async ({ body }, request, reply) =>
    reply.code(201).send(wireDistributor(orFail(await createDistributor(ctx, body, actorOf(request))))),
  );

  serve(app, OPERATOR_OPERATIONS.getDistributor, async ({ params }) => {
    const distributor = await findDistributorDetail(db, params.id);
    return distributor
      ? wireDistributor(distributor)
      : fail('not_found', { detail: `distributor ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.changeDistributor, async ({ params, body }, request) =>
    wireDistributor(orFail(await changeDistributor(ctx, params.id, body, actorOf(request)))),
  );

  serve(
    app,
    OPERATOR_OPERATIONS.getDistributorSettings,
    async ({ params }) =>
      (await findSettings(db, params.id)) ?? fail('not_found', { detail: `distributor ${params.id} not found` }),
  );

  serve(app, OPERATOR_OPERATIONS.changeDistributorSettings, async ({ params, body }, request) =>
    orFail(await changeSettings(ctx, params.id, body, actorOf(request))),
  );
}
