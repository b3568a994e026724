import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { endSessions } from './sessions.store.ts';

/** Ends one session of an account. */
export async function endSession(ctx: Context, account_id: string, id: string): Promise<{ ended: number } | Refusal> {
  const ended = await endSessions(ctx.store.db, account_id, ctx.now(), { only: id });
  return ended === 0 ? refuse('not_found', { detail: `session ${id} not found` }) : { ended };
}

/** Ends all sessions of an account but one. */
export const endOtherSessions = async (ctx: Context, account_id: string, but: string): Promise<{ ended: number }> => ({
  ended: await endSessions(ctx.store.db, account_id, ctx.now(), { except: but }),
});
