import { type Refusal, refuse } from '@opentopup/contract';
import { bulkhead } from 'cockatiel';
import type { Context } from '../context.ts';
import { DAY_MS } from '../http/dates.ts';
import { reasonsThatGoOn } from '../routing/plan.rules.ts';
import { type Cell, gatherCells, Pools } from './cells.ts';
import { ReplayedBy } from './figures.rules.ts';
import { type Evidence, type Note, noteActual, noteEstimate } from './replay-cell.ts';
import { type ReplayedSales, type RouteTried, readTried } from './replays.query.ts';
import { SoldBefore, type TriedPrices } from './sold-before.ts';

/** What is tried: other routes, by offer, and other costs, by product. */
export interface ReplayTrial {
  routes: ReadonlyMap<string, RouteTried>;
  prices: TriedPrices;
}

export interface ReplayShown {
  asked: ReplayedSales;
  known: SoldBefore;
  totals: ReplayedBy;
  offers: ReplayedBy;
  suppliers: ReplayedBy;
  days: ReplayedBy;
  /** How many attempts of the estimate rest on what. */
  evidence: Record<Evidence, number>;
}

export const ALL = 'all';
/** It reads each sale twice: sales need the database too. */
const one = bulkhead(1, Number.POSITIVE_INFINITY);

/**
 * Computes how the sales of a time would have fared under other routes, or at other costs. Each order is followed along its
 * route: at each product it fares as those did that came to it in the same hour, or else as near to that as anything was seen.
 * It reads a day at a time, so what it needs of memory does not grow with the sales.
 * @param gone aborts when nobody waits for it any more: then it makes room for the next
 */
export const replaySales = (
  ctx: Context,
  asked: ReplayedSales,
  trial: ReplayTrial,
  gone: AbortSignal,
): Promise<ReplayShown | Refusal> => one.execute(() => replay(ctx, asked, trial, gone));

async function replay(
  ctx: Context,
  asked: ReplayedSales,
  trial: ReplayTrial,
  gone: AbortSignal,
): Promise<ReplayShown | Refusal> {
  const isOver = (): boolean => ctx.stopping.aborted || gone.aborted;
  const known = await SoldBefore.of(ctx.store.db, asked.from, asked.before, trial.prices);
  await known.learnProducts([...trial.routes.values()].flatMap(({ products }) => products.map((p) => p.product_id)));
  const period = new Pools('time');
  for await (const cells of readDays(ctx, asked, known, isOver)) for (const cell of cells) period.add(cell, known);
  const shown: ReplayShown = {
    asked,
    known,
    totals: new ReplayedBy(),
    offers: new ReplayedBy(),
    suppliers: new ReplayedBy(),
    days: new ReplayedBy(),
    evidence: { offer_hour: 0, product_hour: 0, supplier_hour: 0, product: 0, supplier: 0, nothing: 0 },
  };
  for await (const cells of readDays(ctx, asked, known, isOver)) {
    const day = new Pools('hour');
    for (const cell of cells) day.add(cell, known);
    for (const cell of cells) replayCell(shown, cell, trial, [day, period]);
  }
  return isOver() ? refuse('service_unavailable', { detail: 'it was given up before its end' }) : shown;
}

/** Reads the sales day by day, each as cells, until it is over. */
async function* readDays(
  ctx: Context,
  asked: ReplayedSales,
  known: SoldBefore,
  isOver: () => boolean,
): AsyncGenerator<Cell[]> {
  for (let from = asked.from; from < asked.before && !isOver(); ) {
    const next = new Date((Math.floor(from.getTime() / DAY_MS) + 1) * DAY_MS);
    const before = next < asked.before ? next : asked.before;
    const rows = await readTried(ctx.store.db, { ...asked, from, before }, reasonsThatGoOn(), ctx.supplier_deadline_ms);
    await known.learn(rows);
    yield gatherCells(rows, known);
    from = before;
  }
}

/** Notes how the orders of a cell fared, and how they would have. */
function replayCell(shown: ReplayShown, cell: Cell, trial: ReplayTrial, pools: readonly Pools[]): void {
  const { known, evidence } = shown;
  const { hour, offer_id, offer_version } = cell;
  const day = new Date(Math.floor(hour.getTime() / DAY_MS) * DAY_MS).toISOString();
  const note: Note = (what, productId, figures) => {
    const supplier = productId === null ? undefined : known.suppliers.get(productId);
    if (supplier) shown.suppliers.add(supplier.supplier_id, what, figures);
    // An order is one, however many were tried for it.
    const ofOrder = supplier ? { ...figures, orders: 0, ko: 0 } : figures;
    shown.totals.add(ALL, what, ofOrder);
    shown.offers.add(offer_id, what, ofOrder);
    shown.days.add(day, what, ofOrder);
  };
  noteActual(cell, known.offer(offer_id).currency, note);
  const route = trial.routes.get(offer_id) ?? known.route(offer_id, offer_version);
  noteEstimate(cell, known, route, pools, note, (on, attempts) => {
    evidence[on] += attempts;
  });
}
