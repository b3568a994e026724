import { AbortedError } from './errors.ts';

const FIRST_MS = 200;
const LONGEST_MS = 5_000;
/** A server that asks for more than this is not waited for. */
export const LONGEST_RETRY_AFTER_MS = 60_000;

/** Tells how long to wait before trying again, in milliseconds: longer each time, and never all callers at once. */
export function backoff_ms(attempt: number, retryAfter_ms = 0): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.max(retryAfter_ms, most / 2 + (Math.random() * most) / 2);
}

/**
 * Reads `Retry-After` (RFC 9110), seconds or a date, as milliseconds; undefined where it is missing or cannot be read.
 */
export function readRetryAfter(header: string | null, now_ms: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const date_ms = Date.parse(text);
  return Number.isNaN(date_ms) ? undefined : Math.max(0, date_ms - now_ms);
}

/**
 * Waits.
 * @throws AbortedError as soon as the signal says so
 */
export function pause(duration_ms: number, signal: AbortSignal | undefined): Promise<void> {
  return unlessAborted(signal, (resolve) => {
    const timer = setTimeout(resolve, duration_ms);
    return () => clearTimeout(timer);
  });
}

/**
 * Shares work: this caller gives up when its signal says so, and the work goes on for the others.
 * @throws AbortedError
 */
export function share<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  return unlessAborted(signal, (resolve, reject) => {
    work.then(resolve, reject);
    return () => {};
  });
}

/** Makes the error of a call that was given up. `nothingDone`: the caller has nothing under way. */
export const aborted = (signal: AbortSignal, nothingDone = true): AbortedError =>
  new AbortedError('aborted by the caller', nothingDone, signal.reason);

function unlessAborted<T>(
  signal: AbortSignal | undefined,
  begin: (resolve: (value: T) => void, reject: (error: unknown) => void) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(aborted(signal));
      return;
    }
    const settle =
      <V>(how: (value: V) => void) =>
      (value: V) => {
        signal?.removeEventListener('abort', stop);
        how(value);
      };
    const end = begin(settle(resolve), settle(reject));
    const stop = (): void => {
      end();
      reject(aborted(signal as AbortSignal));
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}
