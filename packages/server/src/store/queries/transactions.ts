import type { Param, Query } from '../db.ts';
import { firstIdAt } from '../ids.ts';

/** A transaction with what it sold and how it ended. */
export interface TransactionRow {
  id: string;
  distributor_id: string;
  offer_id: string;
  line: string | null;
  user_id: string | null;
  voucher_id: string | null;
  created_at: Date;
  changed_at: Date;
  status: 'pending' | 'ok' | 'ko' | 'expired';
  /** Why it is ko or expired. */
  reason: string | null;
  message: string | null;
  /** True once the supplier call has ended without proof of either outcome. */
  outcome_unknown: boolean;
  offer_name: string;
  resell_value_minor: number;
  product_id: string;
  product_name: string;
  transaction_type: string;
  line_kind: 'msisdn' | 'simId' | null;
  currency: string;
  bonus_value_minor: number;
  supplier_id: string;
  supplier_name: string;
}

/** The columns of TransactionRow, and where they come from. */
export const COLUMNS = `
       t.id, t.distributor_id, t.offer_id, t.line, t.user_id, t.voucher_id, t.created_at,
       coalesce(r.at, u.at, t.created_at) AS changed_at, coalesce(r.status, 'pending') AS status, r.reason, r.message,
       u.transaction_id IS NOT NULL AS outcome_unknown,
       v.name AS offer_name, v.resell_value_minor, p.id AS product_id, p.name AS product_name, p.transaction_type,
       p.line_kind, p.currency, p.bonus_value_minor, s.id AS supplier_id, s.name AS supplier_name`;
export const FROM = `
FROM transactions t
LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
JOIN products p ON p.id = o.product_id
JOIN suppliers s ON s.id = p.supplier_id
JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
LEFT JOIN unknown_outcomes u ON u.distributor_id = t.distributor_id AND u.transaction_id = t.id`;

const SELECT = `SELECT ${COLUMNS} ${FROM}`;

/** One transaction of a distributor; null when it has no such transaction. */
export async function findTransaction(on: Query, distributorId: string, id: string): Promise<TransactionRow | null> {
  const [row] = await on.query<TransactionRow>(`${SELECT} WHERE t.distributor_id = $1 AND t.id = $2`, [
    distributorId,
    id,
  ]);
  return row ?? null;
}

export interface TransactionFilter {
  /** Created at this instant or later. */
  from?: Date;
  /** Created before this instant. */
  before?: Date;
  status?: string;
  offer?: string;
  supplier?: string;
  user?: string;
  /** Older than this transaction. */
  olderThan?: string;
}

/** The filter as SQL; dates become ranges of ids, which carry their time. */
function conditions(distributorId: string, filter: TransactionFilter): { where: string; params: Param[] } {
  const params: Param[] = [distributorId];
  const where = ['t.distributor_id = $1'];
  const add = (sql: string, value: Param | undefined): void => {
    if (value !== undefined) where.push(sql.replace('?', `$${params.push(value)}`));
  };
  add('t.id >= ?', filter.from && firstIdAt(filter.from));
  add('t.id < ?', filter.before && firstIdAt(filter.before));
  add('t.id < ?', filter.olderThan);
  add("coalesce(r.status, 'pending') = ?", filter.status);
  add('t.offer_id = ?', filter.offer);
  add('p.supplier_id = ?', filter.supplier);
  add('t.user_id = ?', filter.user);
  return { where: where.join(' AND '), params };
}

/** A page of a distributor's transactions, newest first. */
export function listTransactions(
  on: Query,
  distributorId: string,
  filter: TransactionFilter,
  page: { offset: number; limit: number },
): Promise<TransactionRow[]> {
  const { where, params } = conditions(distributorId, filter);
  const n = params.push(page.limit, page.offset);
  return on.query<TransactionRow>(`${SELECT} WHERE ${where} ORDER BY t.id DESC LIMIT $${n - 1} OFFSET $${n}`, params);
}

/** What is known of an idempotency key; null when it was not used, or its time is over. */
export async function findIdempotencyKey(
  on: Query,
  distributorId: string,
  key: string,
): Promise<{ transaction_id: string; request_sha256: string } | null> {
  const [row] = await on.query<{ transaction_id: string; request_sha256: string }>(
    `SELECT transaction_id, request_sha256 FROM idempotency_keys
     WHERE distributor_id = $1 AND key = $2 AND expires_at > now()`,
    [distributorId, key],
  );
  return row ?? null;
}
