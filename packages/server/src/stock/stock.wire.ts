import {
  type Alert,
  type AlertChatState,
  type OfferStock,
  type StockForecast,
  type StockStanding,
  wireDate,
} from '@opentopup/contract';
import type { AlertRow, StockStatusRow } from './alerts.query.ts';
import type { Forecast, Range } from './forecast.rules.ts';
import type { StockShown } from './read-stock.ts';

const DAY_MS = 86_400_000;

const rounded = (value: number): number => Math.round(value * 100) / 100;

function each<T, U>({ low, median, high }: Range<T>, of: (value: T) => U): Range<U> {
  const one = (value: T | null): U | null => (value === null ? null : of(value));
  return { low: one(low), median: one(median), high: one(high) };
}

function wireForecast({ days_of_cover, confidence }: Forecast, now: Date): StockForecast {
  return {
    confidence: confidence.level,
    ...(confidence.because && { because: confidence.because }),
    days_of_cover: each(days_of_cover, rounded),
    empty_at: each(days_of_cover, (days) => wireDate(new Date(now.getTime() + days * DAY_MS))),
  };
}

/** Presents an offer's stock as it goes on the wire. */
export const wireStock = (stock: StockShown, step: 'hour' | 'day'): OfferStock => ({
  offer_id: stock.offer_id,
  available: stock.available,
  held: stock.held,
  owed: stock.owed,
  parked: stock.parked,
  level: stock.status.level,
  ...(stock.status.since && { level_since: wireDate(stock.status.since) }),
  ...(stock.status.low_at > 0 && { threshold: stock.status.low_at }),
  pace_per_day: rounded(stock.forecast.pace),
  forecast: wireForecast(stock.forecast, stock.now),
  refill: { days: stock.refill.days, ...(stock.refill.units !== null && { units: stock.refill.units }) },
  history: { step, points: stock.points.map((point) => ({ ...point, date: wireDate(point.date) })) },
});

/** Presents the status of a stock as it goes on the wire. */
export const wireStockStatus = ({ since, low_at, ...row }: StockStatusRow): StockStanding => ({
  ...row,
  ...(since && { since: wireDate(since) }),
  ...(low_at > 0 && { threshold: low_at }),
});

const wireChat = (row: AlertRow): AlertChatState | null =>
  row.chat_address === null || row.chat_language === null
    ? null
    : {
        address: row.chat_address,
        language: row.chat_language,
        ...(row.chat_stopped_at && { stop_date: wireDate(row.chat_stopped_at) }),
        ...(row.chat_stop_cause !== null && { stop_cause: row.chat_stop_cause }),
        ...(row.chat_failed_at && { failure_date: wireDate(row.chat_failed_at) }),
        ...(row.chat_failure_cause !== null && { failure_cause: row.chat_failure_cause }),
      };

/** Presents an alert as it goes on the wire. */
export function wireAlert(row: AlertRow): Alert {
  const chat = wireChat(row);
  return {
    id: row.id,
    ...(row.offer_id !== null && { offer_id: row.offer_id }),
    ...(row.units !== null && { units: row.units }),
    ...(row.days_of_cover !== null && { days_of_cover: row.days_of_cover }),
    emails: row.emails,
    ...(chat && { chat }),
    creation_date: wireDate(row.created_at),
    update_date: wireDate(row.updated_at),
    crossed: row.crossed.map(wireStockStatus),
  };
}
