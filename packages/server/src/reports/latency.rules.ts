/** Answers are counted by the least of these they do not exceed, in milliseconds: each is about a fifth to a half above the one before. */
const BOUNDS_MS: readonly number[] = [
  1, 2, 5, 10, 20, 30, 40, 50, 65, 80, 100, 125, 150, 180, 220, 270, 330, 400, 480, 580, 700, 850, 1_000, 1_200, 1_450,
  1_750, 2_100, 2_500, 3_000, 3_600, 4_300, 5_200, 6_200, 7_500, 9_000, 11_000, 13_000, 16_000, 20_000, 25_000, 30_000,
];
const LONGEST_MS = 30_000;

/** Where answers that took longer than the last bound, and calls without an answer, are counted. */
export const BEYOND = -1;
export const UNANSWERED = -2;

/** Tells where an answer is counted. */
export const boundOf = (took_ms: number): number => BOUNDS_MS.find((bound) => took_ms <= bound) ?? BEYOND;

/** How many answers took up to a bound, in milliseconds, and longer than the bound before. */
export interface LatencyCount {
  up_to_ms: number;
  answers: number;
}

export interface Latency {
  answers: number;
  unanswered: number;
  /** In milliseconds; null without any answer. */
  median_ms: number | null;
  p95_ms: number | null;
}

/** Estimates how long a share of the answers took at most, as if they lay evenly between their bounds. */
function quantile(counts: readonly LatencyCount[], answers: number, share: number): number {
  let rank = answers * share;
  for (const { up_to_ms, answers: here } of counts) {
    if (rank > here) {
      rank -= here;
      continue;
    }
    const below = BOUNDS_MS[BOUNDS_MS.indexOf(up_to_ms) - 1] ?? 0;
    return Math.round(below + (rank / here) * (up_to_ms - below));
  }
  return LONGEST_MS;
}

/** Computes how long answers took, from how many there were of each length. */
export function latencyOf(counts: readonly LatencyCount[]): Latency {
  const of = (bound: number): number => counts.find(({ up_to_ms }) => up_to_ms === bound)?.answers ?? 0;
  const timed = counts.filter(({ up_to_ms }) => up_to_ms > 0).toSorted((a, b) => a.up_to_ms - b.up_to_ms);
  const answers = timed.reduce((total, each) => total + each.answers, of(BEYOND));
  const at = (share: number): number | null => (answers === 0 ? null : quantile(timed, answers, share));
  return { answers, unanswered: of(UNANSWERED), median_ms: at(0.5), p95_ms: at(0.95) };
}
