/** Many values as one, with what it hides. */
export interface Summary {
  median: number;
  /** Smallest and largest. */
  spread: [number, number];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('there is no median of nothing');
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

export function summaryOf(values: readonly number[]): Summary {
  return { median: median(values), spread: [Math.min(...values), Math.max(...values)] };
}

/** Counts how often the second fits into the first, pair by pair: what slowed both sides of a pair is not in it. */
export function ratiosOf(pairs: readonly (readonly [number, number])[]): number[] {
  return pairs.map(([a, b]) => {
    if (!(b > 0)) throw new Error('a side that did nothing cannot be compared with');
    return a / b;
  });
}
