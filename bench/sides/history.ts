import type pg from 'pg';
import type { Db } from '../../packages/server/src/database/database.ts';
import { firstIdAt } from '../../packages/server/src/database/ids.ts';
import { addUpNextDay } from '../../packages/server/src/reports/daily-sales.store.ts';
import type { PlannedShop } from './catalogue.ts';

const CHUNK = 250_000;
/** A little less than events are kept by default, so that none has to go while the bench runs. */
const EVENTS_KEPT = '29 days';

/**
 * Sales that went well, evenly over the 90 days before now: for each a transaction, its hold and sell, its resolution
 * and, as long as these are kept, its event, and the tallies of the hours. Ids and lines are as real ones would lie in
 * their indexes; hashes are of the right size only, so the chain of these buckets does not verify.
 */
const SALES = `
WITH sale AS (
  SELECT i, at, id, ($3::uuid[])[1 + i % cardinality($3::uuid[])] AS offer_id, 1 + i / cardinality($3::uuid[]) * 2 AS seq
  FROM generate_series($4::bigint, $5::bigint) AS i
  CROSS JOIN LATERAL (SELECT now() - interval '90 days' * (1 - i / $2::float8)) AS t(at)
  CROSS JOIN LATERAL (SELECT lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0')
                             || '7' || lpad(to_hex(i & 4095), 3, '0') || '8' || left(md5($1 || ':' || i), 15)) AS h(hex)
  CROSS JOIN LATERAL (SELECT hex::uuid) AS u(id)
), begun AS (
  INSERT INTO transactions (distributor_id, id, offer_id, offer_version, line, created_at)
  SELECT $1::uuid, id, offer_id, 1, '+336' || lpad((i * 31415927 % 100000000)::text, 8, '0'), at FROM sale
), moved AS (
  INSERT INTO movements (distributor_id, offer_id, seq, kind, units, transaction_id, at, link, hash)
  SELECT $1::uuid, offer_id, seq + nth, kind, 1, id, at, seq + nth - 1, sha256(int8send(seq + nth))
  FROM sale CROSS JOIN (VALUES (1, 'hold'), (2, 'sell')) AS m(nth, kind)
), resolved AS (
  INSERT INTO resolutions (distributor_id, transaction_id, status, supplier_reference, at)
  SELECT $1::uuid, id, 'ok', 'sim-' || id, at FROM sale
), tallied AS (
  INSERT INTO sales_hourly AS s (distributor_id, offer_id, hour, created, ok)
  SELECT $1::uuid, offer_id, date_trunc('hour', at), count(*), count(*) FROM sale GROUP BY 1, 2, 3
  ON CONFLICT (distributor_id, offer_id, hour) DO UPDATE
    SET created = s.created + excluded.created, ok = s.ok + excluded.ok
)
INSERT INTO events (distributor_id, id, kind, subject_id, at)
SELECT $1::uuid, id, 'transaction.completed', id, at FROM sale WHERE at > now() - interval '${EVENTS_KEPT}'`;

/** The buckets as these sales leave them. */
const COUNTERS = `
UPDATE buckets b
SET granted = granted + n, sold = sold + n, seq = b.seq + 2 * n
FROM (SELECT offer_id, count(*) AS n FROM transactions WHERE distributor_id = $1 GROUP BY offer_id) t
WHERE b.distributor_id = $1 AND b.offer_id = t.offer_id`;

/**
 * Gives a shop this many sales in its past. Its buckets must have one grant and no sale yet.
 * @param onProgress told how many are written
 */
export async function makeHistory(
  client: pg.Client,
  { distributor_id, offers }: PlannedShop,
  sales: number,
  onProgress: (written: number) => void,
): Promise<void> {
  for (let from = 0; from < sales; from += CHUNK) {
    const to = Math.min(from + CHUNK, sales);
    await client.query(SALES, [distributor_id, sales, offers, from, to - 1]);
    onProgress(to);
  }
  await client.query(COUNTERS, [distributor_id]);
}

/** Brings a database whose histories are all written to where one is that has grown over months. */
export async function settleHistory(client: pg.Client, db: Db): Promise<void> {
  while ((await addUpNextDay(db, new Date())) === 'more');
  await client.query('UPDATE orphan_search SET from_id = $1', [firstIdAt(new Date())]);
  await client.query(
    `INSERT INTO ledger_checkpoints (distributor_id, offer_id, seq, head, granted, available, held, sold, at)
     SELECT distributor_id, offer_id, seq, head, granted, available, held, sold, now() FROM buckets`,
  );
  await client.query('VACUUM (ANALYZE)');
  await client.query('CHECKPOINT');
}
