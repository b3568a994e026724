import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { confirmIdentification } from '../../../flows/confirm-identification.ts';
import { wireIdentification } from '../../../flows/wire-identification.ts';
import { answerRefusal } from '../../answers.ts';
import type { AppOptions } from '../../app-options.ts';
import { actorOf } from '../../auth.ts';
import { serve } from '../../serve.ts';

/** The operator says that the user of an eSIM was identified. */
export async function confirmationRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.confirmIdentification, async ({ params }, request, reply) => {
    const row = await confirmIdentification(ctx, params.transaction_id, actorOf(request));
    return 'reason' in row ? answerRefusal(request, reply, row) : wireIdentification(row);
  });
}
