import { ACCOUNT_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { signedIn, wireSession } from '../accounts/accounts.wire.ts';
import { sessionOf } from '../auth.ts';
import { changePassword } from './change-password.ts';
import { endOtherSessions, endSession } from './end-sessions.ts';
import { setSessionCookie } from './session-cookie.ts';
import { IDLE_MS, LIFE_MS } from './session-life.rules.ts';
import { listSessions } from './sessions.query.ts';
import { visitorOf } from './visitor.ts';

/** Who is signed in, and where else. */
export async function sessionRoutes(app: FastifyInstance, { ctx, db, publicUrl }: AppOptions): Promise<void> {
  serve(app, ACCOUNT_OPERATIONS.getSession, async (_, request) => signedIn(db, sessionOf(request)));

  serve(app, ACCOUNT_OPERATIONS.signOut, async (_, request, reply) => {
    const { account_id, id } = sessionOf(request);
    setSessionCookie(request, reply, publicUrl, null);
    return orFail(await endSession(ctx, account_id, id));
  });

  serve(app, ACCOUNT_OPERATIONS.changePassword, async ({ body }, request, reply) => {
    const { account_id } = sessionOf(request);
    const { secret, session } = orFail(await changePassword(ctx, account_id, body, visitorOf(request)));
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
