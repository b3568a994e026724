import type { RouteStrategy } from '@opentopup/contract';

/** How the orders fared that came to a product: counts, which are taken for what others can expect. What is left went on. */
export interface Fared {
  /** Those that came to it, though it may have been passed over. */
  due: number;
  tried: number;
  ok: number;
  ko: number;
  pending: number;
  took_ms: number;
}

export const NOBODY_CAME: Fared = { due: 0, tried: 0, ok: 0, ko: 0, pending: 0, took_ms: 0 };

/** Adds up how some orders fared, and others. */
export const together = (a: Fared, b: Fared): Fared => ({
  due: a.due + b.due,
  tried: a.tried + b.tried,
  ok: a.ok + b.ok,
  ko: a.ko + b.ko,
  pending: a.pending + b.pending,
  took_ms: a.took_ms + b.took_ms,
});

/** Counts the orders that ended at a product. */
const ended = ({ ok, ko, pending }: Fared): number => ok + ko + pending;

/**
 * Tells how orders fared at each product of the route that they had. Who was not tried where its turn had come, was passed
 * over: its supplier was down or busy, had none left, or there was no time.
 * @param route the products that might be tried, in the order in which they were
 * @param tried how the attempts went, by product
 */
export function faredAt(
  strategy: RouteStrategy,
  orders: number,
  route: readonly string[],
  tried: ReadonlyMap<string, Fared>,
): Map<string, Fared> {
  const fared = new Map([...tried].map(([id, each]) => [id, { ...each, due: each.tried }]));
  const nobody = orders - [...tried.values()].reduce((sum, each) => sum + ended(each), 0);
  let left = orders;
  for (const id of route) {
    const each = fared.get(id) ?? NOBODY_CAME;
    // Who was drawn is known only of those that nobody delivered: for them, each was.
    const passed = strategy === 'weight' ? nobody - (each.tried - ended(each)) : left - each.tried;
    fared.set(id, { ...each, due: each.tried + Math.max(0, passed) });
    left -= ended(each);
  }
  return fared;
}

/** So finely the times are cut at which something is drawn. */
const CUTS = 64;

/**
 * Tells which share of the orders comes to each product of a route.
 * @param choices in their order, with the share of the orders that go on from there
 */
export function reaches(strategy: RouteStrategy, choices: readonly { weight: number; goesOn: number }[]): number[] {
  if (strategy !== 'weight') {
    let left = 1;
    return choices.map(({ goesOn }) => {
      const reach = left;
      left *= goesOn;
      return reach;
    });
  }
  // Drawing by weight, again and again, is the order of random times whose rates are the weights: at each time of one, every
  // other either comes later, or has come and has let the order go on.
  const drawn = choices.map((one) =>
    Array.from({ length: CUTS }, (_, cut) =>
      choices.reduce((share, other) => {
        if (other === one) return share;
        const later = ((cut + 0.5) / CUTS) ** (other.weight / one.weight);
        return share * (other.goesOn + (1 - other.goesOn) * later);
      }, 1),
    ).reduce((sum, share) => sum + share / CUTS, 0),
  );
  // Whoever does not go on, ends: that makes good what the cuts have cost.
  const ends = drawn.reduce((sum, reach, i) => sum + reach * (1 - (choices[i]?.goesOn ?? 1)), 0);
  const all = 1 - choices.reduce((share, { goesOn }) => share * goesOn, 1);
  return ends > 0 ? drawn.map((reach) => (reach * all) / ends) : drawn;
}
