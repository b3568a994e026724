import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import { networkOf } from '../../values/network.ts';
import { newClientSecret, secretDigest } from '../credentials/client-secret.ts';
import { addSession } from './sessions.store.ts';

/** Where somebody calls from. */
export interface Visitor {
  /** Its IP address. */
  address: string;
  /** What its browser calls itself. */
  agent: string;
}

/** A session that has just begun; its secret is told this once. */
export interface BegunSession {
  secret: string;
  session: { id: string; account_id: string; created_at: Date };
}

/** Begins a session of an account. */
export async function beginSession(
  tx: Query,
  account_id: string,
  { address, agent }: Visitor,
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
