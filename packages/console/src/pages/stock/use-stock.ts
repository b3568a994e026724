import type { OfferStock, StockStanding } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { sinceStocked } from './look-ahead.ts';

const DAY_MS = 86_400_000;
const LOOK_MS = 60_000;

/** How far back a stock is shown, and in which steps. */
export const STOCK_SPANS = {
  week: { days: 7, step: 'hour' },
  month: { days: 30, step: 'day' },
  quarter: { days: 90, step: 'day' },
} as const;
export type StockSpan = keyof typeof STOCK_SPANS;

/** Tells how the stocks of the distributor's own offers stand. */
export function useStocks() {
  return useQuery({
    queryKey: ['stock', 'all'],
    queryFn: () => Array.fromAsync(server.opentopup.each('listStock', { query: { limit: 1_000 } })),
    refetchInterval: LOOK_MS,
  });
}

const asDrawn = (stock: OfferStock): OfferStock => ({ ...stock, history: sinceStocked(stock.history) });

/** Gives one stock: how it stands, how it came to that, and how long it will last. */
export function useStock(id: string, span: StockSpan) {
  const isOperator = useMay()('getStockForecast');
  return useQuery({
    queryKey: ['stock', id, span],
    queryFn: () => {
      const { days, step } = STOCK_SPANS[span];
      const from = new Date(Date.now() - days * DAY_MS).toISOString();
      const asked = { params: { id }, query: { from, step } };
      return isOperator
        ? server.operator.call('getStockForecast', asked)
        : server.opentopup.call('getOfferStock', asked);
    },
    select: asDrawn,
    // Over another time it is still the same stock.
    placeholderData: (before) => (before?.offer_id === id ? before : undefined),
    refetchInterval: LOOK_MS,
  });
}

const RANKS = { depleted: 0, low: 1, ok: 2 };

/** Compares two stocks by urgency: what has run out, what is low, and then what has the fewest units. */
export const byUrgency = (a: StockStanding, b: StockStanding): number =>
  RANKS[a.level] - RANKS[b.level] || a.available - b.available;

/** Asks again for all that depends on an alert after a change of one. */
export const refreshAlerts = () =>
  Promise.all(['alerts', 'stock'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
