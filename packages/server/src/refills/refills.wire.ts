import { type OwnRefillOrder, type RefillOrder, wireDate } from '@opentopup/contract';
import type { RefillOrderRow } from './refill-orders.query.ts';

/** Gives an order as its distributor sees it. */
export const wireOwnOrder = (row: RefillOrderRow): OwnRefillOrder => ({
  id: row.id,
  offer_id: row.offer_id,
  offer_name: row.offer_name,
  units: row.units,
  reference: row.reference,
  status: row.status,
  creation_date: wireDate(row.at),
  ...(row.decided_at && { decision_date: wireDate(row.decided_at) }),
  ...(row.justification !== null && { justification: row.justification }),
});

/** Gives an order as the operator sees it. */
export const wireOrder = (row: RefillOrderRow): RefillOrder => ({
  ...wireOwnOrder(row),
  distributor_id: row.distributor_id,
  distributor_name: row.distributor_name,
  ordered_by: row.ordered_by,
  ...(row.decided_by !== null && { decided_by: row.decided_by }),
  available: row.available,
});
