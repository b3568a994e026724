import type { Page, Reason, RouteStrategy, SupplierCallQuery, TransactionStatus } from '@opentopup/contract';
import type { LoggedCall } from '../connectors/call-log.store.ts';
import type { Query } from '../database/database.ts';
import { firstIdAt } from '../database/ids.ts';
import { MOVED_ORDERS, madeIn } from './moved-orders.store.ts';

export interface SupplierCallRow
  extends Pick<
    LoggedCall,
    'id' | 'attempt' | 'kind' | 'at' | 'duration_ms' | 'method' | 'status' | 'failure' | 'transaction_id'
  > {
  transaction_status: TransactionStatus;
  reason: Reason | null;
  offer_name: string;
  distributor_id: string;
  distributor_name: string;
}

const OUTCOMES: Readonly<Record<NonNullable<SupplierCallQuery['outcome']>, string>> = {
  answered: 'AND status < 400',
  error: 'AND status >= 400',
  no_answer: 'AND status IS NULL',
};

/** Lists a page of the calls of a supplier, newest first. */
export function listSupplierCalls(
  on: Pick<Query, 'query'>,
  supplierId: string,
  { offset, limit, outcome }: SupplierCallQuery,
): Promise<SupplierCallRow[]> {
  return on.query<SupplierCallRow>(
    `SELECT e.id, e.attempt, e.kind, e.at, e.duration_ms, e.method, e.status, e.failure, e.transaction_id,
            coalesce(r.status, 'pending') AS transaction_status, r.reason, o.name AS offer_name, e.distributor_id,
            d.name AS distributor_name
     FROM (SELECT * FROM supplier_exchanges WHERE supplier_id = $1 ${outcome ? OUTCOMES[outcome] : ''}
           ORDER BY id DESC LIMIT $2 OFFSET $3) e
     JOIN distributors d ON d.id = e.distributor_id
     JOIN transactions t ON t.distributor_id = e.distributor_id AND t.id = e.transaction_id
     JOIN offers o ON o.distributor_id = t.distributor_id AND o.id = t.offer_id
     LEFT JOIN LATERAL (
       SELECT status, reason FROM outcomes r
       WHERE r.distributor_id = e.distributor_id AND r.transaction_id = e.transaction_id LIMIT 1
     ) r ON true
     ORDER BY e.id DESC`,
    [supplierId, limit, offset],
  );
}

export interface SupplierRouteRow {
  offer_id: string;
  offer_name: string;
  distributor_id: string;
  distributor_name: string;
  product_id: string;
  product_name: string;
  strategy: RouteStrategy | null;
  place: number;
  places: number;
  sold: number;
  delivered: number;
}

/**
 * Lists a page of the offers that a supplier may deliver, the most sold first: by a route, or where there is none, as the
 * supplier of the offer's own product. What another product has delivered is taken from the own one, as in the overview.
 */
export function listSupplierRoutes(
  on: Pick<Query, 'query'>,
  supplierId: string,
  since: Date,
  now: Date,
  { offset, limit }: Page,
): Promise<SupplierRouteRow[]> {
  return on.query<SupplierRouteRow>(
    `WITH own AS (SELECT id, name FROM products WHERE supplier_id = $1), served AS MATERIALIZED (
       SELECT o.distributor_id, o.id AS offer_id, own.id AS product_id, own.name AS product_name, NULL AS strategy, 1 AS place,
              1 AS places
       FROM own JOIN offers o ON o.product_id = own.id WHERE o.route_id IS NULL
       UNION ALL
       SELECT o.distributor_id, o.id, own.id, own.name, r.strategy, p.place,
              (SELECT count(*) FROM route_products every
               WHERE every.distributor_id = p.distributor_id AND every.route_id = p.route_id)
       FROM own JOIN route_products p ON p.product_id = own.id
       JOIN routes r ON r.distributor_id = p.distributor_id AND r.id = p.route_id
       JOIN offers o ON o.distributor_id = r.distributor_id AND o.id = r.offer_id AND o.route_id = r.id
     ), moved AS MATERIALIZED (
       SELECT t.distributor_id, t.offer_id, r.product_id, count(*) AS ok
       FROM (SELECT DISTINCT distributor_id FROM served WHERE strategy IS NOT NULL) d
       JOIN delivery_attempts a ON a.distributor_id = d.distributor_id AND ${madeIn('$2', '$3')} ${MOVED_ORDERS}
       WHERE r.status = 'ok' GROUP BY 1, 2, 3
     )
     SELECT s.offer_id, o.name AS offer_name, s.distributor_id, d.name AS distributor_name, s.product_id, s.product_name,
            s.strategy, s.place, s.places, hours.sold,
            (CASE WHEN o.product_id = s.product_id THEN hours.sold - moves.away ELSE 0 END + moves.here)::bigint AS delivered
     FROM served s
     JOIN offers o ON o.distributor_id = s.distributor_id AND o.id = s.offer_id
     JOIN distributors d ON d.id = s.distributor_id
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(h.ok), 0)::bigint AS sold FROM sales_hourly h
       WHERE h.distributor_id = s.distributor_id AND h.offer_id = s.offer_id AND h.hour >= $4) hours
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(m.ok), 0) AS away, coalesce(sum(m.ok) FILTER (WHERE m.product_id = s.product_id), 0) AS here
       FROM moved m WHERE m.distributor_id = s.distributor_id AND m.offer_id = s.offer_id) moves
     ORDER BY hours.sold DESC, o.name, s.offer_id, s.place LIMIT $5 OFFSET $6`,
    [supplierId, firstIdAt(since), firstIdAt(now), since, limit, offset],
  );
}
