import { FORGOTTEN } from '../domain/line.ts';
import type { Db, Query } from './db.ts';
import { firstIdAt } from './ids.ts';

const AT_ONCE = 1_000;

interface Sale {
  distributor_id: string;
  id: string;
}

/** What has no outcome yet keeps its line: whoever looks for the outcome needs it. */
async function forget(on: Query, sales: readonly Sale[]): Promise<void> {
  const params = [sales.map(({ distributor_id }) => distributor_id), sales.map(({ id }) => id)];
  const settled = `
    (distributor_id, KEY) IN (
      SELECT r.distributor_id, r.transaction_id FROM unnest($1::uuid[], $2::uuid[]) AS s(distributor_id, id)
      JOIN resolutions r ON r.distributor_id = s.distributor_id AND r.transaction_id = s.id)`;
  await on.query(
    `UPDATE transactions SET line = '${FORGOTTEN}' WHERE line <> '${FORGOTTEN}' AND ${settled.replace('KEY', 'id')}`,
    params,
  );
  await on.query(
    `UPDATE esims SET sealed = NULL WHERE sealed IS NOT NULL AND ${settled.replace('KEY', 'transaction_id')}`,
    params,
  );
}

/**
 * Forgets whom the oldest sales before some moment were for, some at a time: the number or SIM that was recharged, the
 * profile of an eSIM. All else of them stays.
 * @returns false when there may be more
 */
export async function forgetSome(db: Db, before: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [done] = await tx.query<{ up_to_id: string }>('SELECT up_to_id FROM forgotten FOR UPDATE SKIP LOCKED');
    // Another process is at it.
    if (!done) return true;
    const sales = await tx.query<Sale>(
      `SELECT distributor_id, id FROM transactions WHERE id > $1 AND id < $2 ORDER BY id LIMIT ${AT_ONCE}`,
      [done.up_to_id, firstIdAt(before)],
    );
    const last = sales.at(-1);
    if (!last) return true;
    await forget(tx, sales);
    await tx.query('UPDATE forgotten SET up_to_id = $1', [last.id]);
    return sales.length < AT_ONCE;
  });
}

/** The same for those that had no outcome when their time came, and have one now. */
export async function forgetLate(db: Db): Promise<void> {
  const sales = await db.query<Sale>(
    `SELECT u.distributor_id, u.transaction_id AS id FROM unknown_outcomes u
     JOIN transactions t ON t.distributor_id = u.distributor_id AND t.id = u.transaction_id
     LEFT JOIN esims e ON e.distributor_id = u.distributor_id AND e.transaction_id = u.transaction_id
     WHERE u.transaction_id <= (SELECT up_to_id FROM forgotten) AND (t.line <> '${FORGOTTEN}' OR e.sealed IS NOT NULL)`,
  );
  await forget(db, sales);
}
