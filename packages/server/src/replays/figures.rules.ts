import { addByCurrency } from '../values/money.ts';

/** How orders fared, or would have: an estimate has fractions. */
export interface ReplaySums {
  orders: number;
  ok: number;
  ko: number;
  pending: number;
  /** Of which nothing that was seen tells how they would have fared. */
  not_known: number;
  /** What suppliers charged, in the main unit, by currency. */
  cost: Record<string, number>;
  /** Delivered, but nobody knows at which cost. */
  unpriced: number;
  took_ms: number;
}

export const NO_ORDERS: ReplaySums = {
  orders: 0,
  ok: 0,
  ko: 0,
  pending: 0,
  not_known: 0,
  cost: {},
  unpriced: 0,
  took_ms: 0,
};

/** Adds up figures. */
function bothOf(a: ReplaySums, b: ReplaySums): ReplaySums {
  return {
    orders: a.orders + b.orders,
    ok: a.ok + b.ok,
    ko: a.ko + b.ko,
    pending: a.pending + b.pending,
    not_known: a.not_known + b.not_known,
    cost: addByCurrency(a.cost, b.cost),
    unpriced: a.unpriced + b.unpriced,
    took_ms: a.took_ms + b.took_ms,
  };
}

/** What happened, and what would have. */
export interface Replayed {
  actual: ReplaySums;
  estimate: ReplaySums;
}

export const NOTHING_REPLAYED: Replayed = { actual: NO_ORDERS, estimate: NO_ORDERS };

/** Sums of what was replayed, by a key. */
export class ReplayedBy {
  readonly sums = new Map<string, Replayed>();

  add(key: string, what: keyof Replayed, figures: ReplaySums): void {
    const known = this.sums.get(key) ?? NOTHING_REPLAYED;
    this.sums.set(key, { ...known, [what]: bothOf(known[what], figures) });
  }
}
