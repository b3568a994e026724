import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { serve } from '../http/serve.ts';
import { listIdentifications } from './identification.query.ts';
import { confirmIdentification, remindOfIdentification } from './identification.ts';
import { wireIdentification } from './identification.wire.ts';

/** Serves whose users have to be identified, for the distributor that sold them their eSIMs. */
export async function identificationRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listIdentifications, async ({ query }, request) => {
    const rows = await listIdentifications(db, distributorOf(request), query);
    return rows.map(wireIdentification);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.remindOfIdentification, async ({ params }, request, reply) => {
    const row = await remindOfIdentification(ctx, { distributor_id: distributorOf(request), ...params });
    return 'reason' in row ? answerRefusal(request, reply, row) : reply.code(201).send(wireIdentification(row));
  });
}

/** Serves the operator's word that the user of an eSIM was identified. */
export async function confirmationRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.confirmIdentification, async ({ params }, request, reply) => {
    const row = await confirmIdentification(ctx, params.transaction_id, actorOf(request));
    return 'reason' in row ? answerRefusal(request, reply, row) : wireIdentification(row);
  });
}
