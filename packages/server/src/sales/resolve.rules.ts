/**
 * Where a transaction stands. It is held and pending from the start; ok, ko and expired are final. The wire also knows
 * `created`, which no transaction of ours ever is: there is none before its unit is held.
 */
export type Status = 'pending' | 'ok' | 'ko' | 'expired';

/** A transaction, and the number of an attempt: the last one begun while it is pending, then the one that ended it. */
export interface State {
  status: Status;
  attempt: number;
}

/** What is said about an attempt: by its supplier, or by a person. */
export interface Verdict {
  outcome: 'ok' | 'ko' | 'unknown';
  attempt: number;
}

export interface Transition {
  next: Status;
  /** What becomes of the held unit. */
  effect: 'sell' | 'release' | 'none';
  /** True when the verdict says the opposite of what was settled, or proven before: somebody must look. */
  contradiction: boolean;
}

/**
 * The one rule of how a transaction goes on. Only proof moves it, and only once. That an attempt has failed which another
 * one has followed is known already: without proof of it, there would be no other.
 */
export function decide({ status, attempt }: State, verdict: Verdict): Transition {
  const { outcome } = verdict;
  const isSame = verdict.attempt === attempt;
  if (status !== 'pending') {
    const isOpposite = status === 'ok' ? (outcome === 'ko') === isSame : outcome === 'ok';
    return { next: status, effect: 'none', contradiction: outcome !== 'unknown' && isOpposite };
  }
  if (outcome === 'ok') return { next: 'ok', effect: 'sell', contradiction: !isSame };
  if (outcome === 'ko' && isSame) return { next: 'ko', effect: 'release', contradiction: false };
  return { next: 'pending', effect: 'none', contradiction: false };
}
