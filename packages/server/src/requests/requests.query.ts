import type { OrderEffect, Page, RequestQuery } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** A request that was kept. */
export interface RequestRow {
  id: string;
  client_id: string;
  at: Date;
  method: string;
  route: string;
  path: string;
  status: number;
  duration_ms: number;
  reason: string | null;
  field: string | null;
  line_digits: number | null;
  line_begins: string | null;
  body: string | null;
  transaction_id: string | null;
  chaos: OrderEffect | null;
}

/** Lists a page of the requests of these distributors' clients, newest first. */
export const listLoggedRequests = (
  on: Pick<Query, 'query'>,
  owners: readonly string[],
  { offset, limit, client_id, reason, refused }: RequestQuery,
): Promise<RequestRow[]> =>
  on.query(
    `SELECT * FROM requests
     WHERE distributor_id = ANY($1::uuid[]) AND ($2::text IS NULL OR client_id = $2)
       AND ($3::text IS NULL OR reason = $3) AND ($4::boolean IS NULL OR (reason IS NOT NULL) = $4)
     ORDER BY id DESC LIMIT $5 OFFSET $6`,
    [owners, client_id ?? null, reason ?? null, refused ?? null, limit, offset],
  );

/** Finds a request of a client of these distributors; null where there is none. */
export async function findLoggedRequest(
  on: Pick<Query, 'query'>,
  owners: readonly string[],
  id: string,
): Promise<RequestRow | null> {
  const [row] = await on.query<RequestRow>(
    'SELECT * FROM requests WHERE distributor_id = ANY($1::uuid[]) AND id = $2',
    [owners, id],
  );
  return row ?? null;
}

type Alike = Pick<RequestRow, 'method' | 'route' | 'field' | 'line_digits' | 'line_begins'>;

/** Refusals that are alike. */
export interface RefusalGroupRow extends Alike {
  reason: string;
  count: number;
  first_at: Date;
  last_at: Date;
  last_id: string;
}

/** Groups what the clients of these distributors were refused, most often first. The line tells only where that was wrong. */
export const groupRefusals = (
  on: Pick<Query, 'query'>,
  owners: readonly string[],
  { offset, limit, client_id }: Page & { client_id?: string },
): Promise<RefusalGroupRow[]> =>
  on.query(
    `SELECT method, route, reason, field, line_digits, line_begins, count(*) AS count, min(at) AS first_at,
            max(at) AS last_at, max(id::text) AS last_id
     FROM (SELECT method, route, reason, field, at, id,
                  CASE WHEN reason = 'bad_parameter' THEN line_digits END AS line_digits,
                  CASE WHEN reason = 'bad_parameter' THEN line_begins END AS line_begins
           FROM requests
           WHERE distributor_id = ANY($1::uuid[]) AND reason IS NOT NULL AND ($2::text IS NULL OR client_id = $2)) r
     GROUP BY method, route, reason, field, line_digits, line_begins
     ORDER BY count(*) DESC, max(at) DESC LIMIT $3 OFFSET $4`,
    [owners, client_id ?? null, limit, offset],
  );
