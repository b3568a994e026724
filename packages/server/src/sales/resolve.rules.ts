/**
 * Where a transaction stands. It is held and pending from the start; ok, ko and expired are final. The wire also knows
 * `created`, which no transaction of ours ever is: there is none before its unit is held.
 */
export type Status = 'pending' | 'ok' | 'ko' | 'expired';

/** What is said about a transaction: by its supplier, or by a person. */
export type Verdict = { outcome: 'ok' | 'ko' | 'unknown' };

export interface Transition {
  next: Status;
  /** What becomes of the held unit. */
  effect: 'sell' | 'release' | 'none';
  /** True when the verdict says the opposite of what was settled: somebody must look, nothing changes. */
  contradiction: boolean;
}

/** The one rule of how a transaction goes on. Only proof moves it, and only once. */
export function decide(status: Status, verdict: Verdict): Transition {
  const { outcome } = verdict;
  if (status !== 'pending') {
    const delivered = status === 'ok';
    const contradiction = outcome !== 'unknown' && (outcome === 'ok') !== delivered;
    return { next: status, effect: 'none', contradiction };
  }
  switch (outcome) {
    case 'ok':
      return { next: 'ok', effect: 'sell', contradiction: false };
    case 'ko':
      return { next: 'ko', effect: 'release', contradiction: false };
    case 'unknown':
      return { next: 'pending', effect: 'none', contradiction: false };
  }
}
