import type { Page, StaffLanguage } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import type { Level } from './levels.rules.ts';

/** The status of an offer's stock. */
export interface StockStatusRow {
  offer_id: string;
  offer_name: string;
  available: number;
  held: number;
  low_at: number;
  level: Level;
  /** When that was told; null where nothing ever was. */
  since: Date | null;
}

/** When a distributor wants to be told of a stock; for all offers without an alert of their own where it names none. */
export interface AlertRow {
  distributor_id: string;
  id: string;
  offer_id: string | null;
  units: number | null;
  days_of_cover: number | null;
  emails: string[];
  /** The address of the chat that is written to, sealed; null: none. */
  chat_url: string | null;
  /** As much of it as is shown. */
  chat_address: string | null;
  chat_language: StaffLanguage | null;
  chat_stopped_at: Date | null;
  chat_stop_cause: string | null;
  /** When the last message to it was given up, though the address may be right. */
  chat_failed_at: Date | null;
  chat_failure_cause: string | null;
  created_at: Date;
  updated_at: Date;
  /** Its offers that are short, latest first, as far as they are told. */
  crossed: StockStatusRow[];
}

/** What was told of a stock; without that, what can be seen. */
const LEVEL = `coalesce(l.level, CASE WHEN b.available = 0 THEN 'depleted' ELSE 'ok' END)`;
const STATUS = `b.offer_id, o.name AS offer_name, b.available, b.held, b.low_at, ${LEVEL} AS level, l.since`;
const STOCKS = `buckets b JOIN offers o ON o.distributor_id = b.distributor_id AND o.id = b.offer_id`;

/**
 * The condition that an alert is the one that counts for an offer: its own, else the one for all. Where it is joined, LIMIT 1
 * keeps the planner to the index of the distributor's own.
 * @param alertOffer where the alert's `offer_id` stands in the SQL
 * @param of the name of what has the offer's `distributor_id` and `offer_id`
 */
export const COUNTS_FOR = (alertOffer: string, of: string): string => `(
  ${of}.offer_id = ${alertOffer} OR ${alertOffer} IS NULL AND NOT EXISTS (
    SELECT FROM alerts own WHERE own.distributor_id = ${of}.distributor_id AND own.offer_id = ${of}.offer_id))`;

const ALERTS = `
SELECT a.*, (
  SELECT coalesce(jsonb_agg(to_jsonb(short) ORDER BY short.since DESC), '[]') FROM (
    SELECT ${STATUS} FROM stock_levels l JOIN ${STOCKS} ON b.distributor_id = l.distributor_id AND b.offer_id = l.offer_id
    WHERE l.distributor_id = a.distributor_id AND l.level <> 'ok' AND ${COUNTS_FOR('a.offer_id', 'l')}
    ORDER BY l.since DESC LIMIT 100
  ) short) AS crossed
FROM alerts a WHERE a.distributor_id = $1`;

// A moment within JSON comes as a text.
const withDates = (row: AlertRow): AlertRow => ({
  ...row,
  crossed: row.crossed.map((each) => ({ ...each, since: each.since && new Date(each.since) })),
});

/** Lists a page of a distributor's alerts: the one for all offers, then the others as they were made. */
export async function listAlerts(on: Query, distributorId: string, { offset, limit }: Page): Promise<AlertRow[]> {
  const rows = await on.query<AlertRow>(`${ALERTS} ORDER BY a.offer_id IS NOT NULL, a.id LIMIT $2 OFFSET $3`, [
    distributorId,
    limit,
    offset,
  ]);
  return rows.map(withDates);
}

/** Finds one alert of a distributor; null where there is none. */
export async function findAlert(on: Query, distributorId: string, id: string): Promise<AlertRow | null> {
  const [row] = await on.query<AlertRow>(`${ALERTS} AND a.id = $2`, [distributorId, id]);
  return row ? withDates(row) : null;
}

/** Lists a page of the status of a distributor's stocks, in the order of its offers. */
export function listStockStatuses(
  on: Pick<Query, 'query'>,
  distributorId: string,
  { offset, limit, level }: Page & { level?: Level },
): Promise<StockStatusRow[]> {
  return on.query<StockStatusRow>(
    `SELECT ${STATUS} FROM ${STOCKS}
     LEFT JOIN stock_levels l ON l.distributor_id = b.distributor_id AND l.offer_id = b.offer_id
     WHERE b.distributor_id = $1 AND ($2::text IS NULL OR ${LEVEL} = $2) ORDER BY b.offer_id LIMIT $3 OFFSET $4`,
    [distributorId, level ?? null, limit, offset],
  );
}

/** Finds the status of an offer's stock; null where the distributor has no such offer. */
export async function findStockStatus(
  on: Pick<Query, 'query'>,
  distributorId: string,
  offerId: string,
): Promise<StockStatusRow | null> {
  const [row] = await on.query<StockStatusRow>(
    `SELECT ${STATUS} FROM ${STOCKS}
     LEFT JOIN stock_levels l ON l.distributor_id = b.distributor_id AND l.offer_id = b.offer_id
     WHERE b.distributor_id = $1 AND b.offer_id = $2`,
    [distributorId, offerId],
  );
  return row ?? null;
}
