import { createHash } from 'node:crypto';
import Type from 'typebox';
import { Value } from 'typebox/value';
import { sendJson } from '../http-transport.ts';
import type { ReloadlyAccount } from './settings.ts';

const TokenAnswer = Type.Object({ access_token: Type.String({ minLength: 1 }), expires_in: Type.Number() });
const Refusal = Type.Object({ message: Type.String() });

/** So long before its end a token is not used any more, or a quarter of its life where that is shorter. */
const RENEW_BEFORE_S = 300;
/** Nobody's own deadline ends what others wait for too. */
const TIMEOUT_MS = 20_000;
/** Accounts whose tokens are kept. */
const MOST_ACCOUNTS = 1_000;

/** A token, or why there is none. */
type Token = { token: string } | { token: null; why: string };
type MadeToken = { token: string; life_s: number } | { token: null; why: string };

/** The tokens of all accounts. */
export interface AccountTokens {
  /** Gives the token of an account, and makes one where there is none; all who ask meanwhile share it. */
  get: (account: ReloadlyAccount, signal: AbortSignal) => Promise<Token>;
  /** Forgets a token that is not accepted any more, unless there is another one by now. */
  forget: (account: ReloadlyAccount, token: string) => void;
}

interface Kept {
  made: Promise<Token>;
  token: string | null;
  until_ms: number;
}

const keyOf = (account: ReloadlyAccount): string => createHash('sha256').update(JSON.stringify(account)).digest('hex');

async function makeToken({ base_url, auth_url, client_id, client_secret }: ReloadlyAccount): Promise<MadeToken> {
  const body = { client_id, client_secret, grant_type: 'client_credentials', audience: base_url };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const sent = await sendJson(`${auth_url}/oauth/token`, { method: 'POST', body, signal });
  if (sent.sent !== 'answered') return { token: null, why: sent.why };
  if (sent.status === 200 && Value.Check(TokenAnswer, sent.body)) {
    const { access_token: token, expires_in } = sent.body;
    return { token, life_s: expires_in - Math.min(RENEW_BEFORE_S, expires_in / 4) };
  }
  const said = Value.Check(Refusal, sent.body) ? sent.body.message : `it was answered ${sent.status}`;
  return { token: null, why: `it gives us no token: ${said}` };
}

/** Gives what comes first: what is waited for, or that nobody waits any more. */
async function unlessAborted(token: Promise<Token>, signal: AbortSignal): Promise<Token> {
  const { promise: givenUp, resolve } = Promise.withResolvers<Token>();
  const giveUp = (): void => resolve({ token: null, why: 'it was given up before' });
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([givenUp, token]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Keeps one token for each account, in memory: a process that has none makes one. */
export function createAccountTokens(): AccountTokens {
  const byAccount = new Map<string, Kept>();

  function begin(account: ReloadlyAccount, key: string): Kept {
    if (byAccount.size >= MOST_ACCOUNTS) byAccount.clear();
    const made = makeToken(account).then((token) => {
      if (token.token === null) byAccount.delete(key);
      else Object.assign(kept, { token: token.token, until_ms: performance.now() + token.life_s * 1_000 });
      return token;
    });
    const kept: Kept = { made, token: null, until_ms: Number.POSITIVE_INFINITY };
    byAccount.set(key, kept);
    return kept;
  }

  return {
    get(account, signal) {
      const key = keyOf(account);
      const known = byAccount.get(key);
      const { made } = known && performance.now() < known.until_ms ? known : begin(account, key);
      return unlessAborted(made, signal);
    },
    forget(account, token) {
      const key = keyOf(account);
      if (byAccount.get(key)?.token === token) byAccount.delete(key);
    },
  };
}
