import type { ChaosEffect } from '@opentopup/contract';
import type { Belief, Believed, DoctorOrder } from './patient.ts';

/** A sale as the books of the platform have it. */
export interface BookedSale {
  id: string;
  msisdn: string;
  status: 'ok' | 'ko' | 'pending' | 'created' | 'expired';
}

export const ORDER_FAULTS = ['doubled', 'lost', 'misread'] as const;
/** What may be wrong with what a program did or said of an order. */
export type OrderFault = (typeof ORDER_FAULTS)[number];

/** An order with which something is wrong. */
export interface DoctorFinding {
  order: string;
  msisdn: string;
  faults: OrderFault[];
  believed: Believed;
  /** How many units were sold for it. */
  sold: number;
  transactions: string[];
  /** What chaos did to these. */
  effects: string[];
}

/** What of an order does not agree; nothing where all does. */
function faultsOf({ believed, transaction_id }: Belief, sales: readonly BookedSale[]): OrderFault[] {
  const sold = sales.filter(({ status }) => status === 'ok');
  const isOpen = sales.some(({ status }) => status === 'pending' || status === 'created');
  const faults: OrderFault[] = [];
  if (sold.length > 1) faults.push('doubled');
  if (sold.length > 0 && believed !== 'sold') faults.push('lost');
  const isNamed = transaction_id === null || sold.some(({ id }) => id === transaction_id);
  const isMisread = sold.length > 0 ? believed === 'sold' && !isNamed : believed !== (isOpen ? 'pending' : 'refused');
  if (isMisread) faults.push('misread');
  return faults;
}

/**
 * Compares what a program believes with the books. The lines are those of the orders alone, so they tell whose a sale is,
 * whatever the program has sent.
 */
export function compareWithBooks(
  orders: readonly { order: DoctorOrder; belief: Belief }[],
  booked: readonly BookedSale[],
  effects: readonly ChaosEffect[],
): DoctorFinding[] {
  const byLine = Map.groupBy(booked, ({ msisdn }) => msisdn);
  const ofTransaction = Map.groupBy(effects, ({ transaction_id }) => transaction_id);
  return orders.flatMap(({ order: { order, msisdn }, belief }) => {
    const sales = byLine.get(msisdn) ?? [];
    const ids = sales.map(({ id }) => id);
    const faults = faultsOf(belief, sales);
    if (faults.length === 0) return [];
    const { believed } = belief;
    const sold = sales.filter(({ status }) => status === 'ok').length;
    const met = ids.flatMap((id) => (ofTransaction.get(id) ?? []).map(({ effect }) => effect));
    return [{ order, msisdn, faults, believed, sold, transactions: ids, effects: met }];
  });
}
