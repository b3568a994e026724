import { type SupplierLight, wireDate } from '@opentopup/contract';
import type { Db, Query } from '../database/database.ts';
import { writeEvents } from '../outbox/outbox.store.ts';
import { DELIVERS_OFFER } from '../values/deliverable.query.ts';

/** Tells every distributor that has offers of a supplier how it stands. */
async function tell(
  tx: Query,
  supplierId: string,
  connector_status: 'down' | 'up',
  began_at: Date,
  at: Date,
): Promise<void> {
  const told = await tx.query<Pick<SupplierLight, 'name' | 'status'> & { distributor_id: string }>(
    `SELECT DISTINCT o.distributor_id, s.name, s.status
     FROM offers o JOIN products p ON ${DELIVERS_OFFER('p', 'o')} JOIN suppliers s ON s.id = p.supplier_id WHERE s.id = $1`,
    [supplierId],
  );
  await writeEvents(
    tx,
    told.map(({ distributor_id, name, status }) => ({
      distributor_id,
      kind: `supplier.${connector_status}`,
      subject_id: supplierId,
      at,
      data: { id: supplierId, name, status, connector_status, last_outage_date: wireDate(began_at) },
    })),
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
    if (begun.length > 0) await tell(tx, supplierId, 'down', at, at);
  });
}

/** Notes that a supplier answers again. */
export async function endOutage(db: Db, supplierId: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [ended] = await tx.query<{ began_at: Date }>(
      'UPDATE supplier_outages SET ended_at = $2 WHERE supplier_id = $1 AND ended_at IS NULL RETURNING began_at',
      [supplierId, at],
    );
    if (ended) await tell(tx, supplierId, 'up', ended.began_at, at);
  });
}
