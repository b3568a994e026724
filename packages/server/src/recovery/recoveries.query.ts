import type { Query } from '../database/database.ts';

/** What is done after a restore. */
export interface RecoveryRow {
  id: string;
  since: Date;
  begun_by: string;
  begun_at: Date;
  ended_by: string | null;
  justification: string | null;
  ended_at: Date | null;
  /** Names of suppliers that were not covered at its end. */
  not_covered: string[];
}

/** Finds the last recovery; null where there was none. */
export async function findRecovery(on: Query): Promise<RecoveryRow | null> {
  const [row] = await on.query<RecoveryRow>('SELECT * FROM recoveries ORDER BY ended_at IS NULL DESC, id DESC LIMIT 1');
  return row ?? null;
}

/** Tells whether somebody has said before that the backup of some moment was restored. */
export async function isKnownRestore(on: Query, since: Date): Promise<boolean> {
  const rows = await on.query('SELECT 1 FROM recoveries WHERE since = $1 LIMIT 1', [since]);
  return rows.length > 0;
}

/**
 * A supplier that may have delivered what is lost, and what it was compared by since the recovery has begun: by what is under way,
 * or covers all of the time, or else by the last.
 */
export interface SearchedSupplier {
  supplier_id: string;
  supplier_name: string;
  connector: string | null;
  status: 'running' | 'done' | 'failed' | null;
  cause: string | null;
  compared_from: Date | null;
  compared_before: Date | null;
}

/** Lists them: all that deliver anything. */
export const listSearched = (on: Query, { since, begun_at }: RecoveryRow): Promise<SearchedSupplier[]> =>
  on.query<SearchedSupplier>(
    `SELECT s.id AS supplier_id, s.name AS supplier_name, s.connector, r.status, r.cause, r.compared_from, r.compared_before
     FROM suppliers s
     LEFT JOIN LATERAL (
       SELECT * FROM reconciliations r
       WHERE r.supplier_id = s.id AND r.begun_at >= $2 AND r.from_day <= ($1::timestamptz AT TIME ZONE r.time_zone)::date
       ORDER BY r.status = 'running' DESC,
                r.status = 'done' AND r.compared_from <= $1 AND r.compared_before >= $2 DESC, r.id DESC LIMIT 1) r ON true
     WHERE EXISTS (SELECT FROM products p JOIN offers o ON o.product_id = p.id OR o.route_id IN (
                     SELECT x.route_id FROM route_products x WHERE x.product_id = p.id) WHERE p.supplier_id = s.id)
     ORDER BY s.name, s.id`,
    [since, begun_at],
  );

const LOST = `FROM reconciliation_cases c
WHERE c.kind = 'delivered_there_not_sold_here' AND c.transaction_id IS NOT NULL AND c.at >= $1::timestamptz - interval '1 hour'`;

/**
 * Lists the cases of sales that are lost, the oldest first.
 * @param after only those behind this one
 */
export async function listLost(on: Query, { since }: RecoveryRow, after?: string): Promise<string[]> {
  const rows = await on.query<{ id: string }>(
    `SELECT c.id ${LOST} AND c.status = 'open'
       AND ($2::uuid IS NULL OR (c.at, c.id) > (SELECT a.at, a.id FROM reconciliation_cases a WHERE a.id = $2))
     ORDER BY c.at, c.id`,
    [since, after ?? null],
  );
  return rows.map(({ id }) => id);
}

/** Counts those that were booked. */
export async function countBooked(on: Query, { since }: RecoveryRow): Promise<number> {
  const [row] = await on.query<{ count: number }>(`SELECT count(*)::int AS count ${LOST} AND c.end_kind = 'book'`, [
    since,
  ]);
  return row?.count ?? 0;
}
