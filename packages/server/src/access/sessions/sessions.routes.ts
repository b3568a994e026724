import { ACCOUNT_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { signedIn, wireSession } from '../accounts/accounts.wire.ts';
import { linkRoutes } from '../accounts/links.routes.ts';
import { guard, requireSession, sessionOf } from '../auth.ts';
import { passkeyRoutes, passkeySignInRoutes } from '../passkeys/passkeys.routes.ts';
import { signOnLinkRoute, signOnRoutes } from '../sign-on/sign-on.routes.ts';
import { clientInfoOf } from './client-info.ts';
import { endOtherSessions, endSession, signOut } from './end-session.ts';
import { confirmFactor, enrolFactor, removeFactor } from './second-factor.ts';
import { sessionSecretOf, setSessionCookie } from './session-cookie.ts';
import { IDLE_MS, LIFE_MS } from './session-life.rules.ts';
import { listSessions } from './sessions.query.ts';
import { changePassword, signIn } from './sign-in.ts';

/** Serves the sign-in. Another site cannot use it: HTML sends no JSON. */
async function signInRoute(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.signIn, async ({ body }, request, reply) => {
    const known = sessionSecretOf(request, publicUrl);
    const { secret, session } = orFail(await signIn(ctx, body, clientInfoOf(request), known));
    setSessionCookie(request, reply, publicUrl, secret);
    return signedIn(db, session);
  });
}

/** Serves who is signed in, and where else. */
async function sessionRoutes(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.getSession, async (_, request) => signedIn(db, sessionOf(request)));

  serve(app, ACCOUNT_OPERATIONS.signOut, async (_, request, reply) => {
    const { account_id, id } = sessionOf(request);
    setSessionCookie(request, reply, publicUrl, null);
    return signOut(ctx, account_id, id);
  });

  serve(app, ACCOUNT_OPERATIONS.changePassword, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    const { secret, session } = orFail(await changePassword(ctx, account_id, body, clientInfoOf(request)));
    setSessionCookie(request, reply, publicUrl, secret);
    return signedIn(db, session);
  });

  serve(app, ACCOUNT_OPERATIONS.listSessions, async ({ query }, request) => {
    const { account_id, id } = sessionOf(request);
    const now_ms = ctx.now().getTime();
    const lives = { createdAfter: new Date(now_ms - LIFE_MS), seenAfter: new Date(now_ms - IDLE_MS) };
    return (await listSessions(db, account_id, query, lives)).map((each) => wireSession(each, id));
  });

  serve(app, ACCOUNT_OPERATIONS.revokeSession, async ({ params }, request) =>
    orFail(await endSession(ctx, sessionOf(request).account_id, params.id)),
  );

  serve(app, ACCOUNT_OPERATIONS.revokeOtherSessions, async (_, request) => {
    const { account_id, id } = sessionOf(request);
    return endOtherSessions(ctx, account_id, id);
  });
}

/** Serves the second factor of whoever is signed in. */
async function factorRoutes(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.enrolFactor, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    return reply.code(201).send(orFail(await enrolFactor(ctx, account_id, body.password, clientInfoOf(request))));
  });

  serve(app, ACCOUNT_OPERATIONS.confirmFactor, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    const confirmed = orFail(await confirmFactor(ctx, account_id, body.code, clientInfoOf(request)));
    setSessionCookie(request, reply, publicUrl, confirmed.begun.secret);
    return { recovery_codes: confirmed.recovery_codes };
  });

  serve(app, ACCOUNT_OPERATIONS.removeFactor, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    const { secret, session } = orFail(await removeFactor(ctx, account_id, body, clientInfoOf(request)));
    setSessionCookie(request, reply, publicUrl, secret);
    return signedIn(db, session);
  });
}

/** Serves what people do with their own account. */
export async function accountRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  await app.register(signInRoute, options);
  await app.register(signOnRoutes, options);
  await app.register(passkeySignInRoutes, options);
  await app.register(linkRoutes, options);
  await app.register(async (own) => {
    guard(own, requireSession(options));
    await own.register(sessionRoutes, options);
    await own.register(factorRoutes, options);
    await own.register(signOnLinkRoute, options);
    await own.register(passkeyRoutes, options);
  });
}
