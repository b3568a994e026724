import type { Query } from '../database/database.ts';
import { dateOf } from '../database/ids.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** An attempt to deliver an order. */
export interface Attempt {
  /** From 1. */
  number: number;
  product_id: string;
  begun_at: Date;
}

/** How an attempt ended that has delivered nothing. */
export interface AttemptEnd {
  reason: string;
  message: string;
  at: Date;
}

/** What an attempt may follow. */
export interface NextAttempt extends TransactionKey, Attempt {
  /** The one before, whose it was, and how it ended; null for the first. `isImplied`: nothing is written of it so far. */
  after: { attempt: Attempt; supplier_id: string; isImplied: boolean; end: AttemptEnd } | null;
}

const FIRST = `
  INSERT INTO delivery_attempts (distributor_id, transaction_id, number, product_id, begun_at, reason, message, ended_at)
  SELECT $1::uuid, $2::uuid, 1, $3::uuid, $4::timestamptz, $5::text, $6::text, $7::timestamptz`;

/**
 * Begins an attempt, durably, before it is sent. It is not begun where somebody else has ended the order meanwhile, is
 * about to do so, or has noted that its outcome is not known.
 */
export async function beginAttempt(on: Query, next: NextAttempt): Promise<boolean> {
  const { distributor_id, transaction_id, number, product_id, begun_at, after } = next;
  const { end, attempt } = after ?? {};
  const rows = await on.query(
    `WITH open AS (
       SELECT 1 WHERE NOT EXISTS (SELECT FROM resolutions WHERE distributor_id = $1::uuid AND transaction_id = $2::uuid)
                  AND NOT EXISTS (SELECT FROM unknown_outcomes WHERE distributor_id = $1::uuid AND transaction_id = $2::uuid)
     ), first AS (
       ${FIRST} FROM open WHERE $8::boolean ON CONFLICT DO NOTHING RETURNING number
     ), ended AS (
       UPDATE delivery_attempts SET reason = $5::text, message = $6::text, ended_at = $7::timestamptz
       WHERE NOT $8::boolean AND distributor_id = $1::uuid AND transaction_id = $2::uuid AND number = $9::int - 1
         AND EXISTS (SELECT FROM open)
     )
     INSERT INTO delivery_attempts (distributor_id, transaction_id, number, product_id, begun_at)
     SELECT $1::uuid, $2::uuid, $9::int, $10::uuid, $11::timestamptz FROM open
     WHERE NOT $8::boolean OR EXISTS (SELECT FROM first)
     ON CONFLICT DO NOTHING RETURNING number`,
    [
      distributor_id,
      transaction_id,
      attempt?.product_id ?? null,
      attempt?.begun_at ?? null,
      end?.reason ?? null,
      end?.message ?? null,
      end?.at ?? null,
      after?.isImplied ?? false,
      number,
      product_id,
      begun_at,
    ],
  );
  return rows.length > 0;
}

/** The last attempt of an order that was begun. */
export interface LastAttempt extends Attempt {
  /** Nothing is written of it: it is the first, and goes to the offer's own product. */
  isImplied: boolean;
  /** No other will follow. */
  isClosed: boolean;
}

/** Finds the last attempt of an order. */
export async function findLastAttempt(on: Query, key: TransactionKey, ownProduct: string): Promise<LastAttempt> {
  const rows = await on.query<{ number: number; product_id: string | null; begun_at: Date }>(
    `SELECT number, product_id, begun_at FROM delivery_attempts
     WHERE distributor_id = $1 AND transaction_id = $2 ORDER BY number DESC LIMIT 2`,
    [key.distributor_id, key.transaction_id],
  );
  const [last] = rows;
  const isClosed = last?.product_id === null;
  const begun = isClosed ? rows[1] : last;
  if (begun && begun.product_id !== null) {
    return { number: begun.number, product_id: begun.product_id, begun_at: begun.begun_at, isImplied: false, isClosed };
  }
  const begun_at = dateOf(key.transaction_id);
  return { number: 1, product_id: ownProduct, begun_at, isImplied: true, isClosed: false };
}

/** Makes sure that no other attempt follows the last one; false where one has begun, or somebody else did this, meanwhile. */
async function close(on: Query, key: TransactionKey, last: LastAttempt, at: Date): Promise<boolean> {
  if (last.isClosed) return true;
  const rows = await on.query(
    `WITH first AS (
       ${FIRST} WHERE $8::boolean ON CONFLICT DO NOTHING RETURNING number
     )
     INSERT INTO delivery_attempts (distributor_id, transaction_id, number, begun_at)
     SELECT $1::uuid, $2::uuid, $9::int + 1, $10::timestamptz WHERE NOT $8::boolean OR EXISTS (SELECT FROM first)
     ON CONFLICT DO NOTHING RETURNING number`,
    [
      key.distributor_id,
      key.transaction_id,
      last.product_id,
      last.begun_at,
      null,
      null,
      null,
      last.isImplied,
      last.number,
      at,
    ],
  );
  return rows.length > 0;
}

/**
 * Makes sure that no other attempt of an order begins any more, so that somebody else than its own sale may end it.
 * @param only the attempt that has to be the last one; null: whichever is
 * @returns the last attempt; null where that is another one
 */
export async function closeAttempts(
  on: Query,
  key: TransactionKey,
  ownProduct: string,
  only: number | null,
  at: Date,
): Promise<LastAttempt | null> {
  for (;;) {
    const last = await findLastAttempt(on, key, ownProduct);
    if (only !== null && last.number !== only) return null;
    if (await close(on, key, last, at)) return last;
  }
}
