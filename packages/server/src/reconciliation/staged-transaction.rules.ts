import type { SupplierTransaction } from '../connectors/supplier-books.ts';
import { readAttemptReference } from '../values/attempt.ts';

/** A transaction of the supplier's books, as it is staged. */
export interface StagedTransaction {
  ordinal: number;
  supplier_reference: string | null;
  reference: string | null;
  transaction_id: string | null;
  attempt: number | null;
  line: string | null;
  product: string | null;
  value: number | null;
  value_currency: string | null;
  cost: number | null;
  cost_currency: string | null;
  state: 'delivered' | 'refused' | 'reversed' | 'pending';
  /** RFC 3339. */
  at: string;
}

/** Gives a transaction of a supplier as it is staged. */
export function stagedOf(told: SupplierTransaction, ordinal: number): StagedTransaction {
  const { supplier_reference, reference, line, value, cost, state, at } = told;
  const ours = reference === null ? null : readAttemptReference(reference);
  return {
    ordinal,
    supplier_reference,
    reference,
    transaction_id: ours?.transaction_id ?? null,
    attempt: ours?.number ?? null,
    line,
    product: told.product ?? null,
    value: value?.amount ?? null,
    value_currency: value?.currency ?? null,
    cost: cost?.amount ?? null,
    cost_currency: cost?.currency ?? null,
    state,
    at: at.toISOString(),
  };
}
