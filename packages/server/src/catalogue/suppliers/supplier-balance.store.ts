import type { Query } from '../../database/database.ts';
import type { ToldBalance } from './catalogue-change.rules.ts';

/**
 * Takes up the reading of a supplier's balance.
 * @returns false when somebody has done so less than `every_ms` ago
 */
export async function takeBalanceReading(on: Query, supplierId: string, every_ms: number, now: Date): Promise<boolean> {
  const rows = await on.query(
    `INSERT INTO supplier_balances AS b (supplier_id, asked_at) VALUES ($1, $2)
     ON CONFLICT (supplier_id) DO UPDATE SET asked_at = excluded.asked_at
     WHERE coalesce(b.asked_at, '-infinity') <= $3
     RETURNING supplier_id`,
    [supplierId, now, new Date(now.getTime() - every_ms)],
  );
  return rows.length === 1;
}

/** Keeps what a supplier says of its balance. */
export async function keepBalance(tx: Query, supplierId: string, balance: ToldBalance, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO supplier_balances AS b (supplier_id, read_at, available, held, currency, credit_limit)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (supplier_id) DO UPDATE
       SET read_at = excluded.read_at, available = excluded.available, held = excluded.held,
           currency = excluded.currency, credit_limit = excluded.credit_limit, failed_at = NULL, cause = NULL`,
    [supplierId, at, balance.available, balance.held ?? null, balance.currency, balance.credit_limit ?? null],
  );
}

/** A balance that has crossed its threshold. */
export interface CrossedBalance {
  is_low: boolean;
  available: number;
  currency: string;
  balance_threshold: number | null;
}

/** Notes whether a balance is below its threshold; null where nothing has changed. */
export async function noteLevel(tx: Query, supplierId: string, at: Date): Promise<CrossedBalance | null> {
  const [row] = await tx.query<CrossedBalance>(
    `UPDATE supplier_balances b SET low_since = CASE WHEN b.available < s.balance_threshold THEN $2::timestamptz END
     FROM suppliers s
     WHERE b.supplier_id = $1 AND s.id = b.supplier_id AND b.available IS NOT NULL
       AND coalesce(b.available < s.balance_threshold, false) <> (b.low_since IS NOT NULL)
     RETURNING b.low_since IS NOT NULL AS is_low, b.available::float8 AS available, b.currency,
               s.balance_threshold::float8 AS balance_threshold`,
    [supplierId, at],
  );
  return row ?? null;
}

/**
 * Notes that a balance could not be read.
 * @returns true where it could, the time before
 */
export async function noteUnreadBalance(on: Query, supplierId: string, cause: string, at: Date): Promise<boolean> {
  const noted = await on.query<{ is_new: boolean }>(
    `INSERT INTO supplier_balances AS b (supplier_id, failed_at, cause) VALUES ($1, $2, $3)
     ON CONFLICT (supplier_id) DO UPDATE SET failed_at = coalesce(b.failed_at, excluded.failed_at), cause = excluded.cause
     RETURNING failed_at = $2 AS is_new`,
    [supplierId, at, cause],
  );
  return noted[0]?.is_new === true;
}
