import { createHash } from 'node:crypto';
import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { networkOf } from '../values/network.ts';
import { countAttempts, forgetAttempts, uncountAttempts } from './attempts.store.ts';
import { hasSignedInFrom } from './sessions/sessions.query.ts';

/** How long attempts are remembered, from the first one on. */
const WINDOW_MS = 15 * 60_000;
/** Wrong ones within that time: at one account from one address, from one address, at one account. */
const OF_BOTH = 5;
const FROM_ADDRESS = 50;
const AT_ACCOUNT = 20;

/** What is guessed. Each is counted for itself: a right password forgives no wrong code. */
type Guessed = 'password' | 'code';

/**
 * Builds the key under which something is counted; a digest, so that addresses of people who have no account here are
 * not kept.
 */
const keyOf = (...parts: string[]): string => createHash('sha256').update(parts.join('\0')).digest('base64url');

const tooMany = (): Refusal => refuse('too_many_requests', { retry_after_s: WINDOW_MS / 1_000 });

/** An attempt that may be made. */
export interface AdmittedAttempt {
  /** The accounts at which it may be made. */
  open: ReadonlySet<string>;
  /** All was right at this account: the attempt is not counted there, nor are the wrong ones made before from there. */
  forget: (account: string) => Promise<void>;
  /** It was right at this account, but not enough: it is not counted there, and wrong ones made before still are. */
  excuse: (account: string) => Promise<void>;
}

/**
 * Counts an attempt at the password or code of accounts, before it is made. Whoever guesses is stopped where it calls from;
 * if it calls from many places, the account is closed to all places from which it was not used before. So its owner is
 * hardly kept out. Each account is counted for itself, so that what somebody does at one of its own tells nothing of
 * another one with the same address, and forgives nothing there.
 * @param accounts their ids; what was given as an address, where there is no account with it
 */
export async function admitAttempt(
  ctx: Context,
  guessed: Guessed,
  accounts: readonly string[],
  address: string,
): Promise<AdmittedAttempt | Refusal> {
  const { db } = ctx.store;
  const network = networkOf(address);
  const place = keyOf('address', guessed, network);
  const bothOf = (account: string): string => keyOf('both', guessed, account, network);
  const counts = await countAttempts(db, [place, ...accounts.map(bothOf)], WINDOW_MS, ctx.now());
  const hereOpen = accounts.filter((account) => (counts.get(bothOf(account)) ?? 0) <= OF_BOTH);
  if ((counts.get(place) ?? 0) > FROM_ADDRESS || hereOpen.length === 0) return tooMany();

  const everywhere = await countAttempts(
    db,
    hereOpen.map((each) => atAccount(guessed, each)),
    WINDOW_MS,
    ctx.now(),
  );
  const isOpen = async (account: string): Promise<boolean> =>
    (everywhere.get(atAccount(guessed, account)) ?? 0) <= AT_ACCOUNT || hasSignedInFrom(db, account, network);
  const open = new Set<string>();
  for (const account of hereOpen) if (await isOpen(account)) open.add(account);
  if (open.size === 0) return tooMany();
  return {
    open,
    forget: async (account) => {
      await forgetAttempts(db, [bothOf(account)]);
      await uncountAttempts(db, [place, atAccount(guessed, account)]);
    },
    excuse: (account) => uncountAttempts(db, [place, bothOf(account), atAccount(guessed, account)]),
  };
}

const atAccount = (guessed: Guessed, account: string): string => keyOf('account', guessed, account);

/** Opens an account again that was closed because of wrong passwords: its owner has proven itself otherwise. */
export const openAccount = (ctx: Context, account: string): Promise<void> =>
  forgetAttempts(ctx.store.db, [atAccount('password', account)]);

/** Counts a request, and tells whether more than `most` of its kind came within a quarter of an hour. */
export async function isTooOften(ctx: Context, what: string[], most: number): Promise<boolean> {
  const key = keyOf(...what);
  const counts = await countAttempts(ctx.store.db, [key], WINDOW_MS, ctx.now());
  return (counts.get(key) ?? 0) > most;
}

/**
 * Counts a request that costs us something, or bothers somebody.
 * @param what it asks for; `most` of each kind are served within a quarter of an hour
 */
export const admitRequest = async (ctx: Context, what: string[], most: number): Promise<Refusal | null> =>
  (await isTooOften(ctx, what, most)) ? tooMany() : null;
