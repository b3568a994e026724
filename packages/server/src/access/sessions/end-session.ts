import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { findSignOut } from './sessions.query.ts';
import { endSessions } from './sessions.store.ts';

export const signOutSealedFor = (session_id: string): string => `sign out ${session_id}`;

/** Ends one session of an account. */
export async function endSession(ctx: Context, account_id: string, id: string): Promise<{ ended: number } | Refusal> {
  const ended = await endSessions(ctx.store.db, account_id, ctx.now(), { only: id });
  return ended === 0 ? refuse('not_found', { detail: `session ${id} not found` }) : { ended };
}

/**
 * Ends the session of whoever signs out, and says where to sign out at the provider at which it began. Who signs out twice at
 * the same moment is signed out.
 */
export async function signOut(
  ctx: Context,
  account_id: string,
  id: string,
): Promise<{ ended: number; sign_out_url?: string }> {
  const { db } = ctx.store;
  const sealed = await findSignOut(db, id);
  const ended = await endSessions(db, account_id, ctx.now(), { only: id });
  return { ended, ...(sealed !== null && ctx.seal && { sign_out_url: ctx.seal.open(sealed, signOutSealedFor(id)) }) };
}

/** Ends all sessions of an account but one. */
export const endOtherSessions = async (ctx: Context, account_id: string, but: string): Promise<{ ended: number }> => ({
  ended: await endSessions(ctx.store.db, account_id, ctx.now(), { except: but }),
});
