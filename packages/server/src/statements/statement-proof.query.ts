import type { Query } from '../database/database.ts';

/** A statement, with what its content has to agree with. */
export interface ProvedStatement {
  id: string;
  number: number;
  content: string;
  /** In hexadecimal, as the next. */
  hash: string;
  previous_hash: string | null;
  kid: string;
  signature: string;
  cuts: { offer_id: string; seq: number; head: string; closing: number }[];
}

const AT_ONCE = 20;

/** Reads the statements of a distributor that were closed since an instant, in their order. */
export async function* readStatements(on: Query, distributorId: string, since: Date): AsyncGenerator<ProvedStatement> {
  for (let after = 0; ; ) {
    const rows = await on.query<ProvedStatement>(
      `SELECT s.id, s.number, s.content, encode(s.hash, 'hex') AS hash, encode(p.hash, 'hex') AS previous_hash, s.kid,
              s.signature,
              coalesce((SELECT jsonb_agg(jsonb_build_object('offer_id', c.offer_id, 'seq', c.seq, 'closing', available + held,
                                                            'head', encode(c.head, 'hex')) ORDER BY c.offer_id)
                        FROM statement_cuts c WHERE c.distributor_id = s.distributor_id AND c.number = s.number), '[]') AS cuts
       FROM statements s
       LEFT JOIN statements p ON p.distributor_id = s.distributor_id AND p.number = s.number - 1
       WHERE s.distributor_id = $1 AND s.number > $2 AND s.closed_at >= $3 ORDER BY s.number LIMIT ${AT_ONCE}`,
      [distributorId, after, since],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    after = last.number;
  }
}

/** A cut of a bucket of which there is no statement. */
export interface LoneCut {
  number: number;
  offer_id: string;
}

/** Lists the numbers at which a statement of a distributor is missing, each with an offer that it had. */
export const missingStatements = (on: Query, distributorId: string): Promise<LoneCut[]> =>
  on.query<LoneCut>(
    `SELECT DISTINCT ON (c.number) c.number, c.offer_id FROM statement_cuts c
     WHERE c.distributor_id = $1
       AND NOT EXISTS (SELECT FROM statements s WHERE s.distributor_id = c.distributor_id AND s.number = c.number)
     ORDER BY c.number, c.offer_id LIMIT 100`,
    [distributorId],
  );

/** Where a statement has cut a bucket, and how it stood there. */
export interface BucketCut {
  number: number;
  seq: number;
  /** In hexadecimal digits. */
  head: string;
  available: number;
  held: number;
}

/** Lists the cuts of a bucket behind a movement, in their order. */
export const cutsOfBucket = (on: Query, distributorId: string, offerId: string, after: number): Promise<BucketCut[]> =>
  on.query<BucketCut>(
    `SELECT number, seq, encode(head, 'hex') AS head, available, held FROM statement_cuts
     WHERE distributor_id = $1 AND offer_id = $2 AND seq > $3 ORDER BY number`,
    [distributorId, offerId, after],
  );
