import { ACCOUNT_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { signedIn } from '../accounts/accounts.wire.ts';
import { sessionSecretOf, setSessionCookie } from './session-cookie.ts';
import { signIn } from './sign-in.ts';
import { visitorOf } from './visitor.ts';

/** The way in. Another site cannot use it: HTML sends no JSON. */
export async function signInRoute(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.signIn, async ({ body }, request, reply) => {
    const known = sessionSecretOf(request, publicUrl);
    const { secret, session } = orFail(await signIn(ctx, body, visitorOf(request), known));
    setSessionCookie(request, reply, publicUrl, secret);
    return signedIn(db, session);
  });
}
