import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** An order of units, and how it stands. */
export interface RefillOrderRow {
  id: string;
  distributor_id: string;
  distributor_name: string;
  offer_id: string;
  offer_name: string;
  /** Units in stock now. */
  available: number;
  units: number;
  reference: string;
  ordered_by: string;
  at: Date;
  status: 'open' | 'granted' | 'declined' | 'withdrawn';
  decided_by: string | null;
  justification: string | null;
  decided_at: Date | null;
}

const SELECT = `
SELECT r.*, d.name AS distributor_name, o.name AS offer_name, b.available
FROM refill_orders r
JOIN distributors d ON d.id = r.distributor_id
JOIN offers o ON o.distributor_id = r.distributor_id AND o.id = r.offer_id
JOIN buckets b ON b.distributor_id = r.distributor_id AND b.offer_id = r.offer_id`;

export interface RefillFilter extends Page {
  status?: RefillOrderRow['status'] | undefined;
  /** Null: of all. */
  distributor_id: string | null;
}

/** Lists a page of orders, newest first. */
export const listRefillOrders = (on: Query, { offset, limit, status, distributor_id }: RefillFilter) =>
  on.query<RefillOrderRow>(
    `${SELECT} WHERE ($3::uuid IS NULL OR r.distributor_id = $3) AND ($4::text IS NULL OR r.status = $4)
     ORDER BY r.id DESC LIMIT $1 OFFSET $2`,
    [limit, offset, distributor_id, status ?? null],
  );

/** Finds one order; null where there is none. */
export async function findRefillOrder(on: Query, id: string): Promise<RefillOrderRow | null> {
  const [row] = await on.query<RefillOrderRow>(`${SELECT} WHERE r.id = $1`, [id]);
  return row ?? null;
}

/** Finds the order of a distributor by its own reference; null where there is none. */
export async function findByReference(
  on: Query,
  distributorId: string,
  reference: string,
): Promise<RefillOrderRow | null> {
  const [row] = await on.query<RefillOrderRow>(`${SELECT} WHERE r.distributor_id = $1 AND r.reference = $2`, [
    distributorId,
    reference,
  ]);
  return row ?? null;
}
