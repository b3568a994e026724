import type { Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../database/shards.ts';
import { type Progress, progressAfter } from '../jobs/progress.rules.ts';

/** A call of a supplier, ready to be kept. */
export interface LoggedCall {
  distributor_id: string;
  transaction_id: string;
  supplier_id: string;
  /** The number of the attempt. */
  attempt: number;
  id: string;
  kind: 'recharge' | 'lookup' | 'callback';
  at: Date;
  duration_ms: number;
  method: string;
  status: number | null;
  failure: string | null;
  sealed: string | null;
}

/** Keeps calls, but for those of sales whose customer is forgotten. */
export async function insertCalls(on: Query, calls: readonly LoggedCall[]): Promise<void> {
  await on.query(
    `${ON_ITS_SHARD}INSERT INTO supplier_exchanges
       (distributor_id, transaction_id, supplier_id, attempt, id, kind, at, duration_ms, method, status, failure, sealed)
     SELECT distributor_id, transaction_id, supplier_id, attempt, id, kind, at, duration_ms, method, status, failure, sealed
     FROM jsonb_to_recordset($1::jsonb)
       AS e(distributor_id uuid, transaction_id uuid, supplier_id uuid, attempt integer, id uuid, kind text, at timestamptz, duration_ms integer,
            method text, status integer, failure text, sealed text)
     WHERE e.transaction_id > (SELECT up_to_id FROM forgotten)
        OR EXISTS (SELECT FROM not_yet_forgotten n
                   WHERE n.distributor_id = e.distributor_id AND n.transaction_id = e.transaction_id)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(calls)],
  );
}

const AT_ONCE = 5_000;

/**
 * Removes what was exchanged before an instant for sales that had come to their end by then, some at a time: whoever looks
 * for the outcome of one that is pending needs it.
 * @returns whether there may be more
 */
export async function removeOldCalls(on: Query, before: Date): Promise<Progress> {
  const removed = await on.query(
    `${ON_EACH_SHARD}DELETE FROM supplier_exchanges WHERE (distributor_id, transaction_id, id) IN (
       SELECT distributor_id, transaction_id, id FROM supplier_exchanges e
       WHERE transaction_id < $1 AND id < $1 AND (
         SELECT r.at < $2 FROM resolutions r
         WHERE r.distributor_id = e.distributor_id AND r.transaction_id = e.transaction_id)
       ORDER BY transaction_id LIMIT ${AT_ONCE})
     RETURNING 1`,
    [firstIdAt(before), before],
  );
  return progressAfter(removed.length, AT_ONCE);
}
