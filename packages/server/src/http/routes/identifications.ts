import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { remindOfIdentification } from '../../flows/remind-of-identification.ts';
import { wireIdentification } from '../../flows/wire-identification.ts';
import { listIdentifications } from '../../store/queries/identifications.ts';
import { answerRefusal } from '../answers.ts';
import type { AppOptions } from '../app-options.ts';
import { distributorOf } from '../auth.ts';
import { serve } from '../serve.ts';

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
