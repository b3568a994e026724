import { CSV, EXCEL } from '@opentopup/contract/media-types';
import { isOpenTopups, readAnswer, type SuccessAnswer } from './answers.ts';
import { AnswerError, AuthenticationError, TravelB2BError, UnreadableAnswerError, UsageError } from './errors.ts';
import type { Exchange, Outgoing } from './exchange.ts';
import type { CallOptions, ConnectionOptions } from './options.ts';
import { backoff_ms, LONGEST_RETRY_AFTER_MS, pause } from './pause.ts';
import type { Token } from './token-source.ts';

/** Where tokens come from. */
export interface Authority {
  token: (signal: AbortSignal | undefined) => Promise<Token>;
  forget: (token: Token) => void;
}

const RETRIES = 3;

/** Any operation's input. */
export interface AnyInput {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** One call, by its route. */
export interface Call extends AnyInput, CallOptions {
  operation: string;
  /** Method and path, as the contract has them. */
  route: string;
  headers?: Record<string, string>;
  /** Needs no token. */
  isPublic?: boolean;
}

/** Gives a base without its last slash. */
export function baseOf(url: string): string {
  if (!URL.canParse(url)) throw new UsageError(`not an address: ${url}`);
  return url.replace(/\/+$/, '');
}

function address(base: string, path: string, { params = {}, query = {} }: AnyInput): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return `${base}${filled}${search && `?${search}`}`;
}

/** Calls operations below one base: with a token, which it renews, and again where that is safe. */
export class OperationCaller {
  readonly #exchange: Exchange;
  readonly #base: string;
  readonly #authority: Authority | null;
  readonly retries: number;
  /** True once the server has shown to be an OpenTopup, which keeps Idempotency-Keys. */
  isOpenTopup = false;

  /** @param authority null where no token is needed: a browser proves by itself who calls */
  constructor(exchange: Exchange, options: ConnectionOptions, authority: Authority | null) {
    this.#exchange = exchange;
    this.#base = baseOf(options.baseUrl);
    this.#authority = authority;
    this.retries = options.retries ?? RETRIES;
  }

  /**
   * Calls an operation that sells nothing. What only reads or sets is repeated whenever that may help; what adds
   * something, only where nothing was done.
   */
  answer(call: Call): Promise<SuccessAnswer> {
    return this.#repeat(call, (attempt) => this.once(call, attempt));
  }

  /** The answer's body as it comes in. The time limit holds until it begins. */
  stream(call: Call, accept: string): Promise<ReadableStream<Uint8Array>> {
    const read = async (response: Response): Promise<ReadableStream<Uint8Array>> => {
      if (response.ok && response.body) return response.body;
      await readAnswer(response, call.route);
      throw new UnreadableAnswerError(`${call.route} was answered without a body`, false);
    };
    const withAccept = { ...call, headers: { ...call.headers, Accept: accept } };
    return this.#repeat(call, (attempt) => this.#authorised(withAccept, attempt, read));
  }

  /** One try, with a token that counts. */
  once(call: Call, attempt: number): Promise<SuccessAnswer> {
    const look = (body: unknown): void => {
      this.isOpenTopup ||= isOpenTopups(body);
    };
    return this.#authorised(call, attempt, (response) => readAnswer(response, call.route, look));
  }

  async #repeat<T>({ route, signal }: Call, attemptOnce: (attempt: number) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await attemptOnce(attempt);
      } catch (error) {
        if (!(error instanceof TravelB2BError) || !error.transient || attempt >= this.retries) throw error;
        if (route.startsWith('POST ') && !error.nothingDone) throw error;
        const wait_ms = waitAfter(error, attempt);
        if (wait_ms > LONGEST_RETRY_AFTER_MS) throw error;
        await pause(wait_ms, signal);
      }
    }
  }

  /** Sends with a token; once more with a new one where the server does not take the one that was kept. */
  async #authorised<T>(call: Call, attempt: number, read: (response: Response) => Promise<T>): Promise<T> {
    const authority = this.#authority;
    if (call.isPublic || !authority) return this.#exchange.send(this.#outgoing(call, attempt), read);
    for (let renewed = false; ; renewed = true) {
      const asked_ms = performance.now();
      const token = await authority.token(call.signal);
      try {
        return await this.#exchange.send(this.#outgoing(call, attempt, token), read);
      } catch (error) {
        if (!(error instanceof AuthenticationError) || error.status !== 401) throw error;
        authority.forget(token);
        // Code 42: expired. Any other no to a token that was got long ago may mean the same.
        const isNew = token.issuedAt_ms >= asked_ms;
        if (renewed || (isNew && error.code !== 42)) throw error;
      }
    }
  }

  #outgoing(call: Call, attempt: number, token?: Token): Outgoing {
    const [method = '', path = ''] = call.route.split(' ');
    const { body, operation, signal } = call;
    const sent = body === undefined ? null : sentAs(body);
    return {
      operation,
      method,
      path,
      attempt,
      signal,
      url: address(this.#base, path, call),
      headers: {
        Accept: 'application/json',
        ...(token && { Authorization: `Bearer ${token.value}` }),
        ...(sent && { 'Content-Type': sent.type }),
        ...call.headers,
      },
      ...(sent && { body: sent.body }),
    };
  }
}

/** Turns a body into what is sent. The server finds out what a file is: browsers call both kinds alike. */
function sentAs(body: unknown): { type: string; body: string | Uint8Array<ArrayBuffer> } {
  if (typeof body === 'string') return { type: CSV, body };
  if (body instanceof Uint8Array) return { type: EXCEL, body: body as Uint8Array<ArrayBuffer> };
  return { type: 'application/json', body: JSON.stringify(body) };
}

/** Tells how long to wait before trying again after this error, in milliseconds. */
export const waitAfter = (error: TravelB2BError, attempt: number): number =>
  backoff_ms(attempt, error instanceof AnswerError ? error.retryAfter_ms : undefined);
