import { type Refusal, refuse } from '@opentopup/contract';
import { endSessions } from '../store/sessions.ts';
import type { Flow } from './flow.ts';

/** Ends one session of an account. */
export async function endSession(flow: Flow, account_id: string, id: string): Promise<{ ended: number } | Refusal> {
  const ended = await endSessions(flow.store.db, account_id, flow.now(), { only: id });
  return ended === 0 ? refuse('not_found', { detail: `session ${id} not found` }) : { ended };
}

/** Ends all sessions of an account but one. */
export const endOtherSessions = async (flow: Flow, account_id: string, but: string): Promise<{ ended: number }> => ({
  ended: await endSessions(flow.store.db, account_id, flow.now(), { except: but }),
});
