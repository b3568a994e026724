import type { Reason } from '@opentopup/contract';
import { bulkhead } from 'cockatiel';
import type { Reading } from '../database/replica.ts';
import { addedUpUntil } from './daily-sales.store.ts';
import { type Latency, latencyOf } from './latency.rules.ts';
import { type MovedFigures, readMovedFigures } from './moved-orders.query.ts';
import {
  type ChangeFigures,
  type OverviewNames,
  type RefusalFigures,
  readBesideSales,
  readNames,
  readSalesFigures,
  type StepFigures,
  type SupplierLatency,
  type Waiting,
} from './overview.query.ts';
import { added, type Figures, NO_FIGURES, stepsOf, without } from './overview.rules.ts';
import type { OverviewAsked, OverviewPart } from './overview-rows.query.ts';
import { type StockOut, stockOutsOf } from './stock-outs.ts';

/** Sales need the database too: a process works on no more overviews at once, the others wait. */
const few = bulkhead(2, Number.POSITIVE_INFINITY);

/** Figures, what of them is compared, and those of the period before. */
export interface Compared {
  figures: Figures;
  compared: Figures;
  previous: Figures;
}

export interface ReasonCount {
  reason: Reason;
  ended: number;
  refused: number;
  previous: number;
}

export interface OverviewShown extends OverviewAsked {
  totals: Compared;
  points: { at: Date; figures: Figures }[];
  offers: (Compared & { names: OverviewNames })[];
  suppliers: (Compared & { supplier_id: string; supplier_name: string; latency: Latency })[];
  reasons: ReasonCount[];
  stockOuts: StockOut[];
  changes: ChangeFigures[];
  waiting: Waiting;
}

const NOTHING: Compared = { figures: NO_FIGURES, compared: NO_FIGURES, previous: NO_FIGURES };

/** Figures of one row of a rollup. */
const figuresOf = ({ currency, value_minor, orders, ok, ko, expired }: Omit<StepFigures, 'at'>): Figures => ({
  orders,
  ok,
  ko,
  expired,
  refused: 0,
  value: value_minor === 0 ? {} : { [currency]: value_minor },
});
const refusedOf = (refused: number): Figures => ({ ...NO_FIGURES, refused });

const together = (a: Compared, b: Compared): Compared => ({
  figures: added(a.figures, b.figures),
  compared: added(a.compared, b.compared),
  previous: added(a.previous, b.previous),
});
const left = (all: Compared, moved: Compared): Compared => ({
  figures: without(all.figures, moved.figures),
  compared: without(all.compared, moved.compared),
  previous: without(all.previous, moved.previous),
});
function ofPart(part: OverviewPart, figures: Figures): Compared {
  if (part === 'previous') return { ...NOTHING, previous: figures };
  return { ...NOTHING, figures, ...(part === 'compared' && { compared: figures }) };
}

/** Adds up what has the same key. */
function collected<K, T>(parts: readonly (readonly [K, T])[], add: (a: T, b: T) => T, none: T): Map<K, T> {
  const sums = new Map<K, T>();
  for (const [key, part] of parts) sums.set(key, add(sums.get(key) ?? none, part));
  return sums;
}

const most = (a: Compared, b: Compared): number =>
  b.figures.orders + b.figures.refused - a.figures.orders - a.figures.refused;

function reasonsOf(refusals: readonly RefusalFigures[]): ReasonCount[] {
  const sums = new Map<string, ReasonCount>();
  for (const { kind, reason, part, took_unit, orders } of refusals) {
    if (kind !== 'reason' || reason === null) continue;
    const sum = sums.get(reason) ?? { reason, ended: 0, refused: 0, previous: 0 };
    sums.set(reason, sum);
    sum[part === 'previous' ? part : took_unit ? 'ended' : 'refused'] += orders;
  }
  const now = ({ ended, refused }: ReasonCount): number => ended + refused;
  return [...sums.values()].toSorted((a, b) => now(b) - now(a) || b.previous - a.previous);
}

/** Reads how sales went over a period, from rollups. */
export const readOverview = (on: Reading, now: Date, asked: OverviewAsked): Promise<OverviewShown> =>
  few.execute(() => addUp(on, now, asked));

async function addUp(on: Reading, now: Date, asked: OverviewAsked): Promise<OverviewShown> {
  const db = on.reads;
  const until = await addedUpUntil(db);
  // Before the others: what ends meanwhile then counts for the offer's own supplier, once.
  const moved = await readMovedFigures(db, asked, until);
  const { offers: sold, steps: stepped } = await readSalesFigures(db, asked, until);
  const { refusals, latencies, stockOuts: times, changes, waiting } = await readBesideSales(db, asked);
  const refused = refusals.filter(({ took_unit }) => !took_unit);
  const ofOffers = collected(
    [
      ...sold.map((row) => [row.offer_id, ofPart(row.part, figuresOf(row))] as const),
      ...refused.flatMap(({ kind, offer_id, part, orders }) =>
        kind === 'offer' && offer_id !== null ? [[offer_id, ofPart(part, refusedOf(orders))] as const] : [],
      ),
    ],
    together,
    NOTHING,
  );
  // Not all that are refused name an offer.
  const nameless = refused.flatMap(({ kind, offer_id, part, orders }) =>
    kind === 'offer' && offer_id === null ? [ofPart(part, refusedOf(orders))] : [],
  );
  const names = await readNames(db, [...new Set([...ofOffers.keys(), ...times.map(({ offer_id }) => offer_id)])]);
  const offers = names.flatMap((each) => {
    const compared = ofOffers.get(each.offer_id);
    return compared ? [{ names: each, ...compared }] : [];
  });
  const ofSteps = collected(
    [
      ...stepped.map((row) => [row.at.getTime(), figuresOf(row)] as const),
      ...refused.flatMap(({ kind, at, part, orders }) =>
        kind === 'step' && at && part !== 'previous' ? [[at.getTime(), refusedOf(orders)] as const] : [],
      ),
    ],
    added,
    NO_FIGURES,
  );
  const emptied = refused.filter(
    ({ kind, reason, part }) => kind === 'offer' && reason === 'bucket_empty' && part !== 'previous',
  );
  return {
    ...asked,
    totals: [...ofOffers.values(), ...nameless].reduce(together, NOTHING),
    points: stepsOf(asked.period, asked.step).map((at) => ({
      at,
      figures: ofSteps.get(at.getTime()) ?? NO_FIGURES,
    })),
    offers: offers.toSorted(most),
    suppliers: suppliersOf(offers, moved, latencies),
    changes,
    reasons: reasonsOf(refusals),
    stockOuts: await stockOutsOf(on, now, asked.period, times, names, emptied),
    waiting,
  };
}

/** Adds up by supplier: an order counts for the one that has delivered it, or refused it last. */
function suppliersOf(
  offers: OverviewShown['offers'],
  moved: readonly MovedFigures[],
  latencies: readonly SupplierLatency[],
): OverviewShown['suppliers'] {
  const movedOf = collected(
    moved.map((row) => [row.offer_id, ofPart(row.part, figuresOf(row))] as const),
    together,
    NOTHING,
  );
  const sums = collected(
    [
      ...offers.map(
        ({ names, ...all }) => [names.supplier_id, left(all, movedOf.get(names.offer_id) ?? NOTHING)] as const,
      ),
      ...moved.map((row) => [row.supplier_id, ofPart(row.part, figuresOf(row))] as const),
    ],
    together,
    NOTHING,
  );
  const called = new Map([
    ...[...offers.map(({ names }) => names), ...moved].map((each) => [each.supplier_id, each.supplier_name] as const),
    ...latencies.map(({ supplier_id, supplier_name }) => [supplier_id, supplier_name] as const),
  ]);
  return [...called]
    .map(([supplier_id, supplier_name]) => ({
      supplier_id,
      supplier_name,
      ...(sums.get(supplier_id) ?? NOTHING),
      latency: latencyOf(latencies.filter((each) => each.supplier_id === supplier_id)),
    }))
    .toSorted(most);
}
