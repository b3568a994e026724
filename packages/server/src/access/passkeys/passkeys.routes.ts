import { ACCOUNT_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { signedIn } from '../accounts/accounts.wire.ts';
import { sessionOf } from '../auth.ts';
import { clientInfoOf } from '../sessions/client-info.ts';
import { sessionSecretOf, setSessionCookie } from '../sessions/session-cookie.ts';
import { beginPasskey, dropPasskey, keepPasskey } from './keep-passkeys.ts';
import { beginPasskeySignIn, signInWithPasskey } from './passkey-sign-in.ts';
import { listPasskeys } from './passkeys.query.ts';
import { wirePasskey } from './passkeys.wire.ts';

/** Serves the sign-in with passkeys. */
export async function passkeySignInRoutes(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.beginPasskeySignIn, async (_, request) =>
    orFail(await beginPasskeySignIn(ctx, clientInfoOf(request))),
  );

  serve(app, ACCOUNT_OPERATIONS.signInWithPasskey, async ({ body }, request, reply) => {
    const known = sessionSecretOf(request, publicUrl);
    const { secret, session } = orFail(await signInWithPasskey(ctx, body.response, clientInfoOf(request), known));
    setSessionCookie(request, reply, publicUrl, secret);
    return signedIn(db, session);
  });
}

/** Serves the passkeys of whoever is signed in. */
export async function passkeyRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.listPasskeys, async ({ query }, request) =>
    (await listPasskeys(db, sessionOf(request).account_id, query)).map(wirePasskey),
  );

  serve(app, ACCOUNT_OPERATIONS.beginPasskey, async ({ body }, request, reply) => {
    const begun = orFail(await beginPasskey(ctx, sessionOf(request), body.password, clientInfoOf(request)));
    return reply.code(201).send(begun);
  });

  serve(app, ACCOUNT_OPERATIONS.addPasskey, async ({ body }, request, reply) =>
    reply.code(201).send(orFail(await keepPasskey(ctx, sessionOf(request).account_id, body))),
  );

  serve(app, ACCOUNT_OPERATIONS.removePasskey, async ({ params }, request) =>
    orFail(await dropPasskey(ctx, sessionOf(request).account_id, params.id)),
  );
}
