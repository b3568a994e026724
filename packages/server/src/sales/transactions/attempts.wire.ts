import { type AdminAttempt, type DeliveryAttempt, type Reason, wireDate } from '@opentopup/contract';
import { attemptReference } from '../../values/attempt.ts';
import type { AttemptRow } from './attempts.query.ts';

/** Presents an attempt as it goes on the wire. */
export const wireAttempt = (row: AttemptRow): DeliveryAttempt => ({
  number: row.number,
  status: row.status,
  product_name: row.product_name,
  supplier_name: row.supplier_name,
  begin_date: wireDate(row.begun_at),
  ...(row.ended_at && { end_date: wireDate(row.ended_at) }),
  ...(row.reason !== null && { reason: row.reason as Reason }),
});

/** Presents an attempt as the operator sees it. */
export const wireAdminAttempt = (row: AttemptRow): AdminAttempt => ({
  ...wireAttempt(row),
  reference: attemptReference(row),
  product_id: row.product_id,
  supplier_id: row.supplier_id,
  ...(row.message !== null && { supplier_message: row.message }),
  ...(row.supplier_reference !== null && { supplier_reference: row.supplier_reference }),
  ...(row.supplier_cost !== null && { supplier_cost: row.supplier_cost }),
  ...(row.supplier_currency !== null && { supplier_currency: row.supplier_currency }),
});
