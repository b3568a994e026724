import type { SoldOffer } from '../../catalogue/offers/offers.query.ts';
import type { Query } from '../../database/database.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../../database/shards.ts';
import { type IdentificationStatus, KYC_STATUS } from '../../esims/identification.query.ts';
import { DELIVERS } from '../../values/deliverable.query.ts';
import type { DeliverableKind } from '../../values/deliverable.ts';

/** What is kept of a transaction, and how it ended. */
interface KeptRow {
  id: string;
  distributor_id: string;
  offer_id: string;
  line: string | null;
  user_id: string | null;
  voucher_id: string | null;
  created_at: Date;
  changed_at: Date;
  /** `created`: an order that is parked, in the form of a transaction. */
  status: 'created' | 'pending' | 'ok' | 'ko' | 'expired';
  /** Why it is ko or expired. */
  reason: string | null;
  message: string | null;
  /** Null where nothing has become known since it ended. */
  change: OutcomeChange | null;
  /** The number of the attempt that has ended it; null: the first, or none has. */
  attempts: number | null;
  /** True where it is pending, and the supplier call has ended without proof of either outcome. */
  outcome_unknown: boolean;
  delivers: DeliverableKind;
  /** Of an eSIM that was sold; null for anything else. The profile is sealed. */
  esim_sealed: string | null;
  /** What was handed over with it, sealed; null where there is nothing, or nothing any more. */
  receipt_sealed: string | null;
  /** True where that is a PIN. */
  has_pin: boolean;
  kyc_level: number | null;
  kyc_url: string | null;
  /** Null where nobody has to be identified. */
  kyc_deadline: Date | null;
  kyc_status: IdentificationStatus | null;
}

/** What has become known of a sale after its end; instants are texts. */
export interface OutcomeChange {
  /** How it had ended. */
  resolved: { status: 'ok' | 'ko' | 'expired'; reason: string | null; message: string | null; at: string };
  reversal: { reason: string; at: string } | null;
  /** `booked_at` is null as long as it is owed. */
  late_delivery: { at: string; booked_at: string | null } | null;
}

/** The same with what it sold, at the price of then. */
export interface TransactionRow extends KeptRow, SoldOffer {}

/** What is kept of a transaction, to be joined with what memory knows of what it sold. */
export interface KeptTransaction extends KeptRow {
  /** The product that has delivered it, or has refused last; null: the offer's own. */
  delivered_by: string | null;
  offer_version: number;
  /** Of the catalogue, when this was read. */
  catalogue_version: number;
}

export interface TransactionId {
  distributor_id: string;
  id: string;
}

/**
 * What is kept of transactions, as columns of `transactions t` and what is found beside each by its key: few probes, whatever
 * the plan. Only what is pending may lack an outcome, and only what recharges no line may be an eSIM.
 */
const KEPT = `
  t.id, t.distributor_id, t.offer_id, t.offer_version, t.line, t.user_id, t.voucher_id, t.created_at,
  coalesce(r.at, u.at, t.created_at) AS changed_at, coalesce(r.status, 'pending') AS status, r.reason, r.message, r.change,
  r.attempt AS attempts, r.product_id AS delivered_by, u.at IS NOT NULL AS outcome_unknown, ${DELIVERS('t')} AS delivers,
  h.sealed AS receipt_sealed, coalesce(h.has_pin, false) AS has_pin,
  e.sealed AS esim_sealed, e.kyc_level, e.kyc_url, e.kyc_deadline, e.kyc_status,
  (SELECT version FROM catalogue_version) AS catalogue_version`;
const BESIDE = `
  LEFT JOIN LATERAL (
    SELECT status, reason, message, at, attempt, product_id, change FROM outcomes r
    WHERE r.distributor_id = t.distributor_id AND r.transaction_id = t.id LIMIT 1
  ) r ON true
  LEFT JOIN LATERAL (
    SELECT at FROM unknown_outcomes u
    WHERE r.status IS NULL AND u.distributor_id = t.distributor_id AND u.transaction_id = t.id LIMIT 1
  ) u ON true
  LEFT JOIN LATERAL (
    SELECT sealed, has_pin FROM receipts h
    WHERE r.status = 'ok' AND h.distributor_id = t.distributor_id AND h.transaction_id = t.id LIMIT 1
  ) h ON true
  LEFT JOIN LATERAL (
    SELECT sealed, kyc_level, kyc_url, kyc_deadline,
           CASE WHEN e.kyc_deadline IS NOT NULL THEN ${KYC_STATUS} END AS kyc_status
    FROM esims e
    WHERE r.status = 'ok' AND t.line IS NULL AND e.distributor_id = t.distributor_id AND e.transaction_id = t.id LIMIT 1
  ) e ON true`;

/**
 * Selects what is kept of some orders of the distributor $1, newest first. What is found beside them is looked up for all of them
 * at once in each table: most of these have nothing of them, and a look for each order costs twice as much.
 * @param orders selects them from `transactions`
 */
export function keptOf(orders: string): string {
  const asked = `distributor_id = $1 AND transaction_id = ANY ((SELECT ids FROM asked)::uuid[])`;
  return `
    WITH t AS MATERIALIZED (${orders}), asked AS MATERIALIZED (SELECT ARRAY(SELECT id FROM t) AS ids)
    SELECT ${KEPT} FROM t
    LEFT JOIN (
      SELECT transaction_id, status, reason, message, at, attempt, product_id, change FROM outcomes WHERE ${asked}
    ) r ON r.transaction_id = t.id
    LEFT JOIN (SELECT transaction_id, at FROM unknown_outcomes WHERE ${asked}) u
      ON r.status IS NULL AND u.transaction_id = t.id
    LEFT JOIN (SELECT transaction_id, sealed, has_pin FROM receipts WHERE ${asked}) h
      ON r.status = 'ok' AND h.transaction_id = t.id
    LEFT JOIN (
      SELECT transaction_id, sealed, kyc_level, kyc_url, kyc_deadline,
             CASE WHEN e.kyc_deadline IS NOT NULL THEN ${KYC_STATUS} END AS kyc_status
      FROM esims e WHERE ${asked}
    ) e ON r.status = 'ok' AND t.line IS NULL AND e.transaction_id = t.id
    ORDER BY t.id DESC`;
}

/** Reads what is kept of many transactions, in any order; those that a distributor does not have are left out. */
export function readKept(on: Pick<Query, 'query'>, ids: readonly TransactionId[]): Promise<KeptTransaction[]> {
  const distributors = ids.map(({ distributor_id }) => distributor_id);
  const each = ids.map(({ id }) => id);
  if (distributors.every((id) => id === distributors[0])) {
    const orders = 'SELECT * FROM transactions WHERE distributor_id = $1 AND id = ANY ($2::uuid[])';
    return on.query<KeptTransaction>(ON_ITS_SHARD + keptOf(orders), [distributors[0] ?? null, each]);
  }
  return on.query<KeptTransaction>(
    `${ON_ITS_SHARD}SELECT ${KEPT} FROM unnest($1::uuid[], $2::uuid[]) AS asked(distributor_id, id)
     CROSS JOIN LATERAL (
       SELECT * FROM transactions t WHERE t.distributor_id = asked.distributor_id AND t.id = asked.id LIMIT 1
     ) t ${BESIDE}`,
    [distributors, each],
  );
}

/** The columns of TransactionRow, and where they come from. */
export const ROW_COLUMNS = `
       t.id, t.distributor_id, t.offer_id, t.line, t.user_id, t.voucher_id, t.created_at,
       coalesce(r.at, u.at, t.created_at) AS changed_at, coalesce(r.status, 'pending') AS status, r.reason, r.message, r.change,
       r.attempt AS attempts, u.transaction_id IS NOT NULL AS outcome_unknown,
       v.name AS offer_name, v.resell_value_minor, trim_scale(v.fees)::text AS fees, v.fees_type,
       p.id AS product_id, p.name AS product_name, p.transaction_type,
       ${DELIVERS('t')} AS delivers, p.line_kind, p.currency, p.bonus_value_minor,
       p.denomination_minor, p.denomination_currency, s.id AS supplier_id, s.name AS supplier_name,
       s.sim_check_digit,
       h.sealed AS receipt_sealed, coalesce(h.has_pin, false) AS has_pin, e.sealed AS esim_sealed, e.kyc_level, e.kyc_url, e.kyc_deadline,
       CASE WHEN e.kyc_deadline IS NOT NULL THEN ${KYC_STATUS} END AS kyc_status`;
export const FROM = `
FROM transactions t
LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
JOIN products p ON p.id = coalesce(r.product_id, o.product_id)
JOIN suppliers s ON s.id = p.supplier_id
JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
LEFT JOIN unknown_outcomes u ON u.distributor_id = t.distributor_id AND u.transaction_id = t.id
LEFT JOIN esims e ON e.distributor_id = t.distributor_id AND e.transaction_id = t.id AND r.status = 'ok'
LEFT JOIN receipts h ON h.distributor_id = t.distributor_id AND h.transaction_id = t.id AND r.status = 'ok'`;

const SELECT = `SELECT ${ROW_COLUMNS} ${FROM}`;

/** Finds one transaction of a distributor; null when it has no such transaction. */
export async function findTransaction(on: Query, distributorId: string, id: string): Promise<TransactionRow | null> {
  const [row] = await on.query<TransactionRow>(`${ON_ITS_SHARD}${SELECT} WHERE t.distributor_id = $1 AND t.id = $2`, [
    distributorId,
    id,
  ]);
  return row ?? null;
}

/** Whose a transaction is, and whether several products may deliver it. */
export interface FoundTransaction {
  distributor_id: string;
  transaction_id: string;
  /** The product of its offer. */
  own_product_id: string;
  is_routed: boolean;
}

/** Finds whose a transaction is, by its id alone; null when there is none. */
export async function findTransactionKey(on: Query, id: string): Promise<FoundTransaction | null> {
  const [row] = await on.query<FoundTransaction>(
    `${ON_EACH_SHARD}SELECT t.distributor_id, t.id AS transaction_id, o.product_id AS own_product_id, v.route_id IS NOT NULL AS is_routed
     FROM transactions t
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN offer_versions v
       ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
     WHERE t.id = $1`,
    [id],
  );
  return row ?? null;
}
