import type { TriedRow } from './replays.query.ts';
import { type Fared, faredAt, NOBODY_CAME, together } from './shares.rules.ts';
import type { RouteChoiceThen, SoldBefore } from './sold-before.ts';

/** How the attempts by a product went, and what they have cost in the currency of the offer. */
interface Tried extends Fared {
  cost: number;
  costed: number;
}

/** The orders of an hour for an offer at one of its versions. */
export interface Cell {
  hour: Date;
  offer_id: string;
  offer_version: number;
  orders: number;
  tried: Map<string, Tried>;
}

/** Gathers what belongs to the same hour and version of an offer. */
export function gatherCells(rows: readonly TriedRow[], known: SoldBefore): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { hour, offer_id, offer_version, product_id, orders, ...row } of rows) {
    const key = `${hour.getTime()} ${offer_id} ${offer_version}`;
    const cell = cells.get(key) ?? { hour, offer_id, offer_version, orders: 0, tried: new Map() };
    cells.set(key, cell);
    const before = cell.tried.get(product_id) ?? { ...NOBODY_CAME, cost: 0, costed: 0 };
    const { currency } = known.offer(offer_id);
    const cost = row.currency === null ? null : known.converted(row.cost, row.currency, currency, hour);
    // Of some it is not known how long they took: they count as the others.
    const took_ms = row.timed === 0 ? 0 : (row.took_ms / row.timed) * row.tried;
    cell.orders += orders;
    cell.tried.set(product_id, {
      ...together(before, { ...row, due: row.tried, took_ms }),
      cost: before.cost + (cost ?? 0),
      costed: before.costed + (cost === null ? 0 : row.ok),
    });
  }
  return [...cells.values()];
}

/** How the orders fared at each product of the route that they had. */
export function faredIn(cell: Cell, known: SoldBefore): { choices: RouteChoiceThen[]; fared: Map<string, Fared> } {
  const { hour, offer_id, offer_version, orders, tried } = cell;
  const route = known.route(offer_id, offer_version);
  const choices = known.choices(route, offer_id, offer_version, hour);
  const ids = choices.map(({ product_id }) => product_id);
  return { choices, fared: faredAt(route?.strategy ?? 'order', orders, ids, tried) };
}

/** How orders fared at products and at suppliers, whichever the offer. */
export class Pools {
  readonly #sums = new Map<string, Fared>();
  readonly #isHourly: boolean;

  /** @param by hour by hour, or over the whole time */
  constructor(by: 'hour' | 'time') {
    this.#isHourly = by === 'hour';
  }

  add(cell: Cell, known: SoldBefore): void {
    const { choices, fared } = faredIn(cell, known);
    // Passed over for its cost or for its supplier: nobody can tell.
    const unsure = new Set(choices.filter((each) => each.isCostNeeded && each.cost === null).map((c) => c.product_id));
    for (const [id, each] of fared) {
      const seen = unsure.has(id) ? { ...each, due: each.tried } : each;
      for (const key of this.#keysOf(known, id, cell.hour)) {
        this.#sums.set(key, together(this.#sums.get(key) ?? NOBODY_CAME, seen));
      }
    }
  }

  /** Finds how orders fared at a product, and at its supplier. */
  find(known: SoldBefore, productId: string, hour: Date): (Fared | undefined)[] {
    return this.#keysOf(known, productId, hour).map((key) => this.#sums.get(key));
  }

  #keysOf(known: SoldBefore, productId: string, hour: Date): [product: string, supplier: string] {
    const at = this.#isHourly ? hour.getTime() : '';
    return [`p ${productId} ${at}`, `s ${known.suppliers.get(productId)?.supplier_id ?? ''} ${at}`];
  }
}
