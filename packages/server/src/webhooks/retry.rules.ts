const SECOND_MS = 1_000;
const LONGEST_REST_MS = 30 * SECOND_MS;
const LONGEST_RETRY_AFTER_MS = 24 * 3_600 * SECOND_MS;

/** A part more, by jitter, so that what failed together does not come again together. */
const withJitter = (ms: number, jitter: number): number => Math.round(ms * (1 + jitter * 0.2));

/**
 * Tells when an event is sent again; null when it is given up.
 * @param attempts how often it was sent
 * @param schedule_s pauses after the first attempt, the second, … in seconds
 * @param jitter by chance, from 0 to 1
 */
export function nextAttempt(attempts: number, schedule_s: readonly number[], now: Date, jitter: number): Date | null {
  const pause_s = schedule_s[attempts - 1];
  return pause_s === undefined ? null : new Date(now.getTime() + withJitter(pause_s * SECOND_MS, jitter));
}

/**
 * Tells how long an endpoint is left alone to which nothing could be delivered, in so many rounds in a row. Short,
 * because each event has a schedule of its own: this only keeps an endpoint that is down from being asked all the time.
 */
export function restUntil(failures: number, now: Date, jitter: number): Date {
  const rest_ms = Math.min(SECOND_MS * 2 ** (failures - 1), LONGEST_REST_MS);
  return new Date(now.getTime() + withJitter(rest_ms, jitter));
}

/** Reads `Retry-After` (RFC 9110) as an instant, a day from now at most; null where it is missing or says nothing. */
export function retryAfter(header: string | undefined, now: Date): Date | null {
  const text = header?.trim() ?? '';
  const wait_ms = /^\d+$/.test(text) ? Number(text) * SECOND_MS : Date.parse(text) - now.getTime();
  return wait_ms > 0 ? new Date(now.getTime() + Math.min(wait_ms, LONGEST_RETRY_AFTER_MS)) : null;
}
