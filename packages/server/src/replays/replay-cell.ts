import { type Cell, faredIn, type Pools } from './cells.ts';
import { NO_ORDERS, type Replayed, type ReplaySums } from './figures.rules.ts';
import type { RouteTried } from './replays.query.ts';
import { type Fared, NOBODY_CAME, reaches } from './shares.rules.ts';
import type { RouteChoiceThen, SoldBefore } from './sold-before.ts';

/** From where it was known how the orders fare that come to a product, the nearest first. */
export const EVIDENCE = ['offer_hour', 'product_hour', 'supplier_hour', 'product', 'supplier', 'nothing'] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** Where figures are noted: those of a product; or with null, what the orders themselves came to. */
export type Note = (what: keyof Replayed, productId: string | null, figures: ReplaySums) => void;

/** Notes how the orders of a cell have fared. */
export function noteActual({ tried, orders }: Cell, currency: string, note: Note): void {
  let done = 0;
  for (const [id, each] of tried) {
    const { ok, pending, took_ms } = each;
    const money = { cost: { [currency]: each.cost }, unpriced: ok - each.costed };
    const ko = each.tried - ok - pending;
    note('actual', id, { ...NO_ORDERS, orders: each.tried, ok, ko, pending, took_ms, ...money });
    done += ok + pending;
  }
  note('actual', null, { ...NO_ORDERS, orders, ko: Math.max(0, orders - done) });
}

/** A product that orders may come to, and how they would fare there. */
interface Expected extends RouteChoiceThen {
  evidence: Evidence;
  found: Fared;
  /** Which share of those that come there goes on. */
  goesOn: number;
}

/** Tells how the orders of a cell would fare at each product of a route. */
function expected(cell: Cell, known: SoldBefore, route: RouteTried | null, pools: readonly Pools[]): Expected[] {
  const { hour, offer_id, offer_version } = cell;
  const { fared } = faredIn(cell, known);
  return known.choices(route, offer_id, offer_version, hour).map((choice) => {
    const { product_id: id, cost, isCostNeeded } = choice;
    // Nobody knows whether it would have been passed over for its cost: only what this offer saw counts.
    const others = isCostNeeded && cost === null ? [] : pools.flatMap((pool) => pool.find(known, id, hour));
    const seen = [fared.get(id), ...others];
    const at = seen.findIndex((each) => each !== undefined && each.due > 0);
    const found = seen[at];
    if (!found) return { ...choice, evidence: 'nothing', found: { ...NOBODY_CAME, due: 1, tried: 1 }, goesOn: 0 };
    const goesOn = 1 - (found.ok + found.ko + found.pending) / found.due;
    return { ...choice, evidence: EVIDENCE[at] ?? 'nothing', found, goesOn };
  });
}

/**
 * Notes how the orders of a cell would have fared along a route.
 * @param pools how orders fared elsewhere, the nearest first
 * @param onEvidence told on what the estimate rests, of so many attempts
 */
export function noteEstimate(
  cell: Cell,
  known: SoldBefore,
  route: RouteTried | null,
  pools: readonly Pools[],
  note: Note,
  onEvidence: (evidence: Evidence, attempts: number) => void,
): void {
  const { orders, offer_id } = cell;
  const { currency } = known.offer(offer_id);
  const choices = expected(cell, known, route, pools);
  const shares = reaches(route?.strategy ?? 'order', choices);
  let done = 0;
  for (const [i, choice] of choices.entries()) {
    const { evidence, found } = choice;
    const each = (orders * (shares[i] ?? 0)) / found.due;
    const [came, sent] = [each * found.due, each * found.tried];
    const [ok, pending, took_ms] = [each * found.ok, each * found.pending, each * found.took_ms];
    const not_known = evidence === 'nothing' ? came : 0;
    const { costed, cost } = costOf(known, cell, choice, currency);
    const money = { cost: { [currency]: ok * cost }, unpriced: ok * (1 - costed) };
    const ko = sent - ok - pending - not_known;
    note('estimate', choice.product_id, { ...NO_ORDERS, orders: sent, ok, ko, pending, not_known, took_ms, ...money });
    onEvidence(evidence, came);
    done += ok + pending + not_known;
  }
  note('estimate', null, { ...NO_ORDERS, orders, ko: Math.max(0, orders - done) });
}

/**
 * Tells what a delivery would have cost: as tried; as it did in that hour; or as its supplier's catalogue said then.
 * @returns of which share of the deliveries that is known, and what it comes to for all of them
 */
function costOf(
  known: SoldBefore,
  { hour, tried }: Cell,
  { product_id, cost: listed }: RouteChoiceThen,
  currency: string,
): { costed: number; cost: number } {
  const asTried = known.triedCost(product_id, currency, hour);
  const own = tried.get(product_id);
  if (asTried === undefined && own && own.costed > 0) return { costed: own.costed / own.ok, cost: own.cost / own.ok };
  const cost = asTried === undefined ? listed : asTried;
  return cost === null ? { costed: 0, cost: 0 } : { costed: 1, cost };
}
