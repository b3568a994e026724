import { Value } from 'typebox/value';
import { type Sent, sendJson } from '../http-transport.ts';
import type { RecordCall } from '../recorded-call.ts';
import { RefusedAnswer } from './answers.ts';
import type { ReloadlyAccount } from './settings.ts';
import { createAccountTokens } from './tokens.ts';

const ACCEPT = 'application/com.reloadly.topups-v1+json';

interface Call {
  signal: AbortSignal;
  record?: RecordCall | undefined;
}

/** Its API, with the tokens that it wants. */
export interface ReloadlyApi {
  /** Asks something that changes nothing: with a new token where it does not accept the one that we have. */
  ask: (account: ReloadlyAccount, path: string, call: Call) => Promise<Sent>;
  /** Orders something, once. Where it does not accept our token the order is refused, and the next one has a new token. */
  order: (account: ReloadlyAccount, path: string, body: object, call: Call) => Promise<Sent>;
}

/** Its words for a token that is none, or none any more. Nothing was done then. */
const TOKEN_REFUSALS: ReadonlySet<string> = new Set(['TOKEN_EXPIRED', 'INVALID_TOKEN', 'MISSING_TOKEN']);

const isTokenRefused = (sent: Sent): boolean =>
  sent.sent === 'answered' &&
  sent.status === 401 &&
  Value.Check(RefusedAnswer, sent.body) &&
  TOKEN_REFUSALS.has(sent.body.errorCode ?? '');

export function createApi(): ReloadlyApi {
  const tokens = createAccountTokens();

  async function send(account: ReloadlyAccount, path: string, call: Call & { body?: object }): Promise<Sent> {
    const made = await tokens.get(account, call.signal);
    if (made.token === null) return { sent: 'never', why: made.why };
    const headers = { accept: ACCEPT, authorization: `Bearer ${made.token}` };
    const method = call.body ? 'POST' : 'GET';
    const sent = await sendJson(account.base_url + path, { ...call, method, headers });
    if (isTokenRefused(sent)) tokens.forget(account, made.token);
    return sent;
  }

  return {
    async ask(account, path, call) {
      const sent = await send(account, path, call);
      return isTokenRefused(sent) ? send(account, path, call) : sent;
    },
    order: (account, path, body, call) => send(account, path, { ...call, body }),
  };
}
