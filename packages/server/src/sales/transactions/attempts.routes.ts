import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { fail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { type AttemptRow, listDeliveryAttempts } from './attempts.query.ts';
import { wireAdminAttempt, wireAttempt } from './attempts.wire.ts';

/** Gives the attempts of a transaction; there is at least one. */
const found = (attempts: AttemptRow[], id: string): AttemptRow[] =>
  attempts.length > 0 ? attempts : fail('not_found', { detail: `transaction ${id} not found` });

/** Serves how often it was tried to deliver a sale, to the distributor whose it is. */
export async function attemptRoute(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listOwnAttempts, async ({ params }, request) =>
    found(await listDeliveryAttempts(db, params.id, distributorOf(request)), params.id).map(wireAttempt),
  );
}

/** The same for the operator. */
export async function attemptOfAllRoute(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listAttempts, async ({ params }) =>
    found(await listDeliveryAttempts(db, params.id, null), params.id).map(wireAdminAttempt),
  );
}
