import type { TransactionTotals } from '@opentopup/contract';
import { amountOf, feeOn } from '../../values/money.ts';
import { isFilteredBy, type TransactionFilter } from './transaction-conditions.query.ts';
import { MOST_READ, type PricedOrders } from './transaction-totals.query.ts';

type Total = TransactionTotals['totals'][number];
const STATUSES: readonly Total['status'][] = ['ok', 'pending', 'ko', 'expired'];

const ordersOf = ({ created, ok, ko, expired }: PricedOrders): Record<Total['status'], number> => ({
  ok,
  pending: created - ok - ko - expired,
  ko,
  expired,
});

/** Presents what transactions add up to, as it goes on the wire. Sums are made of minor units, so they are exact. */
export function wireTotals(rows: readonly PricedOrders[], filter: TransactionFilter): TransactionTotals {
  const sums = new Map<
    string,
    Pick<Total, 'world' | 'status' | 'currency'> & { orders: number; cost: number; fees: number }
  >();
  const read = new Map<string, number>();
  for (const row of rows) {
    const { world, currency, resell_value_minor, distributor_id } = row;
    read.set(distributor_id, (read.get(distributor_id) ?? 0) + row.created);
    const fee = feeOn(resell_value_minor, row);
    for (const [status, orders] of Object.entries(ordersOf(row)) as [Total['status'], number][]) {
      if (orders === 0 || (filter.status !== undefined && filter.status !== status)) continue;
      const name = `${world} ${STATUSES.indexOf(status)} ${currency}`;
      const sum = sums.get(name) ?? { world, status, currency, orders: 0, cost: 0, fees: 0 };
      sum.orders += orders;
      sum.cost += orders * resell_value_minor;
      sum.fees += orders * fee;
      sums.set(name, sum);
    }
  }
  const isRead = isFilteredBy(filter, 'nothing');
  return {
    totals: [...sums]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { world, status, currency, orders, cost, fees }]) => ({
        world,
        status,
        currency,
        transactions: orders,
        resell_value: amountOf(cost, currency),
        public_price: amountOf(cost + fees, currency),
        margin: amountOf(fees, currency),
      })),
    complete: !(isRead && [...read.values()].some((orders) => orders >= MOST_READ)),
  };
}
