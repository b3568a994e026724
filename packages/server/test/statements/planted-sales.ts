import type { OfferKey } from '../../src/catalogue/offers/offers.query.ts';
import type { Query } from '../../src/database/database.ts';

/** So many are booked by one statement, as one link of the chain. */
const AT_ONCE = 1_000;

/** Plants sales that were held and sold at a moment, in ledger and chain as the server books them, many a second. */
export async function plantSales(
  db: Query,
  { distributor_id, offer_id }: OfferKey,
  count: number,
  at: Date,
): Promise<void> {
  for (let planted = 0; planted < count; planted += AT_ONCE) {
    await db.query(
      `WITH bucket AS (
         SELECT *, (SELECT version FROM offer_versions WHERE offer_id = $2 ORDER BY version LIMIT 1) AS offer_version
         FROM buckets WHERE distributor_id = $1 AND offer_id = $2
       ), made AS (
         SELECT n, (lpad(to_hex((extract(epoch FROM $3::timestamptz) * 1000)::bigint + n / 4096), 12, '0') || '7' ||
                    lpad(to_hex(n % 4096), 3, '0') || '8' || lpad(to_hex(n), 15, '0'))::uuid AS id
         FROM generate_series($4::int, $4 + ${AT_ONCE - 1}) n
       ), ordered AS (
         INSERT INTO transactions (distributor_id, id, offer_id, offer_version, line, created_at)
         SELECT distributor_id, id, offer_id, offer_version, '+33684587587', $3 FROM made, bucket
       ), settled AS (
         INSERT INTO resolutions (distributor_id, transaction_id, status, at) SELECT $1, id, 'ok', $3 FROM made
       ), moved AS (
         INSERT INTO movements (distributor_id, offer_id, seq, kind, units, transaction_id, at, link, hash)
         SELECT distributor_id, offer_id, m.seq, kind, 1, id, $3, b.seq,
                movement_hash(head, m.seq, kind, 1, id, $3, NULL, NULL)
         FROM bucket b, made, LATERAL (VALUES
           ('hold', b.seq + n - $4 + 1), ('sell', b.seq + ${AT_ONCE} + n - $4 + 1)) AS m(kind, seq)
         RETURNING seq, hash
       )
       UPDATE buckets b
       SET available = available - ${AT_ONCE}, sold = sold + ${AT_ONCE}, seq = seq + 2 * ${AT_ONCE}, updated_at = $3,
           head = sha256(head || (SELECT string_agg(hash, ''::bytea ORDER BY seq) FROM moved))
       WHERE distributor_id = $1 AND offer_id = $2`,
      [distributor_id, offer_id, at, planted],
    );
  }
  await db.query('ANALYZE');
}
