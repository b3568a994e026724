import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import { networkOf } from '../../values/network.ts';
import { newClientSecret, secretDigest } from '../credentials/client-secret.ts';
import { isOver } from './session-life.rules.ts';
import { findSession, type SessionRow } from './sessions.query.ts';
import { addSession, endSessions, noteSeen } from './sessions.store.ts';

/** Where somebody calls from. */
export interface ClientInfo {
  /** Its IP address. */
  address: string;
  /** What its browser calls itself. */
  agent: string;
}

/** A session that has just begun; its secret is told only once. */
export interface BegunSession {
  secret: string;
  session: { id: string; account_id: string; created_at: Date };
}

/** Begins a session of an account. */
export async function beginSession(
  tx: Query,
  account_id: string,
  { address, agent }: ClientInfo,
  at: Date,
): Promise<BegunSession> {
  const secret = newClientSecret();
  const id = newId();
  await addSession(tx, {
    id,
    account_id,
    secret_sha256: secretDigest(secret),
    address: networkOf(address),
    agent,
    at,
  });
  return { secret, session: { id, account_id, created_at: at } };
}

/** Ends all sessions of an account, and begins a new one for whoever proved just now to be its owner. */
export async function renewSession(
  tx: Query,
  account_id: string,
  clientInfo: ClientInfo,
  at: Date,
): Promise<BegunSession> {
  await endSessions(tx, account_id, at);
  return beginSession(tx, account_id, clientInfo, at);
}

/** How exactly it is kept when a session was last seen. */
const SEEN_EVERY_MS = 60_000;

/**
 * Finds the session with this secret.
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
