import type { Query } from '../../database/database.ts';
import { type BegunSession, beginSession, type Visitor } from './begin-session.ts';
import { endSessions } from './sessions.store.ts';

/** Ends all sessions of an account, and begins a new one for whoever proved just now to be its owner. */
export async function renewSession(tx: Query, account_id: string, visitor: Visitor, at: Date): Promise<BegunSession> {
  await endSessions(tx, account_id, at);
  return beginSession(tx, account_id, visitor, at);
}
