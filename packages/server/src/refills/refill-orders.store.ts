import type { StaffLanguage } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import { COUNTS_FOR } from '../stock/alerts.query.ts';
import type { RefillOrderRow } from './refill-orders.query.ts';

type NewOrder = Pick<
  RefillOrderRow,
  'id' | 'distributor_id' | 'offer_id' | 'units' | 'reference' | 'ordered_by' | 'at'
>;

/** Keeps an order; false where one is open for the offer already. */
export async function addRefillOrder(tx: Query, order: NewOrder): Promise<boolean> {
  const added = await tx.query(
    `INSERT INTO refill_orders (distributor_id, id, offer_id, units, reference, ordered_by, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (distributor_id, offer_id) WHERE status = 'open' DO NOTHING RETURNING id`,
    [order.distributor_id, order.id, order.offer_id, order.units, order.reference, order.ordered_by, order.at],
  );
  return added.length > 0;
}

/** Returns true where the stock of an offer was booked under this reference before. */
export async function isBooked(tx: Query, distributorId: string, offerId: string, reference: string): Promise<boolean> {
  const rows = await tx.query(
    'SELECT FROM movements WHERE distributor_id = $1 AND offer_id = $2 AND reference = $3 LIMIT 1',
    [distributorId, offerId, reference],
  );
  return rows.length > 0;
}

/** Locks an order until the transaction ends; false where there is none. */
export async function lockRefillOrder(tx: Query, id: string): Promise<boolean> {
  const rows = await tx.query('SELECT FROM refill_orders WHERE id = $1 FOR UPDATE', [id]);
  return rows.length > 0;
}

type Decided = Pick<RefillOrderRow, 'status' | 'decided_by' | 'justification' | 'decided_at'>;

/** Keeps what was decided about an order that is locked. */
export async function decideOrder(tx: Query, id: string, decided: Decided): Promise<void> {
  await tx.query(
    `UPDATE refill_orders SET status = $2, decided_by = $3, justification = $4, decided_at = $5 WHERE id = $1`,
    [id, decided.status, decided.decided_by, decided.justification, decided.decided_at],
  );
}

/** Who is told of an offer's stock, as its distributor has said in the alert that counts for it. */
export interface StockReaders {
  emails: string[];
  alert_id: string;
  /** In which language a chat is written to; null where none is. */
  chat_language: StaffLanguage | null;
}

/** Finds them; null where there is no alert. */
export async function findStockReaders(
  tx: Query,
  distributorId: string,
  offerId: string,
): Promise<StockReaders | null> {
  const [row] = await tx.query<StockReaders>(
    `SELECT a.emails, a.id AS alert_id, CASE WHEN a.chat_stopped_at IS NULL THEN a.chat_language END AS chat_language
     FROM alerts a
     JOIN offers o ON o.distributor_id = a.distributor_id AND o.id = $2
     CROSS JOIN LATERAL (SELECT o.distributor_id, o.id AS offer_id) s
     WHERE a.distributor_id = $1 AND ${COUNTS_FOR('a.offer_id', 's')} LIMIT 1`,
    [distributorId, offerId],
  );
  return row ?? null;
}
