import type { ChaosEffect } from '@opentopup/contract';
import type { Belief, Believed, DoctorOrder } from './patient.ts';

/** A sale as the books of the platform have it. */
export interface BookedSale {
  id: string;
  msisdn: string;
  status: 'ok' | 'ko' | 'pending' | 'created' | 'expired';
}

/** What is wrong with what a program did or said of an order. */
export interface DoctorFinding {
  order: string;
  msisdn: string;
  finding: 'doubled' | 'lost' | 'misread';
  believed: Believed;
  /** How many units were sold for it. */
  sold: number;
  transactions: string[];
  /** What chaos did to these. */
  effects: string[];
}

/** What of an order does not agree; nothing where all does. */
function findingsOf({ believed, transaction_id }: Belief, sales: readonly BookedSale[]): DoctorFinding['finding'][] {
  const sold = sales.filter(({ status }) => status === 'ok');
  const isOpen = sales.some(({ status }) => status === 'pending' || status === 'created');
  const findings: DoctorFinding['finding'][] = [];
  if (sold.length > 1) findings.push('doubled');
  if (sold.length > 0 && believed !== 'sold') findings.push('lost');
  const isNamed = transaction_id === null || sold.some(({ id }) => id === transaction_id);
  const isMisread = sold.length > 0 ? believed === 'sold' && !isNamed : believed !== (isOpen ? 'pending' : 'refused');
  if (isMisread) findings.push('misread');
  return findings;
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
    return findingsOf(belief, sales).map((finding) => ({
      order,
      msisdn,
      finding,
      believed: belief.believed,
      sold: sales.filter(({ status }) => status === 'ok').length,
      transactions: ids,
      effects: ids.flatMap((id) => (ofTransaction.get(id) ?? []).map(({ effect }) => effect)),
    }));
  });
}
