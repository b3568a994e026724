import type { Outcome } from './connector.ts';

/**
 * Tells what several orders of one reference came to, which a supplier has where somebody in between has sent ours again:
 * a delivery is one, however often. That none of them was delivered is no proof: there may be another.
 */
export function outcomeOfSeveral(outcomes: readonly Outcome[]): Outcome {
  const delivered = outcomes.filter((each) => each.outcome === 'ok');
  const [first] = delivered;
  if (!first) return { outcome: 'unknown', cause: `it has ${outcomes.length} orders of this reference` };
  return delivered.length > 1 ? { ...first, deliveries: delivered.length } : first;
}
