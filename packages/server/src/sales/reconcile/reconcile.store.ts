import type { SupplierOfOffer } from '../../catalogue/offers/offers.query.ts';
import type { Db, Query } from '../../database/database.ts';
import { dateOf, firstIdAt, newId } from '../../database/ids.ts';
import { ON_EACH_SHARD, ON_ITS_SHARD } from '../../database/shards.ts';
import { LEASED_FOR, UNLEASED } from '../../jobs/lease.query.ts';
import type { AttemptKey } from '../../values/attempt.ts';
import { DELIVERS } from '../../values/deliverable.query.ts';
import type { DeliverableKind } from '../../values/deliverable.ts';
import type { LineKind } from '../../values/line.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';
import type { HeardAttempt } from './heard-attempts.query.ts';

/** An attempt about which its supplier is to be asked. */
export interface AskedSale extends HeardAttempt {
  begun_at: Date;
  offer_id: string;
  line: string | null;
  delivers: DeliverableKind;
  world: 'live' | 'sandbox';
  product: {
    id: string;
    line_kind: LineKind | null;
    line_country: string | null;
    supplier_reference: string | null;
    settings: Record<string, unknown>;
  };
  supplier: SupplierOfOffer;
}

/** The last one of a transaction that is pending. */
export interface OpenCase extends AskedSale {
  /** How often the supplier was asked before. */
  looks: number;
}

/** What of a transaction `t` its supplier has to know, and where that comes from. */
const SOLD = `
  coalesce(a.number, 1) AS number, coalesce(a.begun_at, t.created_at) AS begun_at, p.id AS product_id,
  o.product_id AS own_product_id, v.route_id IS NOT NULL AS is_routed,
  t.offer_id, t.line, ${DELIVERS('t')} AS delivers, d.world, to_jsonb(p) AS product, to_jsonb(s) AS supplier`;
/** @param number a condition in SQL on the number of the attempt that is meant; of several, the last one is */
const soldIn = (number: string): string => `
  JOIN distributors d ON d.id = t.distributor_id
  JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
  JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
  LEFT JOIN LATERAL (
    SELECT number, product_id, begun_at FROM delivery_attempts a
    WHERE v.route_id IS NOT NULL AND a.distributor_id = t.distributor_id AND a.transaction_id = t.id
      AND a.product_id IS NOT NULL AND ${number}
    ORDER BY number DESC LIMIT 1
  ) a ON true
  JOIN products p ON p.id = coalesce(a.product_id, o.product_id)
  JOIN suppliers s ON s.id = p.supplier_id`;

/**
 * Takes cases in hand that are due, for a time; other processes get others. Cases settled meanwhile are closed on the way.
 * The lease is committed before anybody is asked, so that no transaction is open during the call.
 */
export async function leaseOpenCases(db: Db, now: Date, lease_ms: number, limit: number): Promise<OpenCase[]> {
  await db.query(
    `${ON_EACH_SHARD}DELETE FROM unknown_outcomes u USING resolutions r
     WHERE u.next_at <= $1 AND r.distributor_id = u.distributor_id AND r.transaction_id = u.transaction_id`,
    [now],
  );
  return db.query<OpenCase>(
    `${ON_EACH_SHARD}WITH due AS (
       SELECT distributor_id, transaction_id FROM unknown_outcomes
       WHERE next_at <= $1 AND ${UNLEASED('unknown_outcomes')}
       ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ), leased AS (
       UPDATE unknown_outcomes u SET leased_until = ${LEASED_FOR('$2')}, attempts = u.attempts + 1
       FROM due WHERE u.distributor_id = due.distributor_id AND u.transaction_id = due.transaction_id
       RETURNING u.distributor_id, u.transaction_id, u.attempts - 1 AS looks
     )
     SELECT l.distributor_id, l.transaction_id, l.looks, ${SOLD}
     FROM leased l
     JOIN transactions t ON t.distributor_id = l.distributor_id AND t.id = l.transaction_id
     ${soldIn('true')}`,
    [now, lease_ms, limit],
  );
}

/**
 * Has a pending transaction looked at now, where a look at it is due later or left to a person.
 * @returns false where it has ended, or its supplier's answer is still awaited
 */
export async function hurryCase(db: Db, key: TransactionKey, now: Date): Promise<boolean> {
  const rows = await db.query(
    `${ON_ITS_SHARD}UPDATE unknown_outcomes u SET next_at = least(u.next_at, $3) WHERE distributor_id = $1 AND transaction_id = $2
       AND NOT EXISTS (SELECT FROM resolutions r
                       WHERE r.distributor_id = u.distributor_id AND r.transaction_id = u.transaction_id)
     RETURNING transaction_id`,
    [key.distributor_id, key.transaction_id, now],
  );
  return rows.length > 0;
}

/** Finds an attempt of a transaction that has ended, as its supplier is asked about it; null where that is pending. */
export async function findEnded(db: Db, key: AttemptKey): Promise<AskedSale | null> {
  const [row] = await db.query<AskedSale>(
    `${ON_ITS_SHARD}SELECT t.distributor_id, t.id AS transaction_id, ${SOLD}
     FROM resolutions r
     JOIN transactions t ON t.distributor_id = r.distributor_id AND t.id = r.transaction_id ${soldIn('number = $3')}
     WHERE r.distributor_id = $1 AND r.transaction_id = $2`,
    [key.distributor_id, key.transaction_id, key.number],
  );
  return row ?? null;
}

/** Gives a case back, to be taken up again at `next_at`; null leaves it to a person. */
export async function postponeCase(
  db: Db,
  key: { distributor_id: string; transaction_id: string },
  next_at: Date | null,
): Promise<void> {
  await db.query(
    `UPDATE unknown_outcomes SET next_at = $3, leased_until = NULL WHERE distributor_id = $1 AND transaction_id = $2`,
    [key.distributor_id, key.transaction_id, next_at],
  );
}

/** Clocks are never that far apart: the search was made by one that was wrong. */
const AHEAD_MS = 30 * 60_000;

/**
 * Finds transactions that a dead process left pending, made before `before`, and opens a case for each. Every
 * transaction is looked at once: the search goes on where it ended, so its cost does not grow with the table.
 * @returns how many were found
 */
export async function openCasesForOrphans(db: Db, before: Date, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const [search] = await tx.query<{ from_id: string }>('SELECT from_id FROM orphan_search FOR UPDATE SKIP LOCKED');
    const until = firstIdAt(before);
    if (!search) return 0;
    const goOn = (): Promise<unknown> => tx.query('UPDATE orphan_search SET from_id = $1', [until]);
    if (dateOf(search.from_id).getTime() > before.getTime() + AHEAD_MS) await goOn();
    if (search.from_id >= until) return 0;
    const orphans = await tx.query<{ distributor_id: string; id: string }>(
      // By the index of all ids: looked for by distributor, each of them may go through the orders of all.
      `${ON_EACH_SHARD}SELECT t.distributor_id, t.id FROM transactions t
       LEFT JOIN LATERAL (
         SELECT at FROM resolutions r WHERE r.distributor_id = t.distributor_id AND r.transaction_id = t.id LIMIT 1
       ) r ON true
       LEFT JOIN LATERAL (
         SELECT at FROM unknown_outcomes u WHERE u.distributor_id = t.distributor_id AND u.transaction_id = t.id LIMIT 1
       ) u ON true
       WHERE t.id >= $1 AND t.id < $2 AND r.at IS NULL AND u.at IS NULL`,
      [search.from_id, until],
    );
    for (const { distributor_id, id } of orphans) {
      await tx.query(
        `${ON_ITS_SHARD}WITH kept AS (
           INSERT INTO unknown_outcomes (distributor_id, transaction_id, cause, at, next_at)
           VALUES ($1, $2, 'the server ended before the outcome was written', $3, $3) ON CONFLICT DO NOTHING RETURNING 1)
         INSERT INTO events (distributor_id, id, kind, subject_id, at) SELECT $1, $4, 'transaction.pending', $2, $3 FROM kept`,
        [distributor_id, id, now, newId()],
      );
    }
    await goOn();
    return orphans.length;
  });
}

/** What a person has decided about a transaction without proof. */
export interface Decision {
  distributor_id: string;
  transaction_id: string;
  status: 'ok' | 'ko' | 'expired';
  justification: string;
  decided_by: string;
  at: Date;
}

/** Keeps what a person decided about a transaction, for good. */
export async function keepDecision(on: Query, d: Decision): Promise<void> {
  await on.query(
    `INSERT INTO decisions (distributor_id, transaction_id, status, justification, decided_by, at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [d.distributor_id, d.transaction_id, d.status, d.justification, d.decided_by, d.at],
  );
}
