const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Pauses between looks: short at first, when a customer waits, then ever longer. The last one repeats. */
const PAUSES_MS = [
  2 * SECOND_MS,
  5 * SECOND_MS,
  15 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  4 * HOUR_MS,
] as const;

/** How long a supplier is asked before a person has to decide. */
const ASK_FOR_MS = 72 * HOUR_MS;

/**
 * Tells when to look for proof again.
 * @param begun when the supplier was called
 * @param attempts looks made before this one
 * @returns null when it is time for a person to decide
 */
export function nextLook(begun: Date, attempts: number, now: Date): Date | null {
  if (now.getTime() - begun.getTime() >= ASK_FOR_MS) return null;
  const pause_ms = PAUSES_MS[Math.min(attempts, PAUSES_MS.length - 1)] as number;
  return new Date(now.getTime() + pause_ms);
}
