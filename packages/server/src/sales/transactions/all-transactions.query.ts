import type { Page } from '@opentopup/contract';
import type { Param, Query } from '../../database/database.ts';
import { dateOf } from '../../database/ids.ts';
import type { Reading } from '../../database/replica.ts';
import { conditions, type TransactionFilter } from './transaction-conditions.query.ts';
import { FROM, ROW_COLUMNS, type TransactionRow } from './transactions.query.ts';

/** A transaction as the operator sees it. */
export interface TransactionDetail extends TransactionRow {
  distributor_name: string;
  supplier_reference: string | null;
  /** What the supplier has charged, in the main unit of a currency; null where it has not told. */
  supplier_cost: number | null;
  supplier_currency: string | null;
  /** Why the outcome is not known, and when the supplier is asked again. */
  pending_cause: string | null;
  next_look_at: Date | null;
  /** Who takes care of it while it is pending. */
  owner: string | null;
  /** What a person has decided about it; null: there was proof, or there is no end yet. */
  decided_by: string | null;
  justification: string | null;
  decided_at: Date | null;
}

const SELECT = `
SELECT ${ROW_COLUMNS}, d.name AS distributor_name, r.supplier_reference,
       r.cost::float8 AS supplier_cost, r.cost_currency AS supplier_currency,
       CASE WHEN r.transaction_id IS NULL THEN u.cause END AS pending_cause,
       CASE WHEN r.transaction_id IS NULL THEN u.next_at END AS next_look_at,
       c.decided_by, c.justification, c.at AS decided_at,
       CASE WHEN r.transaction_id IS NULL THEN coalesce(w.email, w.owner) END AS owner
${FROM} JOIN distributors d ON d.id = t.distributor_id
LEFT JOIN decisions c ON c.distributor_id = t.distributor_id AND c.transaction_id = t.id
LEFT JOIN LATERAL (
  SELECT s.owner, a.email FROM sale_claims s LEFT JOIN accounts a ON a.id = s.account_id
  WHERE s.distributor_id = t.distributor_id AND s.transaction_id = t.id
) w ON true`;

/**
 * The details of the transactions that `page` names by their keys. LIMIT 1 has each looked up by its key: the planner
 * takes composite keys for far more selective than they are, and would rather read all there are.
 */
const DETAILS = `
SELECT detail.* FROM page
CROSS JOIN LATERAL (${SELECT} WHERE t.distributor_id = page.distributor_id AND t.id = page.id LIMIT 1) detail
ORDER BY detail.id DESC`;

/** Where a distributor `d` has its transactions. */
const ALL = 'transactions t';
/** Where it has those that may be pending: what is older is settled, or known to have no outcome. */
const OPEN = `
(SELECT transaction_id AS id FROM unknown_outcomes WHERE distributor_id = d.id
 UNION SELECT id FROM transactions WHERE distributor_id = d.id AND id >= (SELECT from_id FROM orphan_search)) open
JOIN transactions t ON t.id = open.id`;

/** How far back is looked first, how much further each time, and how far at once at most. */
const FIRST_SPAN_MS = 3_600_000;
const WIDER = 16;
const WIDEST_MS = 31 * 24 * 3_600_000;

interface TransactionKey {
  distributor_id: string;
  id: string;
}

/**
 * Reads a page of the transactions of one distributor or of all, newest first. Each distributor's are found by its own
 * index, and the page is put together from them: no index crosses distributors. So that many distributors with long
 * histories cost little, only as much of these is looked at as the page needs, and no statement reads more than a
 * month.
 */
export async function listTransactionDetails(
  on: Reading,
  { offset, limit }: Page,
  filter: TransactionFilter,
  distributorId: string | null,
): Promise<TransactionDetail[]> {
  const found: TransactionKey[] = [];
  let { before } = filter;
  let end = Math.min((filter.olderThan ? dateOf(filter.olderThan) : (before ?? new Date())).getTime(), Date.now());
  const since = filter.from?.getTime() ?? 0;
  let first: number | undefined;
  for (let span_ms = FIRST_SPAN_MS; ; span_ms = Math.min(span_ms * WIDER, WIDEST_MS)) {
    const from = new Date(Math.max(end - span_ms, since));
    const most = offset + limit - found.length;
    found.push(...(await listKeys(on, most, { ...filter, from, ...(before && { before }) }, distributorId)));
    if (found.length === offset + limit || from.getTime() === since) break;
    first ??= await findFirst(on, distributorId);
    if (from.getTime() <= first) break;
    before = from;
    end = from.getTime();
  }
  const page = found.slice(offset);
  return on.reads.query<TransactionDetail>(
    `WITH page AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS k(distributor_id, id)) ${DETAILS}`,
    [page.map(({ distributor_id }) => distributor_id), page.map(({ id }) => id)],
  );
}

/** Tells when the first transaction of a distributor or of all was ordered; now where there is none. */
async function findFirst(on: Query, distributorId: string | null): Promise<number> {
  const [row] = await on.query<{ id: string }>(
    `SELECT oldest.id FROM distributors d
     CROSS JOIN LATERAL (SELECT id FROM transactions WHERE distributor_id = d.id ORDER BY id LIMIT 1) oldest
     WHERE $1::uuid IS NULL OR d.id = $1 ORDER BY oldest.id LIMIT 1`,
    [distributorId],
  );
  return row ? dateOf(row.id).getTime() : Date.now();
}

function listKeys(
  on: Query,
  most: number,
  filter: TransactionFilter,
  distributorId: string | null,
): Promise<TransactionKey[]> {
  const params: Param[] = [most, distributorId];
  return on.query<TransactionKey>(
    `SELECT newest.distributor_id, newest.id FROM distributors d
     CROSS JOIN LATERAL (
       SELECT t.distributor_id, t.id FROM ${filter.status === 'pending' ? OPEN : ALL}
       WHERE t.distributor_id = d.id ${conditions(filter, params, 'd.id')}
       ORDER BY t.id DESC LIMIT $1::bigint
     ) newest
     WHERE $2::uuid IS NULL OR d.id = $2 ORDER BY newest.id DESC LIMIT $1::bigint`,
    params,
  );
}

/** Finds one transaction of any distributor; null when there is none. */
export async function findTransactionDetail(on: Reading, id: string): Promise<TransactionDetail | null> {
  const [row] = await on.reads.query<TransactionDetail>(
    `WITH page AS MATERIALIZED (
       SELECT own.distributor_id, own.id FROM distributors d
       CROSS JOIN LATERAL (
         SELECT distributor_id, id FROM transactions WHERE distributor_id = d.id AND id = $1 LIMIT 1
       ) own
     ) ${DETAILS}`,
    [id],
  );
  return row ?? null;
}
