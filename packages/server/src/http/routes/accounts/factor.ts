import { ACCOUNT_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { confirmFactor } from '../../../flows/confirm-factor.ts';
import { enrolFactor } from '../../../flows/enrol-factor.ts';
import { removeFactor } from '../../../flows/remove-factor.ts';
import { signedIn } from '../../account-wire.ts';
import type { AppOptions } from '../../app-options.ts';
import { sessionOf } from '../../auth.ts';
import { orFail } from '../../refusal-error.ts';
import { serve } from '../../serve.ts';
import { setSessionCookie } from '../../session-cookie.ts';
import { visitorOf } from '../../visitor.ts';

/** The second factor of whoever is signed in. */
export async function factorRoutes(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.enrolFactor, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    return reply.code(201).send(orFail(await enrolFactor(ctx, account_id, body.password, visitorOf(request))));
  });

  serve(app, ACCOUNT_OPERATIONS.confirmFactor, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    const confirmed = orFail(await confirmFactor(ctx, account_id, body.code, visitorOf(request)));
    setSessionCookie(request, reply, publicUrl, confirmed.begun.secret);
    return { recovery_codes: confirmed.recovery_codes };
  });

  serve(app, ACCOUNT_OPERATIONS.removeFactor, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    const { secret, session } = orFail(await removeFactor(ctx, account_id, body, visitorOf(request)));
    setSessionCookie(request, reply, publicUrl, secret);
    return signedIn(db, session);
  });
}
