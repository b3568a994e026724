import type { Page, StatementTotal } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** A statement in a list, or one that is being closed. */
export interface StatementRow {
  id: string;
  distributor_id: string;
  distributor_name: string;
  /** Null as long as it is being closed, and so is what follows. */
  number: number | null;
  first_day: string | null;
  last_day: string | null;
  hash: string | null;
  closed_at: Date | null;
  totals: StatementTotal[] | null;
  from_at: Date;
  before_at: Date;
  time_zone: string;
  /** Null before it was begun. */
  movements: number | null;
  done: number | null;
}

/** Finds the statements of a page first: their contents are long, and only those of the page are read. */
const listed = (which: string): string => `
SELECT p.*, s.content -> 'totals' AS totals, coalesce(p.closing_zone, s.content ->> 'time_zone') AS time_zone
FROM (
  SELECT x.*, d.name AS distributor_name FROM (
    SELECT id, distributor_id, NULL::int AS number, NULL AS first_day, NULL AS last_day, NULL AS hash,
           NULL::timestamptz AS closed_at, from_at, before_at, time_zone AS closing_zone, movements, done
    FROM statement_closings
    UNION ALL
    SELECT id, distributor_id, number, to_char(first_day, 'YYYY-MM-DD'), to_char(last_day, 'YYYY-MM-DD'),
           encode(hash, 'hex'), closed_at, from_at, before_at, NULL, NULL::bigint, NULL::bigint
    FROM statements
  ) x JOIN distributors d ON d.id = x.distributor_id WHERE ${which}
) p
LEFT JOIN LATERAL (SELECT content::jsonb AS content FROM statements
                   WHERE distributor_id = p.distributor_id AND number = p.number) s ON true
ORDER BY p.closed_at DESC NULLS FIRST, p.id DESC`;

/**
 * Lists a page of statements, newest first; those that are being closed before all others.
 * @param distributorId whose; null: of all
 */
export const listStatements = (on: Query, distributorId: string | null, { offset, limit }: Page) =>
  on.query<StatementRow>(
    listed(`($1::uuid IS NULL OR x.distributor_id = $1)
            ORDER BY x.closed_at DESC NULLS FIRST, x.id DESC LIMIT $2 OFFSET $3`),
    [distributorId, limit, offset],
  );

/** Finds a statement in the list; null where there is none. */
export async function findStatement(on: Query, id: string): Promise<StatementRow | null> {
  const [row] = await on.query<StatementRow>(listed('x.id = $1'), [id]);
  return row ?? null;
}

/** A statement as it was frozen. */
export interface FrozenStatement {
  distributor_id: string;
  number: number;
  id: string;
  before_at: Date;
  last_day: string;
  /** Canonical JSON. */
  content: string;
  /** In hexadecimal. */
  hash: string;
  kid: string;
  signature: string;
}

const FROZEN = `
SELECT distributor_id, number, id, before_at, to_char(last_day, 'YYYY-MM-DD') AS last_day, content,
       encode(hash, 'hex') AS hash, kid, signature
FROM statements`;

/**
 * Finds a statement as it was frozen; null where there is none, or none of this distributor.
 * @param distributorId whose it has to be; null: anybody's
 */
export async function findFrozen(on: Query, id: string, distributorId: string | null): Promise<FrozenStatement | null> {
  const [row] = await on.query<FrozenStatement>(
    `${FROZEN} WHERE id = $1 AND ($2::uuid IS NULL OR distributor_id = $2)`,
    [id, distributorId],
  );
  return row ?? null;
}

/** Finds the statement of a distributor that ends with a day; null where there is none. */
export async function findEndingWith(on: Query, distributorId: string, lastDay: string): Promise<StatementRow | null> {
  const [row] = await on.query<StatementRow>(listed('x.distributor_id = $1 AND x.last_day = $2'), [
    distributorId,
    lastDay,
  ]);
  return row ?? null;
}

/** Tells whether a statement is being closed; null for all distributors. */
export async function isClosing(on: Query, id: string, distributorId: string | null): Promise<boolean> {
  const rows = await on.query(
    'SELECT FROM statement_closings WHERE id = $1 AND ($2::uuid IS NULL OR distributor_id = $2)',
    [id, distributorId],
  );
  return rows.length > 0;
}

/** Finds the statement of a distributor that is being closed; null where none is. */
export async function findOpenClosing(on: Query, distributorId: string): Promise<StatementRow | null> {
  const [row] = await on.query<StatementRow>(listed('x.distributor_id = $1 AND x.number IS NULL'), [distributorId]);
  return row ?? null;
}
