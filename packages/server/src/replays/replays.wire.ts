import { type Replay, type ReplayFigures, wireDate } from '@opentopup/contract';
import { minorDigits } from '../values/money.ts';
import { NOTHING_REPLAYED, type Replayed, type ReplaySums } from './figures.rules.ts';
import { EVIDENCE } from './replay-cell.ts';
import { ALL, type ReplayShown } from './replay-sales.ts';

/** No offers more are in an answer; the totals count all. */
const MOST_OFFERS = 1_000;

const rounded = (value: number, places: number): number => Number(value.toFixed(places)) + 0;

function wireFigures({ cost, took_ms, orders, ...figures }: ReplaySums, sent: number): ReplayFigures {
  const { ok, ko, pending, not_known, unpriced } = figures;
  return {
    orders: rounded(orders, 2),
    ok: rounded(ok, 2),
    ko: rounded(ko, 2),
    pending: rounded(pending, 2),
    not_known: rounded(not_known, 2),
    cost: Object.entries(cost)
      .filter(([, amount]) => amount > 0)
      .map(([currency, amount]) => ({ amount: rounded(amount, minorDigits(currency)), currency }))
      .toSorted((a, b) => b.amount - a.amount),
    unpriced: rounded(unpriced, 2),
    ...(sent > 0 && { answer_ms: Math.round(took_ms / sent) }),
  };
}

const wireReplayed = ({ actual, estimate }: Replayed) => ({
  actual: wireFigures(actual, actual.orders - actual.not_known),
  estimate: wireFigures(estimate, estimate.orders - estimate.not_known),
});

/** Presents a replay as it goes on the wire. */
export function wireReplay({ asked, known, totals, offers, suppliers, days, evidence }: ReplayShown): Replay {
  const names = new Map([...known.suppliers.values()].map((each) => [each.supplier_id, each.supplier_name]));
  const byOrders = (a: [string, Replayed], b: [string, Replayed]): number => b[1].actual.orders - a[1].actual.orders;
  return {
    from: wireDate(asked.from),
    to: wireDate(asked.before),
    totals: wireReplayed(totals.sums.get(ALL) ?? NOTHING_REPLAYED),
    offers: [...offers.sums]
      .toSorted(byOrders)
      .slice(0, MOST_OFFERS)
      .map(([offer_id, replayed]) => {
        const { name, distributor_id, distributor_name } = known.offer(offer_id);
        return { offer_id, offer_name: name, distributor_id, distributor_name, ...wireReplayed(replayed) };
      }),
    suppliers: [...suppliers.sums].toSorted(byOrders).map(([supplier_id, replayed]) => ({
      supplier_id,
      supplier_name: names.get(supplier_id) ?? '',
      ...wireReplayed(replayed),
    })),
    days: [...days.sums]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([date, replayed]) => ({ date: wireDate(new Date(date)), ...wireReplayed(replayed) })),
    evidence: Object.fromEntries(EVIDENCE.map((name) => [name, rounded(evidence[name], 2)])) as Replay['evidence'],
  };
}
