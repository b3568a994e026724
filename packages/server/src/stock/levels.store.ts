import type { StaffLanguage } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';
import { COUNTS_FOR } from './alerts.query.ts';
import type { ReportedLevel, Stock } from './levels.rules.ts';

/** A stock that has crossed something. */
export interface CheckedStock extends Stock {
  distributor_id: string;
  offer_id: string;
  offer_name: string;
  /** The fewest units it had when it did. */
  least: number;
  /** Units it had been granted by then. */
  least_granted: number;
  /** What was told of it last; null: nothing. */
  told: ReportedLevel | null;
  /** Who is written to. */
  emails: string[];
  /** The alert that it is told by; null: none. */
  alert_id: string | null;
  /** In which language a chat is written to; null where none is. */
  chat_language: StaffLanguage | null;
}

/**
 * Takes stocks that have crossed something off the list, and tells how they stand. Whatever crosses from then on waits for
 * this transaction to end and comes onto the list again, so each crossing is looked at once. The list comes before the
 * buckets, in a statement of its own: what is read of a bucket then is no older than what put it there.
 */
export async function takeChecks(tx: Query, limit: number): Promise<CheckedStock[]> {
  const taken = await tx.query<Pick<CheckedStock, 'distributor_id' | 'offer_id' | 'least' | 'least_granted'>>(
    `${ON_EACH_SHARD}DELETE FROM stock_checks WHERE (distributor_id, offer_id) IN (
       SELECT distributor_id, offer_id FROM stock_checks LIMIT $1 FOR UPDATE SKIP LOCKED)
     RETURNING distributor_id, offer_id, least, least_granted`,
    [limit],
  );
  if (taken.length === 0) return [];
  return tx.query<CheckedStock>(
    `${ON_EACH_SHARD}SELECT b.distributor_id, b.offer_id, o.name AS offer_name, b.available, b.granted, b.low_at, c.least, c.least_granted,
            CASE WHEN l.level IS NOT NULL THEN jsonb_build_object('level', l.level, 'granted', l.granted) END AS told,
            coalesce(a.emails, '{}') AS emails, a.id AS alert_id,
            CASE WHEN a.chat_stopped_at IS NULL THEN a.chat_language END AS chat_language
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[]) AS c(distributor_id, offer_id, least, least_granted)
     JOIN buckets b USING (distributor_id, offer_id)
     JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id
     LEFT JOIN stock_levels l ON l.distributor_id = b.distributor_id AND l.offer_id = b.offer_id
     LEFT JOIN LATERAL (
       SELECT * FROM alerts a
       WHERE a.distributor_id = b.distributor_id AND ${COUNTS_FOR('a.offer_id', 'b')} LIMIT 1
     ) a ON true`,
    [
      taken.map(({ distributor_id }) => distributor_id),
      taken.map(({ offer_id }) => offer_id),
      taken.map(({ least }) => least),
      taken.map(({ least_granted }) => least_granted),
    ],
  );
}

/** Keeps what is told of a stock from now on. */
export async function saveLevel(
  tx: Query,
  { distributor_id, offer_id }: Pick<CheckedStock, 'distributor_id' | 'offer_id'>,
  { level, granted }: ReportedLevel,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO stock_levels (distributor_id, offer_id, level, since, granted) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (distributor_id, offer_id) DO UPDATE
       SET level = excluded.level, since = excluded.since, granted = excluded.granted`,
    [distributor_id, offer_id, level, at, granted],
  );
}
