import type { Query } from '../database/database.ts';

/** A statement that is frozen. */
export interface NewStatement {
  distributor_id: string;
  number: number;
  id: string;
  from_at: Date;
  before_at: Date;
  first_day: string;
  last_day: string;
  content: string;
  /** In hexadecimal. */
  hash: string;
  kid: string;
  signature: string;
  closed_by: string;
  closed_at: Date;
}

/** Where a bucket was cut, and how it stood there. */
export interface NewCut {
  offer_id: string;
  seq: number;
  head: string;
  available: number;
  held: number;
}

/** Keeps a statement and its cuts, for good. */
export async function addStatement(tx: Query, s: NewStatement, cuts: readonly NewCut[]): Promise<void> {
  await tx.query(
    `INSERT INTO statements (distributor_id, number, id, from_at, before_at, first_day, last_day, content, hash, kid,
                             signature, closed_by, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, decode($9, 'hex'), $10, $11, $12, $13)`,
    [
      s.distributor_id,
      s.number,
      s.id,
      s.from_at,
      s.before_at,
      s.first_day,
      s.last_day,
      s.content,
      s.hash,
      s.kid,
      s.signature,
      s.closed_by,
      s.closed_at,
    ],
  );
  await tx.query(
    `INSERT INTO statement_cuts (distributor_id, number, offer_id, seq, head, available, held)
     SELECT $1, $2, offer_id, seq, decode(head, 'hex'), available, held
     FROM jsonb_to_recordset($3::jsonb) AS c(offer_id uuid, seq bigint, head text, available bigint, held bigint)`,
    [s.distributor_id, s.number, JSON.stringify(cuts)],
  );
}

/** Finds the hash of the last statement of a distributor, and its number; null where there is none. */
export async function findLastStatement(
  on: Query,
  distributorId: string,
): Promise<{ number: number; hash: string } | null> {
  const [row] = await on.query<{ number: number; hash: string }>(
    `SELECT number, encode(hash, 'hex') AS hash FROM statements WHERE distributor_id = $1 ORDER BY number DESC LIMIT 1`,
    [distributorId],
  );
  return row ?? null;
}
