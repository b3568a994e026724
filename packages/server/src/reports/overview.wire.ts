import { type Overview, type OverviewChange, type OverviewFigures, wireDate } from '@opentopup/contract';
import { amountOf } from '../values/money.ts';
import type { ChangeFigures, OverviewNames } from './overview.query.ts';
import type { Figures, Period } from './overview.rules.ts';
import type { Compared, OverviewShown } from './read-overview.ts';
import type { StockOut } from './stock-outs.ts';

const wirePeriod = ({ from, before }: Period) => ({ from: wireDate(from), to: wireDate(before) });

function wireFigures({ orders, ok, ko, expired, refused, value }: Figures): OverviewFigures {
  const amounts = Object.entries(value).map(([currency, minor]) => ({ amount: amountOf(minor, currency), currency }));
  if (amounts.length > 1) amounts.sort((a, b) => b.amount - a.amount);
  return { orders, ok, ko, expired, refused, pending: orders - ok - ko - expired, value: amounts };
}

const wireChange = (changes: readonly ChangeFigures[], kind: ChangeFigures['kind']): OverviewChange => {
  const those = changes.filter((each) => each.kind === kind);
  return {
    orders: those.reduce((sum, { orders }) => sum + orders, 0),
    value: those.map(({ value_minor, currency }) => ({ amount: amountOf(value_minor, currency), currency })),
  };
};

const wireCompared = ({ figures, compared, previous }: Compared) => ({
  ...wireFigures(figures),
  compared: wireFigures(compared),
  previous: wireFigures(previous),
});

const whose = ({ offer_id, offer_name, distributor_id, distributor_name }: OverviewNames) => ({
  offer_id,
  offer_name,
  distributor_id,
  distributor_name,
});

function wireStockOut({ names, times, seconds, refused, missed_units }: StockOut): Overview['stock_outs'][number] {
  const { currency, resell_value_minor } = names;
  return {
    ...whose(names),
    times: times.map(({ from, before }) => ({ from: wireDate(from), ...(before && { to: wireDate(before) }) })),
    seconds,
    refused,
    ...(missed_units !== null && {
      missed_units: Math.round(missed_units * 10) / 10,
      missed_value: { amount: amountOf(Math.round(missed_units * resell_value_minor), currency), currency },
    }),
  };
}

/** How many offers an answer lists at most; a sheet has all. */
const MOST_LISTED = 1_000;

/** Presents an overview as it goes on the wire, with so many offers at most. */
export const wireOverview = (shown: OverviewShown, most = MOST_LISTED): Overview => ({
  ...wirePeriod(shown.period),
  step: shown.step,
  compared: wirePeriod(shown.compared),
  previous: wirePeriod(shown.previous),
  totals: wireCompared(shown.totals),
  reversed: wireChange(shown.changes, 'reversed'),
  delivered_late: wireChange(shown.changes, 'delivered_late'),
  points: shown.points.map(({ at, figures }) => ({ date: wireDate(at), ...wireFigures(figures) })),
  offers: shown.offers.slice(0, most).map(({ names, ...compared }) => ({
    ...whose(names),
    supplier_id: names.supplier_id,
    supplier_name: names.supplier_name,
    ...wireCompared(compared),
  })),
  suppliers: shown.suppliers.map(({ supplier_id, supplier_name, latency, ...compared }) => ({
    supplier_id,
    supplier_name,
    ...wireCompared(compared),
    answers: latency.answers,
    unanswered: latency.unanswered,
    ...(latency.median_ms !== null && { median_ms: latency.median_ms }),
    ...(latency.p95_ms !== null && { p95_ms: latency.p95_ms }),
  })),
  reasons: shown.reasons,
  stock_outs: shown.stockOuts.map(wireStockOut),
  waiting: shown.waiting,
});
