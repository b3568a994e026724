import type { Page } from '@opentopup/contract';
import type { Param, Query } from '../../db.ts';
import { dateOf, firstIdAt } from '../../ids.ts';
import { COLUMNS, FROM, type TransactionFilter, type TransactionRow } from '../transactions.ts';

/** A transaction as the operator sees it. */
export interface TransactionDetail extends TransactionRow {
  distributor_name: string;
  supplier_reference: string | null;
  /** Why the outcome is not known, and when the supplier is asked again. */
  pending_cause: string | null;
  next_look_at: Date | null;
}

const SELECT = `
SELECT ${COLUMNS}, d.name AS distributor_name, r.supplier_reference,
       CASE WHEN r.transaction_id IS NULL THEN u.cause END AS pending_cause,
       CASE WHEN r.transaction_id IS NULL THEN u.next_at END AS next_look_at
${FROM} JOIN distributors d ON d.id = t.distributor_id`;

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

/** The filter as conditions that leave `transactions t` to be read in the order of its ids. */
function conditions(filter: TransactionFilter, params: Param[]): string {
  const where: string[] = [];
  const add = (sql: string, value: Param | undefined): void => {
    if (value !== undefined) where.push(`AND ${sql.replace('?', `$${params.push(value)}`)}`);
  };
  add('t.id >= ?', filter.from && firstIdAt(filter.from));
  add('t.id < ?', filter.before && firstIdAt(filter.before));
  add('t.id < ?', filter.olderThan);
  add('t.offer_id = ?', filter.offer);
  add('t.user_id = ?', filter.user);
  add('t.line = ?', filter.line);
  add(
    `t.offer_id = ANY (ARRAY(SELECT o.id FROM offers o JOIN products p ON p.id = o.product_id
                             WHERE o.distributor_id = d.id AND p.supplier_id = ?))`,
    filter.supplier,
  );
  add(
    `coalesce((SELECT r.status FROM resolutions r
               WHERE r.distributor_id = t.distributor_id AND r.transaction_id = t.id), 'pending') = ?`,
    filter.status,
  );
  return where.join(' ');
}

/** How far back is looked first, and how much further each time, while there is not enough for a page. */
const FIRST_SPAN_MS = 3_600_000;
const WIDER = 16;

/**
 * A page of the transactions of one distributor or of all, newest first. Each distributor's are found by its own index,
 * and the page is put together from them: no index crosses distributors. So that many distributors with long histories
 * cost little, only as much of these is looked at as the page needs.
 */
export async function listTransactionDetails(
  on: Query,
  page: Page,
  filter: TransactionFilter,
  distributorId: string | null,
): Promise<TransactionDetail[]> {
  const end = filter.olderThan ? dateOf(filter.olderThan) : (filter.before ?? new Date());
  const first = filter.from ?? new Date(0);
  for (let span_ms = FIRST_SPAN_MS; ; span_ms *= WIDER) {
    const from = new Date(Math.max(end.getTime() - span_ms, first.getTime()));
    const found = await listSince(on, page, { ...filter, from }, distributorId);
    if (found.length === page.limit || from.getTime() === first.getTime()) return found;
  }
}

function listSince(
  on: Query,
  { offset, limit }: Page,
  filter: TransactionFilter,
  distributorId: string | null,
): Promise<TransactionDetail[]> {
  const params: Param[] = [limit, offset, distributorId];
  return on.query<TransactionDetail>(
    `WITH page AS MATERIALIZED (
       SELECT newest.distributor_id, newest.id FROM distributors d
       CROSS JOIN LATERAL (
         SELECT t.distributor_id, t.id FROM ${filter.status === 'pending' ? OPEN : ALL}
         WHERE t.distributor_id = d.id ${conditions(filter, params)}
         ORDER BY t.id DESC LIMIT $1::bigint + $2::bigint
       ) newest
       WHERE $3::uuid IS NULL OR d.id = $3 ORDER BY newest.id DESC LIMIT $1 OFFSET $2
     ) ${DETAILS}`,
    params,
  );
}

/** One transaction of any distributor; null when there is none. */
export async function findTransactionDetail(on: Query, id: string): Promise<TransactionDetail | null> {
  const [row] = await on.query<TransactionDetail>(
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
