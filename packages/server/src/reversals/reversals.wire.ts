import { type OwnReversalRequest, type ReversalReason, type ReversalRequest, wireDate } from '@opentopup/contract';
import { amountOf } from '../values/money.ts';
import type { ReversalRequestRow } from './requests.query.ts';

/** Gives a request as its distributor sees it. */
export const wireOwnRequest = (row: ReversalRequestRow): OwnReversalRequest => ({
  id: row.id,
  transaction_id: row.transaction_id,
  offer_name: row.offer_name,
  resell_value: amountOf(row.value_minor, row.currency),
  currency: row.currency,
  reason: row.reason as ReversalReason,
  justification: row.justification,
  creation_date: wireDate(row.at),
  status: row.status,
  ...(row.decided_at && { decision_date: wireDate(row.decided_at) }),
  ...(row.decision_justification !== null && { decision_justification: row.decision_justification }),
});

/** Gives a request as the operator sees it. */
export const wireRequest = (row: ReversalRequestRow, second_person: boolean): ReversalRequest => ({
  ...wireOwnRequest(row),
  distributor_id: row.distributor_id,
  distributor_name: row.distributor_name,
  origin: row.origin,
  requested_by: row.requested_by,
  ...(row.decided_by !== null && { decided_by: row.decided_by }),
  second_person,
  ...(row.handed_over && { handed_over: row.handed_over }),
});
