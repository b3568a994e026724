import type { Db, Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';
import { type Progress, progressAfter } from '../jobs/progress.rules.ts';
import { FORGOTTEN } from '../values/line.ts';

const AT_ONCE = 1_000;

interface Sale {
  distributor_id: string;
  id: string;
}

/** What had no outcome by then keeps its line: whoever looks for the outcome needs it. It is noted for later. */
async function forget(tx: Query, sales: readonly Sale[], before: Date): Promise<void> {
  const params = [sales.map(({ distributor_id }) => distributor_id), sales.map(({ id }) => id), before];
  const sale = 'unnest($1::uuid[], $2::uuid[]) AS s(distributor_id, id)';
  const outcome =
    'outcomes r WHERE r.distributor_id = s.distributor_id AND r.transaction_id = s.id AND r.at < $3::timestamptz';
  const settled = `SELECT s.distributor_id, s.id FROM ${sale} WHERE EXISTS (SELECT FROM ${outcome})`;
  await tx.query(
    `${ON_EACH_SHARD}INSERT INTO not_yet_forgotten (distributor_id, transaction_id)
     SELECT s.distributor_id, s.id FROM ${sale} JOIN transactions t ON t.distributor_id = s.distributor_id AND t.id = s.id
     WHERE NOT EXISTS (SELECT FROM ${outcome}) ON CONFLICT DO NOTHING`,
    params,
  );
  await tx.query(
    `${ON_EACH_SHARD}UPDATE transactions SET line = '${FORGOTTEN}'
     WHERE line <> '${FORGOTTEN}' AND (distributor_id, id) IN (${settled})`,
    params,
  );
  await tx.query(
    `${ON_EACH_SHARD}UPDATE esims SET sealed = NULL, serials = '{}' WHERE sealed IS NOT NULL AND (distributor_id, transaction_id) IN (${settled})`,
    params,
  );
  await tx.query(
    `${ON_EACH_SHARD}UPDATE receipts SET sealed = NULL WHERE sealed IS NOT NULL AND (distributor_id, transaction_id) IN (${settled})`,
    params,
  );
  await tx.query(
    `${ON_EACH_SHARD}DELETE FROM supplier_exchanges WHERE (distributor_id, transaction_id) IN (${settled})`,
    params,
  );
  const ended = await tx.query<Sale>(`${ON_EACH_SHARD}${settled}`, params);
  await tx.query(
    `DELETE FROM sale_claims WHERE (distributor_id, transaction_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
    [ended.map(({ distributor_id }) => distributor_id), ended.map(({ id }) => id)],
  );
}

/**
 * Forgets whom the oldest sales that ended before some moment were for, some at a time: the number or SIM that was recharged, the
 * profile of an eSIM, what was handed over, and what was said of them to suppliers. All else of them stays.
 * @returns whether there may be more
 */
export async function forgetSome(db: Db, before: Date): Promise<Progress> {
  return db.transaction(async (tx) => {
    const [done] = await tx.query<{ up_to_id: string }>('SELECT up_to_id FROM forgotten FOR UPDATE SKIP LOCKED');
    // Another process is at it.
    if (!done) return 'done';
    const sales = await tx.query<Sale>(
      `SELECT distributor_id, id FROM transactions WHERE id > $1 AND id < $2 ORDER BY id LIMIT ${AT_ONCE}`,
      [done.up_to_id, firstIdAt(before)],
    );
    const last = sales.at(-1);
    if (!last) return 'done';
    await forget(tx, sales, before);
    await tx.query('UPDATE forgotten SET up_to_id = $1', [last.id]);
    return progressAfter(sales.length, AT_ONCE);
  });
}

/**
 * The same for one distributor, whose clock is ahead: it has a place of its own.
 * @returns whether there may be more
 */
export async function forgetSomeOf(db: Db, distributorId: string, before: Date): Promise<Progress> {
  return db.transaction(async (tx) => {
    await tx.query('INSERT INTO clock_retention (distributor_id, up_to_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      distributorId,
      firstIdAt(new Date(0)),
    ]);
    const [done] = await tx.query<{ up_to_id: string }>(
      'SELECT up_to_id FROM clock_retention WHERE distributor_id = $1 FOR UPDATE SKIP LOCKED',
      [distributorId],
    );
    if (!done) return 'done';
    const sales = await tx.query<Sale>(
      `SELECT distributor_id, id FROM transactions WHERE distributor_id = $1 AND id > $2 AND id < $3
       ORDER BY id LIMIT ${AT_ONCE}`,
      [distributorId, done.up_to_id, firstIdAt(before)],
    );
    const last = sales.at(-1);
    if (!last) return 'done';
    await forget(tx, sales, before);
    await tx.query('UPDATE clock_retention SET up_to_id = $2 WHERE distributor_id = $1', [distributorId, last.id]);
    return progressAfter(sales.length, AT_ONCE);
  });
}

/** The same for those that had no outcome when their time came, and came to their end before some moment. */
export async function forgetLate(db: Db, before: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const sales = await tx.query<Sale>(
      `${ON_EACH_SHARD}DELETE FROM not_yet_forgotten n USING outcomes r
       WHERE r.distributor_id = n.distributor_id AND r.transaction_id = n.transaction_id AND r.at < $1
       RETURNING n.distributor_id, n.transaction_id AS id`,
      [before],
    );
    await forget(tx, sales, before);
  });
}
