import { createHash } from 'node:crypto';
import { type Refusal, refuse } from '@opentopup/contract';
import { networkOf } from '../domain/network.ts';
import { countAttempts, forgetAttempts, uncountAttempts } from '../store/attempts.ts';
import { hasSignedInFrom } from '../store/queries/sessions.ts';
import type { Flow } from './flow.ts';

/** For so long attempts are remembered, from the first one on. */
const WINDOW_MS = 15 * 60_000;
/** Wrong passwords and codes within that time: for one account from one address, from one address, for one account. */
const OF_BOTH = 5;
const FROM_ADDRESS = 50;
const AT_ACCOUNT = 20;

/** What is counted; a digest, so that addresses of people who have no account here are not kept. */
const keyOf = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('base64url');

const tooMany = (): Refusal => refuse('too_many_requests', { retry_after_s: WINDOW_MS / 1_000 });

/** An attempt at a password that may be made. */
export interface Attempt {
  /** All was right: it is not counted, nor are the wrong ones made before from there. */
  forget: () => Promise<void>;
  /** It was not wrong, but not enough: it is not counted, and wrong ones made before still are. */
  excuse: () => Promise<void>;
}

/**
 * Counts an attempt at the password or code of an account, before it is made. Whoever guesses is stopped where it calls
 * from; if it calls from many places, the account is closed to all places from which it was not used before. So its owner
 * is hardly kept out.
 * @param email whether there is an account with it or not
 */
export async function admitAttempt(flow: Flow, email: string, address: string): Promise<Attempt | Refusal> {
  const { db } = flow.store;
  const network = networkOf(address);
  const [both, place, account] = [keyOf('both', email, network), keyOf('address', network), keyOf('account', email)];
  const counts = await countAttempts(db, [both, place], WINDOW_MS, flow.now());
  if ((counts.get(both) ?? 0) > OF_BOTH || (counts.get(place) ?? 0) > FROM_ADDRESS) return tooMany();
  const atAccount = await countAttempts(db, [account], WINDOW_MS, flow.now());
  if ((atAccount.get(account) ?? 0) > AT_ACCOUNT && !(await hasSignedInFrom(db, email, network))) return tooMany();
  return {
    forget: async () => {
      await forgetAttempts(db, [both]);
      await uncountAttempts(db, [place, account]);
    },
    excuse: () => uncountAttempts(db, [both, place, account]),
  };
}

/** Opens an account again that was closed because of wrong attempts: its owner has proven itself otherwise. */
export const openAccount = (flow: Flow, email: string): Promise<void> =>
  forgetAttempts(flow.store.db, [keyOf('account', email)]);

/**
 * Counts a request that costs us something, or bothers somebody.
 * @param what it asks for; `most` of each kind are served within a quarter of an hour
 */
export async function admitRequest(flow: Flow, what: string[], most: number): Promise<Refusal | null> {
  const key = keyOf(...what);
  const counts = await countAttempts(flow.store.db, [key], WINDOW_MS, flow.now());
  return (counts.get(key) ?? 0) > most ? tooMany() : null;
}
