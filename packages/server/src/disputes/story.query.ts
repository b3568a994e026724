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

/** How far the clocks of processes may differ. */
const MARGIN_MS = 60_000;

/**
 * Finds the number of the first entry of a bucket that was made at an instant or later. A bucket may have millions, in the
 * order of their time, and no index by it: so it is looked up by halves.
 */
async function findSeqAt(on: Query, bucket: { distributor_id: string; offer_id: string }, at: Date): Promise<number> {
  const { distributor_id, offer_id } = bucket;
  const [end] = await on.query<{ seq: number }>('SELECT seq FROM buckets WHERE distributor_id = $1 AND offer_id = $2', [
    distributor_id,
    offer_id,
  ]);
  let [low, high] = [1, (end?.seq ?? 0) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [entry] = await on.query<{ at: Date }>(
      'SELECT at FROM movements WHERE distributor_id = $1 AND offer_id = $2 AND seq = $3',
      [distributor_id, offer_id, middle],
    );
    if (entry && entry.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Lists what the ledger says of a sale, in the order of the chain.
 * @param instants when something became of it
 */
export async function listSaleMovements(
  on: Query,
  { distributor_id, id, offer_id }: { distributor_id: string; id: string; offer_id: string },
  instants: readonly Date[],
): Promise<SaleMovement[]> {
  const found = new Map<number, SaleMovement>();
  for (const instant of instants) {
    const bucket = { distributor_id, offer_id };
    const from = await findSeqAt(on, bucket, new Date(instant.getTime() - MARGIN_MS));
    const to = await findSeqAt(on, bucket, new Date(instant.getTime() + MARGIN_MS));
    const rows = await on.query<SaleMovement>(
      `SELECT offer_id, seq, kind, units, at, link, encode(hash, 'hex') AS hash FROM movements
       WHERE distributor_id = $1 AND offer_id = $2 AND seq >= $3 AND seq < $4 AND transaction_id = $5`,
      [distributor_id, offer_id, from, to, id],
    );
    for (const row of rows) found.set(row.seq, row);
  }
  return [...found.values()].toSorted((a, b) => a.seq - b.seq);
}

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
