import { setTimeout as sleep } from 'node:timers/promises';

/** A request as it was sent. */
export interface SentRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

/** An answer, whatever it says. */
export interface Seen {
  asked: SentRequest;
  status: number;
  headers: Headers;
  text: string;
  /** Undefined where the text is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: what a stranger answers.
  body: any;
}

/** What is asked beside method and path. */
export interface Wish {
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is when it is text. */
  body?: unknown;
  /** Null: none is sent. Absent: the one that counts. */
  token?: string | null;
}

export interface GuestOptions {
  /** Of the wire, without a slash at its end. */
  baseUrl: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  signal: AbortSignal;
}

/** No answer came in time, or none that is whole. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly asked: SentRequest;

  constructor(asked: SentRequest, cause: unknown) {
    super('no answer', { cause });
    this.asked = asked;
  }
}

/** A run has asked as often as it may. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
}

const PATIENCE_MS = 20_000;
/** Requests of one run, and bytes of one answer. */
const MOST_CALLS = 400;
const LONGEST_ANSWER = 8_000_000;
/** How long is waited where the server says that it was asked too often, and does not say how long. */
const TOO_MANY_S = 10;
const LONGEST_WAIT_S = 65;

async function textOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > LONGEST_ANSWER) throw new Error(`an answer of more than ${LONGEST_ANSWER} characters`);
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One client of a server that is looked at: one request after the other, each within a time, not more than some. */
export class Guest {
  readonly options: GuestOptions;
  /** The last answer or the last request without one, for who tells of it. */
  last: Seen | SentRequest | null = null;
  calls = 0;
  #token: string | null = null;

  constructor(options: GuestOptions) {
    this.options = options;
  }

  /** Asks for a token, with another secret or its own; null: without any. Again where it was asked too often. */
  async askToken(secret: string | null = this.options.clientSecret): Promise<Seen> {
    const seen = await this.askTokenOnce(secret);
    if (seen.status !== 429) return seen;
    await this.#wait(seen);
    return this.askTokenOnce(secret);
  }

  askTokenOnce(secret: string | null = this.options.clientSecret): Promise<Seen> {
    const { tokenUrl, clientId } = this.options;
    const encoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
    const basic = Buffer.from(`${encoded(clientId)}:${encoded(secret ?? '')}`).toString('base64');
    return this.#exchange({
      method: 'POST',
      url: tokenUrl,
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(secret !== null && { Authorization: `Basic ${basic}` }),
      },
      body: 'grant_type=client_credentials',
    });
  }

  /** Sends a request below the base of the wire; again where its token has ended or it was asked too often. */
  async send(method: string, path: string, wish: Wish = {}): Promise<Seen> {
    for (let attempt = 0; ; attempt++) {
      const token = wish.token === undefined ? await this.#ownToken() : wish.token;
      const seen = await this.#exchange(this.#asked(method, path, wish, token));
      if (attempt > 0 || wish.token !== undefined) return seen;
      if (seen.status === 401 && seen.body?.code === 42) this.#token = null;
      else if (seen.status === 429) await this.#wait(seen);
      else return seen;
    }
  }

  /** False once it was seen to give no token. */
  get isLetIn(): boolean {
    return this.#token !== '';
  }

  get(path: string, wish: Wish = {}): Promise<Seen> {
    return this.send('GET', path, wish);
  }

  async #ownToken(): Promise<string> {
    if (this.#token !== null) return this.#token;
    const seen = await this.askToken();
    this.#token = typeof seen.body?.access_token === 'string' ? seen.body.access_token : '';
    return this.#token ?? '';
  }

  #asked(method: string, path: string, { headers, body }: Wish, token: string | null): SentRequest {
    const sent = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return {
      method,
      url: this.options.baseUrl + path,
      headers: {
        Accept: 'application/json',
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(sent !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    };
  }

  async #wait({ headers }: Seen): Promise<void> {
    const told_s = Number(headers.get('retry-after'));
    await sleep(1_000 * Math.min(told_s > 0 ? told_s : TOO_MANY_S, LONGEST_WAIT_S), undefined, this.options);
  }

  async #exchange(asked: SentRequest): Promise<Seen> {
    const { signal } = this.options;
    signal.throwIfAborted();
    if (this.calls >= MOST_CALLS) throw new BudgetSpent();
    this.calls++;
    this.last = asked;
    try {
      const response = await fetch(asked.url, {
        method: asked.method,
        headers: asked.headers,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
        ...(asked.body !== undefined && { body: asked.body }),
      });
      const text = await textOf(response);
      const { status, headers } = response;
      const seen: Seen = { asked, status, headers, text, body: parsed(text) };
      this.last = seen;
      return seen;
    } catch (error) {
      signal.throwIfAborted();
      throw new NoAnswer(asked, error);
    }
  }
}
