/** What was compared on a day. */
export interface DayTotals {
  day: string;
  /** Orders, and transactions of the supplier, of whatever state. */
  orders: number;
  transactions: number;
  ours: number;
  theirs: number;
  agreed: number;
  open: number;
  differences: number;
  by_reference: number;
  by_supplier_reference: number;
  by_line: number;
}

/** What deliveries of a day have cost in one of both books. */
export interface DayCost {
  day: string;
  side: 'ours' | 'theirs';
  currency: string;
  amount: number;
}

/** Adds the days of a reconciliation up. */
export function dayTotalsOf(days: readonly DayTotals[]) {
  const sum = (of: (day: DayTotals) => number): number => days.reduce((total, day) => total + of(day), 0);
  return {
    ours: sum(({ orders }) => orders),
    theirs: sum(({ transactions }) => transactions),
    by_reference: sum(({ by_reference }) => by_reference),
    by_supplier_reference: sum(({ by_supplier_reference }) => by_supplier_reference),
    by_line: sum(({ by_line }) => by_line),
    open: sum(({ open }) => open),
    differences: sum(({ differences }) => differences),
  };
}
