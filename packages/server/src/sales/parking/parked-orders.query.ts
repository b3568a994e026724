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

/** Finds the order that has waited longest; null where none waits. */
export async function findFirstWaiting(on: Query, queue: ParkingQueue): Promise<ParkedOrderRow | null> {
  const [row] = await on.query<ParkedOrderRow>(
    `SELECT * FROM parked_orders WHERE distributor_id = $1 AND offer_id = $2 AND status = 'waiting' ORDER BY id LIMIT 1`,
    [queue.distributor_id, queue.offer_id],
  );
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

interface Filter extends Page {
  status?: ParkedOrderRow['status'] | undefined;
  offer?: string | undefined;
}

/** Lists a page of a distributor's parked orders, newest first. */
export const listParkedOrders = (on: Query, distributorId: string, { offset, limit, status, offer }: Filter) =>
  on.query<ParkedOrderRow>(
    `SELECT * FROM parked_orders
     WHERE distributor_id = $1 AND ($2::text IS NULL OR status = $2) AND ($3::uuid IS NULL OR offer_id = $3)
     ORDER BY id DESC LIMIT $4 OFFSET $5`,
    [distributorId, status ?? null, offer ?? null, limit, offset],
  );
