import { expect } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { type BalanceChange, fromMovements } from '../../src/ledger/balances.rules.ts';

/** What one bucket and its transactions add up to. */
export interface LedgerSums {
  granted: number;
  available: number;
  held: number;
  sold: number;
  ok: number;
  ko: number;
  pending: number;
}

/** A sale, and what its movements have to be. */
interface ProvedSale {
  status: string;
  resolved: string | null;
  reversed: boolean;
  late: boolean;
  movements: string;
}

/**
 * Proves an offer's ledger: the counters are what the movements add up to, numbered without a gap, and every transaction
 * has its hold, its sale or release when it is settled, and what became of it later.
 */
export async function proveLedger(db: Db, offerId: string): Promise<LedgerSums> {
  const [bucket] = await db.query<Omit<LedgerSums, 'ok' | 'ko' | 'pending'>>(
    'SELECT granted, available, held, sold FROM buckets WHERE offer_id = $1',
    [offerId],
  );
  const movements = await db.query<BalanceChange & { seq: number }>(
    'SELECT seq, kind, units FROM movements WHERE offer_id = $1 ORDER BY seq',
    [offerId],
  );
  expect(movements.map(({ seq }) => seq)).toEqual(movements.map((_, i) => i + 1));
  expect(fromMovements(movements)).toEqual(bucket);

  const transactions = await db.transaction(async (tx) => {
    // Without statistics the planner takes these for few, and compares each with each.
    await tx.query('SET LOCAL enable_nestloop = off');
    return tx.query<ProvedSale>(
      `SELECT coalesce(o.status, 'pending') AS status, coalesce(m.kinds, '') AS movements, r.status AS resolved,
              o.change->'reversal'->>'at' IS NOT NULL AS reversed,
              o.change->'late_delivery'->>'booked_at' IS NOT NULL AS late
     FROM transactions t
     LEFT JOIN (
       SELECT transaction_id, string_agg(kind, ' ' ORDER BY seq) AS kinds FROM movements
       WHERE offer_id = $1 GROUP BY transaction_id
     ) m ON m.transaction_id = t.id
     LEFT JOIN resolutions r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id
     LEFT JOIN outcomes o ON o.distributor_id = t.distributor_id AND o.transaction_id = t.id
     WHERE t.offer_id = $1`,
      [offerId],
    );
  });
  const expected = ({ resolved, reversed, late }: ProvedSale): string =>
    ['hold', resolved && (resolved === 'ok' ? 'sell' : 'release'), late && 'late_delivery', reversed && 'return']
      .filter(Boolean)
      .join(' ');
  expect(transactions.filter((t) => t.movements !== expected(t))).toEqual([]);
  const [tallied] = await db.query<Record<string, number>>(
    `SELECT coalesce(sum(created), 0)::bigint AS created, coalesce(sum(ok), 0)::bigint AS ok,
            coalesce(sum(ko), 0)::bigint AS ko, coalesce(sum(expired), 0)::bigint AS expired
     FROM sales_hourly WHERE offer_id = $1`,
    [offerId],
  );
  const count = (status: string): number => transactions.filter((t) => t.status === status).length;
  const resolved = (status: string): number => transactions.filter((t) => t.resolved === status).length;
  expect(tallied).toEqual({
    created: transactions.length,
    ok: resolved('ok'),
    ko: resolved('ko'),
    expired: resolved('expired'),
  });
  const [changed] = await db.query<Record<string, number>>(
    `SELECT coalesce(sum(ok), 0)::bigint AS ok, coalesce(sum(ko), 0)::bigint AS ko,
            coalesce(sum(expired), 0)::bigint AS expired FROM outcome_changes WHERE offer_id = $1`,
    [offerId],
  );
  const change = (status: string): number => count(status) - resolved(status);
  expect(changed).toEqual({ ok: change('ok'), ko: change('ko'), expired: change('expired') });
  expect(count('pending')).toBe(bucket?.held);
  expect(count('ok')).toBe(bucket?.sold);
  return { ...(bucket as NonNullable<typeof bucket>), ok: count('ok'), ko: count('ko'), pending: count('pending') };
}
