import { ACCOUNT_OPERATIONS, DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { createCheckedCall } from '../../http/checked-call.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { signedIn } from '../accounts/accounts.wire.ts';
import { actorOf, distributorOf, sessionOf } from '../auth.ts';
import { clientInfoOf } from '../sessions/client-info.ts';
import { sessionSecretOf, setSessionCookie, setSignOnCookie, signOnKeptOf } from '../sessions/session-cookie.ts';
import { recogniseSession } from '../sessions/sessions.ts';
import { findProvider } from './providers.query.ts';
import { wireProvider } from './providers.wire.ts';
import { removeProvider, setProvider } from './set-provider.ts';
import { beginLink, beginSignOn, completeSignOn } from './sign-on.ts';

/** Serves signing in at a provider. The browser comes back to a page of the console, which brings here what it was given. */
export async function signOnRoutes(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  const call = createCheckedCall(ctx.addressRules);

  serve(app, ACCOUNT_OPERATIONS.beginSignOn, async ({ body }, request, reply) => {
    const { url, kept } = orFail(await beginSignOn(ctx, call, body.code, clientInfoOf(request)));
    setSignOnCookie(request, reply, publicUrl, kept);
    return { url };
  });

  serve(app, ACCOUNT_OPERATIONS.completeSignOn, async ({ body }, request, reply) => {
    const known = sessionSecretOf(request, publicUrl);
    const found = known === null ? null : await recogniseSession(ctx, known, true);
    const session = found === null || 'reason' in found ? null : found;
    const kept = signOnKeptOf(request, publicUrl);
    // What was begun is over, however it ends.
    setSignOnCookie(request, reply, publicUrl, null);
    const clientInfo = clientInfoOf(request);
    const begun = await completeSignOn(ctx, call, { response: body.response, kept, known, session, clientInfo });
    if (begun === null) return signedIn(db, session ?? fail('sign_on_expired'));
    const { secret, session: own, role_before } = orFail(begun);
    setSessionCookie(request, reply, publicUrl, secret);
    return { ...(await signedIn(db, own)), ...(role_before && { role_before }) };
  });
}

/** Serves the link of an account with a provider. */
export async function signOnLinkRoute(app: FastifyInstance, { ctx, publicUrl }: AppOptions): Promise<void> {
  const call = createCheckedCall(ctx.addressRules);
  serve(app, ACCOUNT_OPERATIONS.beginSignOnLink, async (_, request, reply) => {
    const { url, kept } = orFail(await beginLink(ctx, call, sessionOf(request)));
    setSignOnCookie(request, reply, publicUrl, kept);
    return { url };
  });
}

const noProvider = (): never => fail('not_found', { detail: 'no sign-in provider is set' });

/** Serves a distributor's own provider. */
export async function ownProviderRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getOwnSignOn, async (_, request) =>
    wireProvider(ctx, (await findProvider(db, distributorOf(request))) ?? noProvider()),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.setOwnSignOn, async ({ body }, request) =>
    wireProvider(ctx, orFail(await setProvider(ctx, distributorOf(request), body, actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.removeOwnSignOn, async (_, request) =>
    orFail(await removeProvider(ctx, distributorOf(request), actorOf(request))),
  );
}

/** Serves the provider of the operator, and of every distributor. */
export async function providerRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.getSignOn, async ({ query }) =>
    wireProvider(ctx, (await findProvider(db, query.distributor ?? null)) ?? noProvider()),
  );

  serve(app, OPERATOR_OPERATIONS.setSignOn, async ({ query, body }, request) =>
    wireProvider(ctx, orFail(await setProvider(ctx, query.distributor ?? null, body, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.removeSignOn, async ({ query }, request) =>
    orFail(await removeProvider(ctx, query.distributor ?? null, actorOf(request))),
  );
}
