import type { Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';
import { FORGOTTEN } from '../values/line.ts';
import type { StagedTransaction } from './staged-transaction.rules.ts';

/** By how many digits from the end lines are compared, however the rest is written. */
const DIGITS = (line: string): string =>
  `nullif(right(regexp_replace(nullif(${line}, '${FORGOTTEN}'), '\\D', '', 'g'), 9), '')`;

/** Stages what a supplier has in its books. */
export async function stageTheirs(on: Query, run: string, page: readonly StagedTransaction[]): Promise<void> {
  await on.query(
    `INSERT INTO reconciliation_theirs
       (reconciliation_id, ordinal, supplier_reference, reference, transaction_id, attempt, line, digits, product, value,
        value_currency, cost, cost_currency, state, at)
     SELECT $1, ordinal, supplier_reference, reference, transaction_id, attempt, line, ${DIGITS('line')}, product, value,
            value_currency, cost, cost_currency, state, at
     FROM jsonb_to_recordset($2::jsonb)
       AS t(ordinal int, supplier_reference text, reference text, transaction_id uuid, attempt int, line text, product text,
            value numeric, value_currency text, cost numeric, cost_currency text, state text, at timestamptz)`,
    [run, JSON.stringify(page)],
  );
}

/** Removes what a list has told more than once: pages shift while they are read. The last word counts. */
export async function removeRepeated(on: Query, run: string): Promise<void> {
  await on.query(
    `DELETE FROM reconciliation_theirs t USING (
       SELECT ordinal, max(ordinal) OVER (PARTITION BY supplier_reference) AS last FROM reconciliation_theirs
       WHERE reconciliation_id = $1 AND supplier_reference IS NOT NULL) other
     WHERE t.reconciliation_id = $1 AND t.ordinal = other.ordinal AND other.ordinal < other.last`,
    [run],
  );
}

/** The sales of a supplier that are staged. */
export interface StagedSales {
  run: string;
  supplier_id: string;
  /** How many digits each currency has behind the point. */
  digits: Readonly<Record<string, number>>;
}

/**
 * The attempts of sales at a supplier, as they stand. What is owed was delivered; what was reversed was too, and is annulled.
 * `undecided`: nobody looks for its outcome any more, a person decides.
 */
const OURS = (which: string): string => `
  INSERT INTO reconciliation_ours
    (reconciliation_id, distributor_id, transaction_id, attempt, supplier_reference, line, digits, value, value_currency,
     cost, cost_currency, state, is_elsewhere, at)
  SELECT $1, a.distributor_id, a.id, a.number, CASE WHEN a.is_end THEN a.supplier_reference END, a.line,
         ${DIGITS('a.line')}, a.value_minor / power(10::numeric, ($3::jsonb ->> a.value_currency)::int), a.value_currency,
         CASE WHEN a.is_end THEN a.cost END, CASE WHEN a.is_end THEN a.cost_currency END,
         CASE WHEN NOT a.is_end AND a.ended_at IS NOT NULL THEN 'refused'
              WHEN NOT a.is_end AND a.status IS NOT NULL THEN 'pending'
              WHEN a.status IS NULL THEN CASE WHEN a.is_left THEN 'undecided' ELSE 'pending' END
              WHEN a.reason = 'reversed' THEN 'reversed'
              WHEN a.status = 'ok' OR a.change -> 'late_delivery' <> 'null' THEN 'delivered'
              ELSE 'refused' END,
         coalesce(NOT a.is_end AND a.status = 'ok', false), a.begun_at
  FROM (
    SELECT t.distributor_id, t.id, t.line, coalesce(x.number, 1) AS number, coalesce(x.begun_at, t.created_at) AS begun_at,
           x.ended_at, r.status, r.reason, r.change, r.supplier_reference, r.cost, r.cost_currency,
           r.status IS NOT NULL AND coalesce(r.attempt, 1) = coalesce(x.number, 1) AS is_end,
           u.transaction_id IS NOT NULL AND u.next_at IS NULL AS is_left,
           coalesce(p.denomination_minor, p.bonus_value_minor) AS value_minor,
           coalesce(p.denomination_currency, p.currency) AS value_currency
    FROM transactions t
    JOIN distributors d ON d.id = t.distributor_id AND d.world = 'live'
    JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
    LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
    LEFT JOIN unknown_outcomes u ON u.distributor_id = t.distributor_id AND u.transaction_id = t.id
    LEFT JOIN delivery_attempts x
      ON x.distributor_id = t.distributor_id AND x.transaction_id = t.id AND x.product_id IS NOT NULL
    JOIN products p ON p.id = coalesce(x.product_id, o.product_id)
    WHERE ${which} AND p.supplier_id = $2
  ) a
  ON CONFLICT DO NOTHING`;

/** Stages what was ordered from a supplier in a time. */
export async function stageOurs(
  on: Query,
  { run, supplier_id, digits }: StagedSales,
  from: Date,
  before: Date,
): Promise<void> {
  const ids = [firstIdAt(from), firstIdAt(before)];
  await on.query(OURS('t.id >= $4 AND t.id < $5'), [run, supplier_id, digits, ...ids]);
}

/** Stages what the supplier's books name by our references, whenever it was ordered. */
export async function stageNamed(on: Query, { run, supplier_id, digits }: StagedSales): Promise<void> {
  const named = `t.id IN (
    SELECT transaction_id FROM reconciliation_theirs n WHERE n.reconciliation_id = $1 AND n.transaction_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM reconciliation_ours o
                      WHERE o.reconciliation_id = $1 AND o.transaction_id = n.transaction_id))`;
  await on.query(OURS(named), [run, supplier_id, digits]);
}

/**
 * Has the planner learn how much is staged. By what it knows of the last reconciliation, which is emptied, it would take all for
 * one row, and compare each with each.
 */
export async function learnStaged(on: Query): Promise<void> {
  await on.query('ANALYZE reconciliation_theirs, reconciliation_ours');
}

const STAGED = ['theirs', 'ours', 'pairs', 'found'] as const;

/** Empties what was staged for a reconciliation. */
export async function unstage(on: Query, run: string): Promise<void> {
  for (const table of STAGED) {
    await on.query(`DELETE FROM reconciliation_${table} WHERE reconciliation_id = $1`, [run]);
  }
}

/** Empties what was staged for whatever is not under way any more: a killed process may have left it. */
export async function unstageEnded(on: Query): Promise<void> {
  for (const table of STAGED) {
    await on.query(
      `DELETE FROM reconciliation_${table} s
       WHERE NOT EXISTS (SELECT FROM reconciliations r WHERE r.id = s.reconciliation_id AND r.status = 'running')`,
    );
  }
}

/** Lists the currencies of what lines get. */
export async function listValueCurrencies(on: Query): Promise<string[]> {
  const rows = await on.query<{ currency: string }>(
    `SELECT DISTINCT coalesce(denomination_currency, currency) AS currency FROM products`,
  );
  return rows.map(({ currency }) => currency);
}
