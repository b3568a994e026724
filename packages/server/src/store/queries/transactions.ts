import type { Param, Query } from '../db.ts';
import { firstIdAt } from '../ids.ts';
import { type IdentificationStatus, KYC_STATUS } from './identifications.ts';

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
  /** Of an eSIM that was sold; null for anything else. The profile is sealed. */
  esim_sealed: string | null;
  kyc_level: number | null;
  kyc_url: string | null;
  /** Null where nobody has to be identified. */
  kyc_deadline: Date | null;
  kyc_status: IdentificationStatus | null;
}

/** The columns of TransactionRow, and where they come from. */
export const COLUMNS = `
       t.id, t.distributor_id, t.offer_id, t.line, t.user_id, t.voucher_id, t.created_at,
       coalesce(r.at, u.at, t.created_at) AS changed_at, coalesce(r.status, 'pending') AS status, r.reason, r.message,
       u.transaction_id IS NOT NULL AS outcome_unknown,
       v.name AS offer_name, v.resell_value_minor, p.id AS product_id, p.name AS product_name, p.transaction_type,
       p.line_kind, p.currency, p.bonus_value_minor, s.id AS supplier_id, s.name AS supplier_name,
       e.sealed AS esim_sealed, e.kyc_level, e.kyc_url, e.kyc_deadline,
       CASE WHEN e.kyc_deadline IS NOT NULL THEN ${KYC_STATUS} END AS kyc_status`;
export const FROM = `
FROM transactions t
LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
JOIN products p ON p.id = o.product_id
JOIN suppliers s ON s.id = p.supplier_id
JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
LEFT JOIN unknown_outcomes u ON u.distributor_id = t.distributor_id AND u.transaction_id = t.id
LEFT JOIN esims e ON e.distributor_id = t.distributor_id AND e.transaction_id = t.id AND r.status = 'ok'`;

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
  /** A number in E.164, or a serial. */
  line?: string;
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
  add('t.line = ?', filter.line);
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

/** How many rows of a long list are read at once. */
const CHUNK = 500;

/**
 * All of a distributor's transactions that a filter lets through, newest first, however many: read in chunks, as they are
 * asked for. Those that come meanwhile are newer than the first one, and are not among them.
 */
export async function* eachTransaction(
  on: Query,
  distributorId: string,
  filter: TransactionFilter,
  { offset, limit = Number.POSITIVE_INFINITY }: { offset: number; limit?: number | undefined },
): AsyncGenerator<TransactionRow> {
  let chunk = await listTransactions(on, distributorId, filter, { offset, limit: Math.min(CHUNK, limit) });
  for (let left = limit - chunk.length; ; left -= chunk.length) {
    yield* chunk;
    const last = chunk.at(-1);
    if (chunk.length < CHUNK || left === 0 || !last) return;
    const older = { ...filter, olderThan: last.id };
    chunk = await listTransactions(on, distributorId, older, { offset: 0, limit: Math.min(CHUNK, left) });
  }
}

/** How many of a distributor's transactions a filter lets through. */
export async function countTransactions(on: Query, distributorId: string, filter: TransactionFilter): Promise<number> {
  const { where, params } = conditions(distributorId, filter);
  const [row] = await on.query<{ count: number }>(
    `SELECT count(*) AS count FROM transactions t
     LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN products p ON p.id = o.product_id
     WHERE ${where}`,
    params,
  );
  return row?.count ?? 0;
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

/** Whose a transaction is, found by its id alone; null when there is none, or it is of another world or supplier. */
export async function findTransactionKey(
  on: Query,
  id: string,
  of: { world?: 'live' | 'sandbox'; supplier_id?: string } = {},
): Promise<{ distributor_id: string; transaction_id: string } | null> {
  const [row] = await on.query<{ distributor_id: string; transaction_id: string }>(
    `SELECT t.distributor_id, t.id AS transaction_id FROM transactions t
     JOIN distributors d ON d.id = t.distributor_id
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     JOIN products p ON p.id = o.product_id
     WHERE t.id = $1 AND d.world = coalesce($2, d.world) AND p.supplier_id = coalesce($3, p.supplier_id)`,
    [id, of.world ?? null, of.supplier_id ?? null],
  );
  return row ?? null;
}
