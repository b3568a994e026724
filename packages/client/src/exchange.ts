import { ConnectionError, TimeoutError, TravelB2BError, UsageError } from './errors.ts';
import { neverSent } from './never-sent.ts';
import type { CallOptions, ConnectionOptions, RequestEvent, ResponseEvent } from './options.ts';
import { aborted } from './pause.ts';

const TIMEOUT_MS = 30_000;

/** One request, ready to be sent. */
export interface Outgoing extends CallOptions, RequestEvent {
  url: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** Sends one request and reads its answer, once. What comes back is an answer, whatever it says. */
export class Exchange {
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /**
   * @param read what to make of the answer; the time limit holds until it is done
   * @throws ConnectionError, TimeoutError, AbortedError, UsageError
   */
  async send<T>(outgoing: Outgoing, read: (response: Response) => Promise<T>): Promise<T> {
    const { operation, method, path, attempt, signal } = outgoing;
    if (signal?.aborted) throw aborted(signal);
    const event: RequestEvent = { operation, method, path, attempt };
    const headers = await this.#headers(outgoing, event);
    const begin = performance.now();
    const end: Partial<ResponseEvent> = {};
    // Of its own for each request: what hangs on a signal that lives longer (AbortSignal.any) hangs there too long.
    const ending = new AbortController();
    const abort = (): void => ending.abort();
    const timeout_ms = this.#options.timeout_ms ?? TIMEOUT_MS;
    const timer = setTimeout(abort, timeout_ms);
    // A body that is handed on as it comes in still ends with the signal.
    let isOver = true;
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const response = await (this.#options.fetch ?? fetch)(outgoing.url, {
        method,
        headers,
        // A redirected order would be a second one, or none.
        redirect: 'manual',
        signal: ending.signal,
        ...(outgoing.body !== undefined && { body: outgoing.body }),
      });
      end.status = response.status;
      const requestId = response.headers.get('x-request-id');
      if (requestId !== null) end.requestId = requestId;
      const made = await read(response);
      isOver = !(made instanceof ReadableStream);
      return made;
    } catch (error) {
      // What `read` throws about a whole answer is its own.
      if (error instanceof TravelB2BError) throw error;
      const where = `${method} ${path}`;
      if (signal?.aborted) end.error = aborted(signal, false);
      else if (ending.signal.aborted) {
        end.error = new TimeoutError(`${where}: no answer within ${timeout_ms} ms`, false, error);
      } else {
        const unsent = end.status === undefined && neverSent(error);
        const what = unsent ? 'could not be sent' : 'was sent, as far as is known, and has no whole answer';
        end.error = new ConnectionError(`${where} ${what}`, unsent, error);
      }
      throw end.error;
    } finally {
      clearTimeout(timer);
      if (isOver) signal?.removeEventListener('abort', abort);
      this.#report({ ...event, ...end, duration_ms: performance.now() - begin });
    }
  }

  async #headers({ headers, signal }: Outgoing, event: RequestEvent): Promise<Headers> {
    const all = new Headers(headers);
    try {
      const added = await this.#options.onRequest?.(event);
      if (added) for (const [name, value] of Object.entries(added)) all.set(name, value);
    } catch (error) {
      throw new UsageError('onRequest failed, so nothing was sent', true, error);
    }
    if (signal?.aborted) throw aborted(signal);
    return all;
  }

  #report(event: ResponseEvent): void {
    try {
      this.#options.onResponse?.(event);
    } catch {
      // See the option.
    }
  }
}
