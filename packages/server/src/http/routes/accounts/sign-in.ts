import { ACCOUNT_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { signIn } from '../../../flows/sign-in.ts';
import { signedIn } from '../../account-wire.ts';
import type { AppOptions } from '../../app-options.ts';
import { orFail } from '../../refusal-error.ts';
import { serve } from '../../serve.ts';
import { sessionSecretOf, setSessionCookie } from '../../session-cookie.ts';
import { visitorOf } from '../../visitor.ts';

/** The way in. Another site cannot use it: HTML sends no JSON. */
export async function signInRoute(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.signIn, async ({ body }, request, reply) => {
    const known = sessionSecretOf(request, publicUrl);
    const { secret, session } = orFail(await signIn(ctx, body, visitorOf(request), known));
    setSessionCookie(request, reply, publicUrl, secret);
    return signedIn(db, session);
  });
}
