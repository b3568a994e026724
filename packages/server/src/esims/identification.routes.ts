import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { serve } from '../http/serve.ts';
import { listIdentifications } from './identification.query.ts';
import { wireIdentification } from './identification.wire.ts';
import { remindOfIdentification } from './remind-of-identification.ts';

/** Whose users have to be identified, for the distributor that sold them their eSIMs. */
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
