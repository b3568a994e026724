import { readAnswer, type SuccessAnswer } from './answers.ts';
import { AnswerError, TravelB2BError, UnreadableAnswerError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { LONGEST_RETRY_AFTER_MS, pause, share } from './pause.ts';

/** A token, and when to get the next one; by the clock of `performance.now()`. */
export interface Token {
  value: string;
  issuedAt_ms: number;
  renewAt_ms: number;
  endsAt_ms: number;
}

export interface Credentials {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
}

/** A token is renewed this long before its end, or in the last tenth of its life where that is shorter. */
const EARLY_MS = 60_000;

/** How long to wait after 429 where the server does not say: its limit counts a whole minute. Doubles each time. */
const TOO_MANY_MS = 5_000;

const ROUTE = 'POST /oauth/v3/token';

/** One part of HTTP Basic credentials (RFC 6749, 2.3.1). */
const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

function tokenOf({ body }: SuccessAnswer, asked_ms: number): Token {
  const issuedAt_ms = performance.now();
  const { access_token, expires_in } = (body ?? {}) as Record<string, unknown>;
  if (typeof access_token !== 'string' || access_token === '') {
    throw new UnreadableAnswerError(`${ROUTE} was answered without an access_token`, true);
  }
  const life_ms = Number(expires_in) * 1_000;
  // Without a lifetime, the server's word that it has expired is the only one.
  const endsAt_ms = life_ms > 0 ? asked_ms + life_ms : Infinity;
  const renewAt_ms = endsAt_ms - Math.min(EARLY_MS, life_ms / 10);
  return { value: access_token, issuedAt_ms, endsAt_ms, renewAt_ms: life_ms > 0 ? renewAt_ms : Infinity };
}

/** The distributor's token: kept while it lasts, renewed once for all who wait. */
export class TokenSource {
  readonly #exchange: Exchange;
  readonly #credentials: Credentials;
  #token: Token | null = null;
  #renewal: Promise<Token> | null = null;
  /** How often in a row it was one request too many, and until when nobody asks again. */
  #refusals = 0;
  #notBefore_ms = 0;

  constructor(exchange: Exchange, credentials: Credentials) {
    this.#exchange = exchange;
    this.#credentials = credentials;
  }

  /** A token that counts, as far as is known here. */
  async token(signal: AbortSignal | undefined): Promise<Token> {
    const known = this.#token;
    const now_ms = performance.now();
    if (known && now_ms < known.renewAt_ms) return known;
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = null;
    });
    try {
      return await share(this.#renewal, signal);
    } catch (error) {
      // An old token that still counts is better than none.
      if (known && this.#token === known && now_ms < known.endsAt_ms && !signal?.aborted) return known;
      throw error instanceof TravelB2BError ? error.copy() : error;
    }
  }

  /** The server does not take this token any more. */
  forget(token: Token): void {
    if (this.#token === token) this.#token = null;
  }

  /** One try; whoever needs the token tries again as often as it would anyhow. */
  async #renew(): Promise<Token> {
    await pause(Math.max(0, this.#notBefore_ms - performance.now()), undefined);
    const asked_ms = performance.now();
    try {
      this.#token = tokenOf(await this.#ask(), asked_ms);
      this.#refusals = 0;
      return this.#token;
    } catch (error) {
      // Whatever needed the token was not sent.
      if (error instanceof TravelB2BError) error.nothingDone = true;
      if (error instanceof AnswerError && error.status === 429) {
        const { retryAfter_ms = TOO_MANY_MS * 2 ** this.#refusals } = error;
        this.#refusals++;
        this.#notBefore_ms = performance.now() + Math.min(retryAfter_ms, LONGEST_RETRY_AFTER_MS);
      }
      throw error;
    }
  }

  #ask(): Promise<SuccessAnswer> {
    const { tokenUrl, clientId, clientSecret } = this.#credentials;
    const basic = btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`);
    return this.#exchange.send(
      {
        operation: 'createToken',
        method: 'POST',
        path: '/oauth/v3/token',
        attempt: this.#refusals,
        url: tokenUrl,
        headers: {
          Accept: 'application/json',
          Authorization: `Basic ${basic}`,
          'Content-Type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
      },
      (response) => readAnswer(response, ROUTE),
    );
  }
}
