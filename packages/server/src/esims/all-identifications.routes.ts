import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { serve } from '../http/serve.ts';
import { confirmIdentification } from './confirm-identification.ts';
import { wireIdentification } from './identification.wire.ts';

/** The operator says that the user of an eSIM was identified. */
export async function confirmationRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.confirmIdentification, async ({ params }, request, reply) => {
    const row = await confirmIdentification(ctx, params.transaction_id, actorOf(request));
    return 'reason' in row ? answerRefusal(request, reply, row) : wireIdentification(row);
  });
}
