import type { Query } from '../database/database.ts';
import { ON_EACH_SHARD } from '../database/shards.ts';
import type { StockRecord } from './history.rules.ts';

/** A stock as it stands, and what became of it since some moment. */
export interface StockRow extends StockRecord {
  distributor_id: string;
  offer_id: string;
  held: number;
  /** Sales that are owed a unit. */
  owed: number;
  /** Orders that wait for a unit. */
  parked: number;
}

interface Row extends Omit<StockRow, 'sales' | 'bookings'> {
  sales: { hour: string; units: number }[];
  bookings: { at: string; units: number }[];
}

/**
 * Reads the stocks of offers, with their sales by the hour and their bookings since `from`, of one moment. It reads a
 * row for each hour with sales, and each booking that the offer ever had: bookings alone have a reference, and an index
 * by it. A unit that comes back from a sale, or is sold late, is told as a booking: the demand was that of the order's hour.
 */
export async function readStocks(
  on: Query,
  offers: readonly { distributor_id: string; offer_id: string }[],
  from: Date,
): Promise<StockRow[]> {
  const rows = await on.query<Row>(
    `${ON_EACH_SHARD}SELECT b.distributor_id, b.offer_id, b.available, b.held, b.parked,
            (SELECT count(*) FROM late_deliveries l
             WHERE l.distributor_id = b.distributor_id AND l.offer_id = b.offer_id AND l.booked_at IS NULL) AS owed,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('hour', s.hour, 'units', s.created - s.ko - s.expired)), '[]')
             FROM sales_hourly s
             WHERE s.distributor_id = b.distributor_id AND s.offer_id = b.offer_id AND s.hour >= $3) AS sales,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('at', m.at, 'units', m.units)), '[]')
             FROM (
               SELECT m.at, m.units FROM movements m
               WHERE m.distributor_id = b.distributor_id AND m.offer_id = b.offer_id AND m.reference IS NOT NULL
                 AND m.at >= $3
               UNION ALL
               SELECT v.at, 1 FROM reversals v
               WHERE v.distributor_id = b.distributor_id AND v.offer_id = b.offer_id AND v.at >= $3
               UNION ALL
               SELECT l.booked_at, -1 FROM late_deliveries l
               WHERE l.distributor_id = b.distributor_id AND l.offer_id = b.offer_id AND l.booked_at >= $3
             ) m) AS bookings
     FROM unnest($1::uuid[], $2::uuid[]) AS asked(distributor_id, offer_id)
     JOIN buckets b USING (distributor_id, offer_id)`,
    [offers.map(({ distributor_id }) => distributor_id), offers.map(({ offer_id }) => offer_id), from],
  );
  return rows.map(({ sales, bookings, ...stock }) => ({
    ...stock,
    sales: sales.map(({ hour, units }) => ({ hour: new Date(hour), units })),
    bookings: bookings.map(({ at, units }) => ({ at: new Date(at), units })),
  }));
}
