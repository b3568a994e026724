import type { Query } from '../database/database.ts';
import { DELIVERS } from '../values/deliverable.query.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** An eSIM that was delivered, ready to be kept. */
export interface NewEsim extends TransactionKey {
  sealed: string;
  /** Digests of the serials by which it is asked for. */
  serials: readonly string[];
  supplier_reference: string | null;
  /** What the supplier has charged, in the main unit of a currency; null where it has not told. */
  cost: number | null;
  cost_currency: string | null;
  kyc_level: number;
  kyc_url: string;
  kyc_deadline: Date | null;
  at: Date;
}

/**
 * Finds the metadata of the product that a transaction sells; null where that is no eSIM.
 * @param productId the one that has delivered it; null: its offer's own
 */
export async function findEsimProduct(
  on: Query,
  key: TransactionKey,
  productId: string | null,
): Promise<Record<string, unknown> | null> {
  const [row] = await on.query<{ metadata: Record<string, unknown> }>(
    `SELECT p.metadata FROM transactions t
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN products p ON p.id = coalesce($3::uuid, o.product_id)
     WHERE t.distributor_id = $1 AND t.id = $2 AND ${DELIVERS('t')} = 'esim'`,
    [key.distributor_id, key.transaction_id, productId],
  );
  return row?.metadata ?? null;
}

/** Keeps an eSIM, durably, for whoever reads those of its distributor now. The first one kept for a transaction stays. */
export async function keepEsim(on: Query, esim: NewEsim): Promise<void> {
  await on.query(
    `INSERT INTO esims (distributor_id, transaction_id, sealed, supplier_reference, kyc_level, kyc_url, kyc_deadline, at,
                        cost, cost_currency, serials, holder)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, d.esim_holder FROM distributors d WHERE d.id = $1 ON CONFLICT DO NOTHING`,
    [
      esim.distributor_id,
      esim.transaction_id,
      esim.sealed,
      esim.supplier_reference,
      esim.kyc_level,
      esim.kyc_url,
      esim.kyc_deadline,
      esim.at,
      esim.cost,
      esim.cost_currency,
      esim.serials,
    ],
  );
}

/** Finds what was kept of the eSIM of a transaction, settled or not; null where none was delivered yet. */
export async function findKeptEsim(
  on: Query,
  key: TransactionKey,
): Promise<Pick<NewEsim, 'supplier_reference' | 'cost' | 'cost_currency'> | null> {
  const [row] = await on.query<Pick<NewEsim, 'supplier_reference' | 'cost' | 'cost_currency'>>(
    `SELECT supplier_reference, cost::float8 AS cost, cost_currency FROM esims
     WHERE distributor_id = $1 AND transaction_id = $2`,
    [key.distributor_id, key.transaction_id],
  );
  return row ?? null;
}

/** Tells whether a distributor has sold an eSIM of a supplier that has this serial, by its digest. */
export async function hasSoldEsim(
  on: Query,
  distributor_id: string,
  supplier_id: string,
  serial: string,
): Promise<boolean> {
  const rows = await on.query(
    `SELECT FROM esims e
     JOIN outcomes r ON r.distributor_id = e.distributor_id AND r.transaction_id = e.transaction_id AND r.status = 'ok'
     JOIN transactions t ON t.distributor_id = e.distributor_id AND t.id = e.transaction_id
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN products p ON p.id = coalesce(r.product_id, o.product_id)
     WHERE e.distributor_id = $1 AND e.serials @> ARRAY[$3::text] AND p.supplier_id = $2 LIMIT 1`,
    [distributor_id, supplier_id, serial],
  );
  return rows.length > 0;
}

/** Lists some eSIMs of which no serials are known yet: earlier versions kept none. */
export function listWithoutSerials(on: Query, limit: number): Promise<(TransactionKey & { sealed: string })[]> {
  return on.query(
    `SELECT distributor_id, transaction_id, sealed FROM esims WHERE serials IS NULL AND sealed IS NOT NULL LIMIT $1`,
    [limit],
  );
}

/** Keeps the digests of an eSIM's serials. */
export async function keepSerials(on: Query, key: TransactionKey, serials: readonly string[]): Promise<void> {
  await on.query(
    'UPDATE esims SET serials = $3 WHERE distributor_id = $1 AND transaction_id = $2 AND sealed IS NOT NULL',
    [key.distributor_id, key.transaction_id, serials],
  );
}

/**
 * Counts a reminder.
 * @returns false where the user was identified meanwhile
 */
export async function countReminder(on: Query, key: TransactionKey, at: Date): Promise<boolean> {
  const rows = await on.query(
    `UPDATE esims SET reminders = reminders + 1, reminded_at = $3
     WHERE distributor_id = $1 AND transaction_id = $2 AND identified_at IS NULL RETURNING transaction_id`,
    [key.distributor_id, key.transaction_id, at],
  );
  return rows.length === 1;
}

/**
 * Notes that the user was identified.
 * @returns false where that was noted before
 */
export async function noteIdentified(on: Query, key: TransactionKey, at: Date): Promise<boolean> {
  const rows = await on.query(
    `UPDATE esims SET identified_at = $3
     WHERE distributor_id = $1 AND transaction_id = $2 AND identified_at IS NULL RETURNING transaction_id`,
    [key.distributor_id, key.transaction_id, at],
  );
  return rows.length === 1;
}
