import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findRecovery } from './recoveries.query.ts';
import { beginRecovery, bookRecovery, endRecovery, showRecovery } from './recovery.ts';

/** Serves what is done after a restore. */
export async function recoveryRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.beginRecovery, async ({ body }, request, reply) =>
    reply.code(202).send(orFail(await beginRecovery(ctx, new Date(body.since), actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.getRecovery, async () => {
    const row = await findRecovery(db);
    return row ? showRecovery(ctx, row) : fail('not_found', { detail: 'nothing was restored' });
  });

  serve(app, OPERATOR_OPERATIONS.bookRecovery, async ({ query }, request, reply) =>
    reply.code(201).send(orFail(await bookRecovery(ctx, query.after, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.endRecovery, async ({ body }, request, reply) =>
    reply.code(201).send(orFail(await endRecovery(ctx, body.justification, actorOf(request)))),
  );
}
