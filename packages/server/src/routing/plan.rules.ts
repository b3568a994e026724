import type { RouteStrategy, SupplierReason } from '@opentopup/contract';

/** A product that may be tried for an order. */
export interface RouteChoice {
  weight: number;
  /** In the currency of the offer; null where it is not known. */
  cost: number | null;
}

/** Draws one of some choices, each as often as its weight says. @param at from 0 to below 1, at random */
function draw<C extends RouteChoice>(choices: readonly C[], at: number): C | undefined {
  let left = at * choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
}

/**
 * Chooses what is tried next.
 * @param choices what may be tried, in the order of the route
 * @param random from 0 to below 1, for every choice anew
 */
export function chooseNext<C extends RouteChoice>(
  strategy: RouteStrategy,
  choices: readonly C[],
  random: number,
): C | undefined {
  switch (strategy) {
    case 'order':
      return choices[0];
    case 'weight':
      return draw(choices, random);
    case 'cheapest':
      return choices.toSorted((a, b) => (a.cost ?? Infinity) - (b.cost ?? Infinity) || 0)[0];
  }
}

/**
 * Whether another supplier may be tried after such a refusal: not where it is about the line, for that would be refused
 * anywhere, or delivered where its own supplier does not want it.
 */
const GOES_ON: Readonly<Record<SupplierReason, boolean>> = {
  line_unknown: false,
  line_barred: false,
  recently_recharged: false,
  limit_exceeded: false,
  supplier_unavailable: true,
  supplier_out_of_stock: true,
  supplier_refused: true,
};

/** Lists the reasons after which another supplier may be tried. */
export const reasonsThatGoOn = (): string[] =>
  Object.entries(GOES_ON).flatMap(([reason, goesOn]) => (goesOn ? [reason] : []));

/** Tells whether an attempt that ended so may be followed by another. Only proof that nothing was delivered is enough. */
export const mayGoOn = (outcome: { outcome: 'ok' | 'unknown' } | { outcome: 'ko'; reason: SupplierReason }): boolean =>
  outcome.outcome === 'ko' && GOES_ON[outcome.reason];

/** An attempt that had less time would most likely only leave another order without an outcome. */
const LEAST_TIME_MS = 1_000;

/** Tells whether there is time for another attempt. @param until when the whole order has to be done, in milliseconds */
export const hasTime = (now: number, until: number): boolean => until - now >= LEAST_TIME_MS;
