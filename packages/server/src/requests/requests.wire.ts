import { type LoggedRequest, type RefusalGroup, wireDate } from '@opentopup/contract';
import type { RefusalGroupRow, RequestRow } from './requests.query.ts';

type Shape = Pick<RequestRow, 'field' | 'line_digits' | 'line_begins'>;

const wireShape = ({ field, line_digits, line_begins }: Shape) => ({
  ...(field !== null && { field }),
  ...(line_digits !== null && { line_digits }),
  ...(line_begins !== null && { line_begins }),
});

export const wireLoggedRequest = (row: RequestRow): LoggedRequest => ({
  id: row.id,
  date: wireDate(row.at),
  client_id: row.client_id,
  method: row.method,
  route: row.route,
  path: row.path,
  status: row.status,
  duration_ms: row.duration_ms,
  ...(row.reason !== null && { reason: row.reason }),
  ...wireShape(row),
  ...(row.body !== null && { body: row.body }),
  ...(row.transaction_id !== null && { transaction_id: row.transaction_id }),
  ...(row.chaos !== null && { chaos: row.chaos }),
});

export const wireRefusalGroup = (row: RefusalGroupRow): RefusalGroup => ({
  method: row.method,
  route: row.route,
  reason: row.reason,
  ...wireShape(row),
  count: row.count,
  first_date: wireDate(row.first_at),
  last_date: wireDate(row.last_at),
  last_request_id: row.last_id,
});
