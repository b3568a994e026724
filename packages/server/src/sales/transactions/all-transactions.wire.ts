import { type AdminTransaction, type Language, wireDate } from '@opentopup/contract';
import type { TransactionDetail } from './all-transactions.query.ts';
import { wireTransaction } from './transactions.wire.ts';

export function wireTransactionDetail(row: TransactionDetail, language: Language): AdminTransaction {
  return {
    ...wireTransaction(row, language),
    distributor_id: row.distributor_id,
    distributor_name: row.distributor_name,
    supplier_id: row.supplier_id,
    ...(row.supplier_reference !== null && { supplier_reference: row.supplier_reference }),
    ...(row.supplier_cost !== null && { supplier_cost: row.supplier_cost }),
    ...(row.supplier_currency !== null && { supplier_currency: row.supplier_currency }),
    ...(row.message !== null && { supplier_message: row.message }),
    ...(row.pending_cause !== null && { pending_cause: row.pending_cause }),
    ...(row.next_look_at && { next_look_date: wireDate(row.next_look_at) }),
  };
}
