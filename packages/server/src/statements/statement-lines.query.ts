import type { Query } from '../database/database.ts';
import { SALE_OF_MOVEMENT } from './moved-units.query.ts';

/** A movement that a statement counts. */
export interface StatementLine {
  seq: number;
  kind: 'grant' | 'adjust' | 'sell' | 'late_delivery' | 'return';
  at: Date;
  units: number;
  reference: string | null;
  transaction_id: string | null;
  /** Of the sale; null for what is none, and so is what follows. */
  value_minor: number | null;
  fees: string | null;
  fees_type: 'value' | 'percent' | null;
  vat_rate: string | null;
  vat_included: boolean | null;
}

/** An offer, and its cuts before and at the end of a statement. */
export interface LinesOfOffer {
  distributor_id: string;
  offer_id: string;
  after: number;
  upTo: number;
}

/** Finds where each offer of a statement was cut before. */
export async function cutsBefore(on: Query, distributorId: string, number: number): Promise<Map<string, number>> {
  const rows = await on.query<{ offer_id: string; seq: number }>(
    'SELECT offer_id, seq FROM statement_cuts WHERE distributor_id = $1 AND number = $2',
    [distributorId, number - 1],
  );
  return new Map(rows.map(({ offer_id, seq }) => [offer_id, seq]));
}

const AT_ONCE = 2_000;

/** Reads the lines of an offer in a statement, in the order of the ledger, in portions. */
export async function* readLines(
  on: Query,
  { distributor_id, offer_id, after, upTo }: LinesOfOffer,
): AsyncGenerator<StatementLine> {
  for (let seq = after; seq < upTo; ) {
    const rows = await on.query<StatementLine>(
      `SELECT m.seq, m.kind, m.at, m.units, m.reference, m.transaction_id, p.resell_value_minor AS value_minor,
              trim_scale(p.fees)::text AS fees, p.fees_type, v.rate AS vat_rate, v.is_included AS vat_included
       FROM (SELECT * FROM movements
             WHERE distributor_id = $1 AND offer_id = $2 AND seq > $3 AND seq <= $4 AND kind NOT IN ('hold', 'release')
             ORDER BY seq LIMIT ${AT_ONCE}) m
       JOIN offers o ON o.distributor_id = m.distributor_id AND o.id = m.offer_id
       ${SALE_OF_MOVEMENT('o.product_id')}
       LEFT JOIN offer_versions p
         ON p.distributor_id = m.distributor_id AND p.offer_id = m.offer_id AND p.version = t.offer_version
       ORDER BY m.seq`,
      [distributor_id, offer_id, seq, upTo],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    seq = last.seq;
  }
}
