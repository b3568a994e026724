import { ACCOUNT_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { signedIn } from '../accounts/accounts.wire.ts';
import { sessionOf } from '../auth.ts';
import { confirmFactor } from './confirm-factor.ts';
import { enrolFactor } from './enrol-factor.ts';
import { removeFactor } from './remove-factor.ts';
import { setSessionCookie } from './session-cookie.ts';
import { visitorOf } from './visitor.ts';

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
