import type { Query } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** An entry of the ledger about a sale, with its place in the chain. */
export interface SaleMovement {
  offer_id: string;
  seq: number;
  kind: string;
  units: number;
  at: Date;
  /** The last entry before those that were booked with it. */
  link: number;
  /** Hexadecimal. */
  hash: string;
}

/** Lists what the ledger says of a sale, in the order of the chain. It reads its bucket from the moment of the order on. */
export const listSaleMovements = (on: Query, { distributor_id, transaction_id }: TransactionKey) =>
  on.query<SaleMovement>(
    `SELECT m.offer_id, m.seq, m.kind, m.units, m.at, m.link, encode(m.hash, 'hex') AS hash
     FROM transactions t JOIN movements m ON m.distributor_id = t.distributor_id AND m.offer_id = t.offer_id
     WHERE t.distributor_id = $1 AND t.id = $2 AND m.transaction_id = $2 ORDER BY m.seq`,
    [distributor_id, transaction_id],
  );

/** A request to reverse the sale, and what was decided. */
export interface SaleRequest {
  reason: string;
  status: string;
  at: Date;
  decided_at: Date | null;
}

/** Lists who wanted the sale to be reversed, and what was decided. */
export const listSaleRequests = (on: Query, { distributor_id, transaction_id }: TransactionKey) =>
  on.query<SaleRequest>(
    `SELECT reason, status, at, decided_at FROM reversal_requests
     WHERE distributor_id = $1 AND transaction_id = $2 ORDER BY id`,
    [distributor_id, transaction_id],
  );
