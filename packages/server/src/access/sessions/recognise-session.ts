import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { isOver } from './session-life.rules.ts';
import { findSession, type SessionRow } from './sessions.query.ts';
import { noteSeen } from './sessions.store.ts';

/** So exactly it is kept when a session was last seen. */
const SEEN_EVERY_MS = 60_000;

/**
 * The session with this secret.
 * @param isUsed somebody is there, so that it lives on from now
 */
export async function recogniseSession(ctx: Context, secret: string, isUsed: boolean): Promise<SessionRow | Refusal> {
  const { db } = ctx.store;
  const now = ctx.now();
  const session = await findSession(db, secretDigest(secret));
  if (!session) return refuse('invalid_credentials');
  if (isOver(session, now)) return refuse('expired_credentials');
  if (isUsed && now.getTime() - session.seen_at.getTime() > SEEN_EVERY_MS) await noteSeen(db, session.id, now);
  return session;
}
