import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf, worldOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { lookUpNumber } from './look-up-number.ts';

/** Serves whose network a number is in. */
export async function lookupRoutes(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.lookupNumber, async ({ query }, request) =>
    orFail(await lookUpNumber(ctx, { distributor_id: distributorOf(request), world: worldOf(request) }, query.msisdn)),
  );
}
