import type { Param, Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../database/shards.ts';
import type { LedgerRow } from './chain.rules.ts';

/** How many movements are read at once: so few that nobody who sells waits for them. */
export const AT_ONCE = 1_000;

/** What a bucket came to at one of its movements. */
interface BucketState {
  granted: number;
  available: number;
  held: number;
  sold: number;
  seq: number;
  /** In hexadecimal digits. */
  head: string;
}

export interface BucketRow extends BucketState {
  distributor_id: string;
  offer_id: string;
  /** When it stood so. */
  at: Date;
  /** Where its proof goes on; null where it begins with the first movement. */
  proved: (BucketState & { at: Date }) | null;
}

/** Which part of the ledger is looked at. */
export interface LedgerPart {
  /** Only this offer's bucket, and its distributor's transactions. */
  offerId?: string | undefined;
  /** Only what came after the checkpoints. */
  isContinued?: boolean;
}

type FlatRow = Omit<BucketRow, 'proved'> & Record<`proved_${keyof BucketState | 'at'}`, unknown>;

const keyIn = (row: Pick<BucketRow, 'distributor_id' | 'offer_id'>): string => `${row.distributor_id} ${row.offer_id}`;
const byKey = (a: FlatRow, b: FlatRow): number => (keyIn(a) < keyIn(b) ? -1 : 1);

/** Reads every bucket, or one offer's, in the order of their keys, in portions. */
export async function* readBuckets(on: Query, { offerId, isContinued = false }: LedgerPart): AsyncGenerator<BucketRow> {
  let after = ['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const rows = await on.query<FlatRow>(
      `${ON_EACH_SHARD}SELECT b.distributor_id, b.offer_id, b.granted, b.available, b.held, b.sold, b.seq,
              encode(b.head, 'hex') AS head, now() AS at,
              c.granted AS proved_granted, c.available AS proved_available, c.held AS proved_held,
              c.sold AS proved_sold, c.seq AS proved_seq, encode(c.head, 'hex') AS proved_head, c.at AS proved_at
       FROM buckets b
       LEFT JOIN ledger_checkpoints c ON $4 AND c.distributor_id = b.distributor_id AND c.offer_id = b.offer_id
       WHERE (b.distributor_id, b.offer_id) > ($1, $2) AND b.offer_id = coalesce($3, b.offer_id)
       ORDER BY b.distributor_id, b.offer_id LIMIT 100`,
      [after[0] as string, after[1] as string, offerId ?? null, isContinued],
    );
    // Of several shards each has its own first ones.
    const first = rows.toSorted(byKey).slice(0, 100);
    yield* first.map(nested);
    const last = first.at(-1);
    if (!last || first.length < 100) return;
    after = [last.distributor_id, last.offer_id];
  }
}

function nested(row: FlatRow): BucketRow {
  const { proved_granted, proved_available, proved_held, proved_sold, proved_seq, proved_head, proved_at, ...bucket } =
    row;
  if (proved_seq === null) return { ...bucket, proved: null };
  const counters = { granted: proved_granted, available: proved_available, held: proved_held, sold: proved_sold };
  return {
    ...bucket,
    proved: { ...counters, seq: proved_seq, head: proved_head, at: proved_at } as BucketRow['proved'],
  };
}

/** Keeps how these buckets stand, as proved: the next proof that is continued begins there. */
export async function keepCheckpoints(on: Query, buckets: readonly BucketRow[]): Promise<void> {
  const column = (of: (bucket: BucketRow) => Param): Param => buckets.map(of);
  await on.query(
    `INSERT INTO ledger_checkpoints (distributor_id, offer_id, seq, head, granted, available, held, sold, at)
     SELECT d, o, seq, decode(head, 'hex'), granted, available, held, sold, at
     FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
                 $9::timestamptz[]) AS b(d, o, seq, head, granted, available, held, sold, at)
     ON CONFLICT (distributor_id, offer_id) DO UPDATE
       SET seq = excluded.seq, head = excluded.head, granted = excluded.granted, available = excluded.available,
           held = excluded.held, sold = excluded.sold, at = excluded.at`,
    [
      column((b) => b.distributor_id),
      column((b) => b.offer_id),
      column((b) => b.seq),
      column((b) => b.head),
      column((b) => b.granted),
      column((b) => b.available),
      column((b) => b.held),
      column((b) => b.sold),
      column((b) => b.at),
    ],
  );
}

/**
 * Movements as bytes, one behind the other: what is said of each as `movement_hash` hashes it, behind its length, that of its
 * kind, the movement it hangs on, and its hash. A row of its own for each would cost three times as much, here and there.
 */
const MOVEMENTS = `
SELECT max(seq) AS last,
       string_agg(int4send(octet_length(said)) || int4send(octet_length(kind)) || int8send(link) ||
                  int4send(octet_length(hash)) || hash || said, '' ORDER BY seq) AS movements
FROM (
  SELECT seq, kind, link, hash,
         int8send(seq) || textsend(kind) || int8send(units) || coalesce(uuid_send(transaction_id), '') ||
         timestamptz_send(at) || coalesce(textsend(reference), '') || '\\x00'::bytea ||
         coalesce(textsend(justification), '') AS said
  FROM movements WHERE distributor_id = $1 AND offer_id = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT ${AT_ONCE}
) m`;

/** Takes the bytes of movements apart. */
function movementsIn(bytes: Buffer): LedgerRow[] {
  const rows: LedgerRow[] = [];
  for (let at = 0; at < bytes.length; ) {
    const hashAt = at + 20;
    const saidAt = hashAt + bytes.readUInt32BE(at + 16);
    const end = saidAt + bytes.readUInt32BE(at);
    const unitsAt = saidAt + 8 + bytes.readUInt32BE(at + 4);
    rows.push({
      seq: int8(bytes, saidAt),
      kind: bytes.toString('latin1', saidAt + 8, unitsAt),
      units: int8(bytes, unitsAt),
      link: int8(bytes, at + 8),
      said: bytes.subarray(saidAt, end),
      hash: bytes.toString('hex', hashAt, saidAt),
    });
    at = end;
  }
  return rows;
}

/** Reads a count: without a bigint in between, which takes five times as long. */
const int8 = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);

/**
 * Reads the movements of a bucket from where its proof begins up to the one that it counted last, in order. They never
 * change, so they can be read piece by piece while sales go on; the next are read while those before are looked at.
 */
export async function* readMovements(on: Pick<Query, 'query'>, bucket: BucketRow): AsyncGenerator<LedgerRow[]> {
  const read = (after: number) => {
    const { distributor_id, offer_id, seq } = bucket;
    const rows = on.query<{ last: number | null; movements: Buffer }>(MOVEMENTS, [
      distributor_id,
      offer_id,
      after,
      seq,
    ]);
    // Whoever asks for no more does not hear that reading ahead has failed.
    rows.catch(() => {});
    return rows;
  };
  let next = (bucket.proved?.seq ?? 0) < bucket.seq ? read(bucket.proved?.seq ?? 0) : null;
  while (next) {
    const [row] = await next;
    if (!row || row.last === null) return;
    next = row.last < bucket.seq ? read(row.last) : null;
    yield movementsIn(row.movements);
  }
}

export interface UnmatchedTransaction {
  transaction_id: string;
  offer_id: string;
  /** Null where there is no such transaction. */
  status: string | null;
  /** Its movements, in order, as `hold sell`. */
  movements: string;
}

/** How far the clocks of a server and the database may be apart. */
const CLOCKS = `interval '10 minutes'`;

/**
 * Transactions of a distributor, and movements of transactions, that do not agree one for one; the first 100. Where the
 * proof is continued, only what came after the checkpoints: of what had moved before them, the rest is enough.
 * @param from no checkpoint of the distributor is older
 */
export async function listUnmatched(
  on: Query,
  distributorId: string,
  { isContinued = false, from }: { isContinued?: boolean; from: Date },
): Promise<UnmatchedTransaction[]> {
  // All of them, or with what has moved those that have changed since.
  const sold = isContinued
    ? '(SELECT id FROM moved UNION SELECT id FROM changed) ids JOIN transactions t ON t.distributor_id = $1 AND t.id = ids.id'
    : '(SELECT * FROM transactions WHERE distributor_id = $1) t';
  return on.query<UnmatchedTransaction>(
    `${ON_ITS_SHARD}WITH proved AS (
       SELECT b.offer_id, coalesce(c.seq, 0) AS seq, coalesce(c.at + ${CLOCKS}, '-infinity') AS at
       FROM buckets b
       LEFT JOIN ledger_checkpoints c ON $2 AND c.distributor_id = b.distributor_id AND c.offer_id = b.offer_id
       WHERE b.distributor_id = $1
     ), moved AS (
       SELECT m.transaction_id AS id, m.offer_id, array_agg(m.kind ORDER BY m.seq) AS kinds
       FROM proved p JOIN movements m ON m.distributor_id = $1 AND m.offer_id = p.offer_id AND m.seq > p.seq
       WHERE m.transaction_id IS NOT NULL GROUP BY m.transaction_id, m.offer_id
     ), changed AS (
       SELECT t.id FROM transactions t LEFT JOIN proved p ON p.offer_id = t.offer_id
       WHERE t.distributor_id = $1 AND t.id >= $3 AND t.created_at >= coalesce(p.at, '-infinity')
       UNION SELECT transaction_id FROM late_deliveries l JOIN proved p USING (offer_id)
       WHERE l.distributor_id = $1 AND l.booked_at >= p.at
       UNION SELECT transaction_id FROM reversals v JOIN proved p USING (offer_id)
       WHERE v.distributor_id = $1 AND v.at >= p.at
     ), sold AS (
       SELECT t.id, t.offer_id,
              CASE WHEN v.at IS NOT NULL THEN 'ko' WHEN l.booked_at IS NOT NULL THEN 'ok'
                   ELSE coalesce(r.status, 'pending') END AS status,
              array_remove(ARRAY['hold', CASE WHEN r.status = 'ok' THEN 'sell' WHEN r.status IS NOT NULL THEN 'release' END,
                                 CASE WHEN l.booked_at IS NOT NULL THEN 'late_delivery' END,
                                 CASE WHEN v.at IS NOT NULL THEN 'return' END], NULL) AS kinds,
              num_nonnulls(nullif(t.created_at < p.at, false), nullif(r.at < p.at, false),
                           nullif(l.booked_at < p.at, false), nullif(v.at < p.at, false)) AS proved
       FROM ${sold}
       LEFT JOIN resolutions r ON r.distributor_id = $1 AND r.transaction_id = t.id
       LEFT JOIN late_deliveries l ON l.distributor_id = $1 AND l.transaction_id = t.id
       LEFT JOIN reversals v ON v.distributor_id = $1 AND v.transaction_id = t.id
       LEFT JOIN proved p ON p.offer_id = t.offer_id
     )
     SELECT coalesce(s.id, m.id) AS transaction_id, coalesce(s.offer_id, m.offer_id) AS offer_id,
            s.status, coalesce(array_to_string(m.kinds, ' '), '') AS movements
     FROM sold s FULL JOIN moved m ON m.id = s.id AND m.offer_id = s.offer_id
     WHERE s.id IS NULL OR m.id IS NULL
        OR cardinality(s.kinds) - cardinality(m.kinds) NOT BETWEEN 0 AND s.proved
        OR m.kinds <> s.kinds[1 + cardinality(s.kinds) - cardinality(m.kinds):]
     ORDER BY 1 LIMIT 100`,
    [distributorId, isContinued, firstIdAt(from)],
  );
}

/** Counts the transactions of a distributor. */
export async function countTransactionsOf(on: Query, distributorId: string): Promise<number> {
  const [row] = await on.query<{ count: number }>('SELECT count(*) FROM transactions WHERE distributor_id = $1', [
    distributorId,
  ]);
  return row?.count ?? 0;
}
