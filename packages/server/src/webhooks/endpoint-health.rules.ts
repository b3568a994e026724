import { restUntil } from './retry.rules.ts';

/** How an endpoint has fared in its last rounds. */
export interface Health {
  /** Rounds in a row in which nothing could be delivered. */
  failures: number;
  failing_since: Date | null;
}

/** What an endpoint made of one event. */
export interface AttemptResult {
  at: Date;
  /** When the event was sent for the first time. */
  first_at: Date;
  status: 'pending' | 'delivered' | 'dead';
  /** HTTP status; null where there was no answer. */
  answered: number | null;
  /** Until when it asks to be left alone. */
  rest_until: Date | null;
}

export interface HealthVerdict extends Health {
  /** Until when nothing is sent to it. */
  rest_until: Date | null;
  /** Set where it is to be paused. */
  pause_reason: 'gone' | 'failing' | null;
}

const laterOf = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));
const earlierOf = (a: Date, b: Date): Date => (a < b ? a : b);

/**
 * Tells what a round says of its endpoint. Where nothing was delivered it is left alone for a moment. Where it answers
 * 410, or an event is given up and nothing was delivered since that was first sent, it is paused.
 * @param jitter by chance, from 0 to 1
 */
export function healthAfter(
  { failures, failing_since }: Health,
  results: readonly AttemptResult[],
  now: Date,
  jitter: number,
): HealthVerdict {
  const asked = results.reduce<Date | null>((latest, { rest_until }) => laterOf(latest, rest_until), null);
  const isGone = results.some(({ answered }) => answered === 410);
  if (results.length === 0) return { failures, failing_since, rest_until: null, pause_reason: null };
  if (results.some(({ status }) => status === 'delivered')) {
    return { failures: 0, failing_since: null, rest_until: asked, pause_reason: isGone ? 'gone' : null };
  }
  const since = failing_since ?? results.reduce((first, { at }) => earlierOf(first, at), now);
  const isDown = results.some(({ status, first_at }) => status === 'dead' && since <= first_at);
  return {
    failures: failures + 1,
    failing_since: since,
    rest_until: laterOf(restUntil(failures + 1, now, jitter), asked),
    pause_reason: isGone ? 'gone' : isDown ? 'failing' : null,
  };
}
