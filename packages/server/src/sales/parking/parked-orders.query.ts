import type { Page, Reason, RefusalDetails } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';
import type { CustomerNoticeRow } from '../customers/notify-customer.store.ts';

/** An order that waits for a unit, or has waited. */
export interface ParkedOrderRow {
  distributor_id: string;
  id: string;
  offer_id: string;
  offer_version: number;
  max_price: number;
  line: string | null;
  user_id: string | null;
  voucher_id: string | null;
  allow_repeat: boolean;
  check_network: boolean;
  notify: Pick<CustomerNoticeRow, 'email' | 'sms' | 'language'> | null;
  key: string | null;
  key_life_s: number | null;
  at: Date;
  park_until: Date;
  status: 'waiting' | 'sold' | 'refused' | 'cancelled';
  ended_at: Date | null;
  transaction_id: string | null;
  reason: Reason | null;
  details: RefusalDetails | null;
}

/** The orders of one offer, which wait for each other. */
export interface ParkingQueue {
  distributor_id: string;
  offer_id: string;
}

/** Finds a parked order of a distributor; null where there is none. */
export async function findParkedOrder(on: Query, distributorId: string, id: string): Promise<ParkedOrderRow | null> {
  const [row] = await on.query<ParkedOrderRow>('SELECT * FROM parked_orders WHERE distributor_id = $1 AND id = $2', [
    distributorId,
    id,
  ]);
  return row ?? null;
}

/** Selects the order `p` that has waited longest, in SQL. Of a distributor that is suspended none is sold. */
export const FIRST_WAITING = `
SELECT p.* FROM parked_orders p
WHERE p.distributor_id = $1 AND p.offer_id = $2 AND p.status = 'waiting'
  AND EXISTS (SELECT FROM distributors d WHERE d.id = p.distributor_id AND d.status = 'active')
ORDER BY p.id LIMIT 1`;

/** Finds the order that has waited longest; null where none is to be sold. */
export async function findFirstWaiting(on: Query, queue: ParkingQueue): Promise<ParkedOrderRow | null> {
  const [row] = await on.query<ParkedOrderRow>(FIRST_WAITING, [queue.distributor_id, queue.offer_id]);
  return row ?? null;
}

/** Finds orders that wait no longer by the clocks of their distributors, the longest due first. */
export const findDue = (on: Query, now: Date, limit: number): Promise<ParkedOrderRow[]> =>
  on.query<ParkedOrderRow>(
    `SELECT due.* FROM (
       (SELECT * FROM parked_orders WHERE status = 'waiting' AND park_until <= $1 ORDER BY park_until LIMIT $2)
       UNION
       (SELECT p.* FROM distributors d JOIN parked_orders p ON p.distributor_id = d.id
        WHERE d.clock_ahead_s > 0 AND p.status = 'waiting'
          AND p.park_until <= $1::timestamptz + make_interval(secs => d.clock_ahead_s)
        ORDER BY p.park_until LIMIT $2)
     ) due ORDER BY park_until LIMIT $2`,
    [now, limit],
  );

/** A parked order as people see it. */
export interface PlacedOrderRow extends ParkedOrderRow {
  distributor_name: string;
  /** Its place among those that wait for the same offer; null where it does not wait. */
  place: number | null;
}

/** Selects parked orders, the newest first, each with its place. A queue is counted once, however many of it are selected. */
const PLACED = (which: string): string => `
WITH page AS MATERIALIZED (SELECT * FROM parked_orders ${which}), queue AS (
  SELECT distributor_id, id, row_number() OVER (PARTITION BY distributor_id, offer_id ORDER BY id) AS place
  FROM parked_orders
  WHERE status = 'waiting'
    AND (distributor_id, offer_id) IN (SELECT distributor_id, offer_id FROM page WHERE status = 'waiting')
)
SELECT page.*, d.name AS distributor_name, q.place
FROM page JOIN distributors d ON d.id = page.distributor_id
LEFT JOIN queue q ON q.distributor_id = page.distributor_id AND q.id = page.id
ORDER BY page.id DESC`;

/** Few wait, of however many: an index has them alone, and is used where the statement says so. */
const WAITING = `AND status = 'waiting'`;

interface Filter extends Page {
  status?: ParkedOrderRow['status'] | undefined;
  offer?: string | undefined;
  /** Null: of all. */
  distributor_id: string | null;
}

/** Lists a page of parked orders, newest first. */
export const listParkedOrders = (on: Query, { offset, limit, status, offer, distributor_id }: Filter) =>
  on.query<PlacedOrderRow>(
    PLACED(`
     WHERE ($1::uuid IS NULL OR distributor_id = $1) AND ($2::text IS NULL OR status = $2)
       AND ($3::uuid IS NULL OR offer_id = $3) ${status === 'waiting' ? WAITING : ''}
     ORDER BY id DESC LIMIT $4 OFFSET $5`),
    [distributor_id, status ?? null, offer ?? null, limit, offset],
  );

/** Finds a parked order of a distributor with its place; null where there is none. */
export async function findPlacedOrder(on: Query, distributorId: string, id: string): Promise<PlacedOrderRow | null> {
  const [row] = await on.query<PlacedOrderRow>(PLACED('WHERE distributor_id = $1 AND id = $2'), [distributorId, id]);
  return row ?? null;
}
