export interface TransactionKey {
  distributor_id: string;
  transaction_id: string;
}
