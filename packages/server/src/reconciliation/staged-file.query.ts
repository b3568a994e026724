import type { Query } from '../database/database.ts';

/** Rows of a staged file that a row before has told already, by the supplier's reference. */
export interface RepeatedRow {
  line: number;
  first: number;
}

/** Lists them, some. */
export const listRepeated = (on: Query, run: string, limit: number): Promise<RepeatedRow[]> =>
  on.query<RepeatedRow>(
    `SELECT ordinal AS line, first FROM (
       SELECT ordinal, min(ordinal) OVER (PARTITION BY supplier_reference) AS first FROM reconciliation_theirs
       WHERE reconciliation_id = $1 AND supplier_reference IS NOT NULL) t
     WHERE ordinal > first ORDER BY ordinal LIMIT $2`,
    [run, limit],
  );

/** Whose sales a file names by our references, once both sides are staged. */
export interface NamedSales {
  rows: number;
  here: number;
  /** Sales of other suppliers. */
  elsewhere: number;
}

/** Counts them. */
export async function countNamed(on: Query, run: string): Promise<NamedSales> {
  const [counts] = await on.query<NamedSales>(
    `SELECT count(*)::int AS rows, (count(*) FILTER (WHERE is_here))::int AS here,
            (count(*) FILTER (WHERE NOT is_here AND EXISTS (SELECT FROM transactions s WHERE s.id = t.transaction_id)))::int
              AS elsewhere
     FROM (SELECT transaction_id, EXISTS (SELECT FROM reconciliation_ours o WHERE o.reconciliation_id = $1
                                            AND o.transaction_id = n.transaction_id) AS is_here
           FROM reconciliation_theirs n WHERE n.reconciliation_id = $1) t`,
    [run],
  );
  return counts ?? { rows: 0, here: 0, elsewhere: 0 };
}

/** A row of a staged file in a currency that no sale here was charged in. */
export interface ForeignAmount {
  line: number;
  currency: string;
  /** In which they were. */
  ours: string;
}

/** Lists them, some, where all amounts of the file are so; once both sides are staged. */
export const listForeignAmounts = (on: Query, run: string, limit: number): Promise<ForeignAmount[]> =>
  on.query<ForeignAmount>(
    `WITH ours AS (SELECT DISTINCT cost_currency AS currency FROM reconciliation_ours
                   WHERE reconciliation_id = $1 AND cost_currency IS NOT NULL)
     SELECT ordinal AS line, cost_currency AS currency, (SELECT string_agg(currency, ', ' ORDER BY currency) FROM ours) AS ours
     FROM reconciliation_theirs t
     WHERE reconciliation_id = $1 AND cost_currency IS NOT NULL AND EXISTS (SELECT FROM ours)
       AND NOT EXISTS (SELECT FROM reconciliation_theirs n JOIN ours ON ours.currency = n.cost_currency
                       WHERE n.reconciliation_id = $1)
     ORDER BY ordinal LIMIT $2`,
    [run, limit],
  );

/** Tells whether a file was taken before. */
export async function isKnownFile(on: Query, supplierId: string, digest: string): Promise<boolean> {
  const rows = await on.query(
    `SELECT 1 FROM reconciliations WHERE supplier_id = $1 AND file_digest = $2 AND status <> 'failed' LIMIT 1`,
    [supplierId, digest],
  );
  return rows.length > 0;
}

/** Counts what was found by its kind. */
export const countKinds = (on: Query, run: string): Promise<{ kind: string; count: number }[]> =>
  on.query(
    `SELECT found ->> 'kind' AS kind, count(*)::int AS count FROM reconciliation_found WHERE reconciliation_id = $1
     GROUP BY 1 ORDER BY 1`,
    [run],
  );
