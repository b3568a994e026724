import type { Db, Query } from './db.ts';
import { newId } from './ids.ts';

/** Tells every distributor that has offers of a supplier. */
async function tell(tx: Query, kind: 'supplier.down' | 'supplier.up', supplierId: string, at: Date): Promise<void> {
  const told = await tx.query<{ distributor_id: string }>(
    `SELECT DISTINCT o.distributor_id FROM offers o JOIN products p ON p.id = o.product_id WHERE p.supplier_id = $1`,
    [supplierId],
  );
  await tx.query(
    `INSERT INTO events (distributor_id, id, kind, subject_id, at)
     SELECT distributor_id, id, $3, $4, $5 FROM unnest($1::uuid[], $2::uuid[]) AS e(distributor_id, id)`,
    [told.map(({ distributor_id }) => distributor_id), told.map(() => newId()), kind, supplierId, at],
  );
}

/** Notes that a supplier does not answer. Told once, however many processes see it. */
export async function beginOutage(db: Db, supplierId: string, cause: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const begun = await tx.query(
      `INSERT INTO supplier_outages AS o (supplier_id, began_at, cause) VALUES ($1, $2, $3)
       ON CONFLICT (supplier_id) DO UPDATE SET began_at = excluded.began_at, ended_at = NULL, cause = excluded.cause
       WHERE o.ended_at IS NOT NULL
       RETURNING supplier_id`,
      [supplierId, at, cause],
    );
    if (begun.length > 0) await tell(tx, 'supplier.down', supplierId, at);
  });
}

/** Notes that a supplier answers again. */
export async function endOutage(db: Db, supplierId: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx.query(
      'UPDATE supplier_outages SET ended_at = $2 WHERE supplier_id = $1 AND ended_at IS NULL RETURNING supplier_id',
      [supplierId, at],
    );
    if (ended.length > 0) await tell(tx, 'supplier.up', supplierId, at);
  });
}
