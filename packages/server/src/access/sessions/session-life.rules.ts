/** How long a session lives after the last request that somebody made, and in any case. */
export const IDLE_MS = 3_600_000;
export const LIFE_MS = 12 * 3_600_000;
/** How long somebody may take at a provider to sign in. */
export const SIGN_ON_LIFE_MS = 10 * 60_000;

interface Times {
  created_at: Date;
  seen_at: Date;
}

/** Tells when a session ends at the latest. */
export const endOf = ({ created_at }: Pick<Times, 'created_at'>): Date => new Date(created_at.getTime() + LIFE_MS);

/** Tells when a session ends if nothing more is heard of it. */
export const idleEndOf = (session: Times): Date =>
  new Date(Math.min(endOf(session).getTime(), session.seen_at.getTime() + IDLE_MS));

export const isOver = (session: Times, now: Date): boolean => now >= idleEndOf(session);
