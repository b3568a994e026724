import type { StockQuery } from '@opentopup/contract';
import { DAY_MS, HOUR_MS, span } from '../http/dates.ts';
import { fail } from '../http/refusal-error.ts';
import type { StockAsked } from './read-stock.ts';

const USUAL_DAYS = 30;
/** How many days are shown by the hour at most, unless asked otherwise. */
const BY_THE_HOUR_DAYS = 7;
const MOST_HOURS_DAYS = 62;
const MOST_DAYS = 731;

/** Reads what of a stock's history is asked for, in whole steps. */
export function stockSpanOf(
  { from, to, step: told }: StockQuery,
  now: Date,
): Omit<StockAsked, 'offer_id' | 'distributor_id'> {
  const before = to === undefined ? now : span(to, 'to').before;
  const usual = new Date(before.getTime() - USUAL_DAYS * DAY_MS);
  const begin = from === undefined ? usual : span(from, 'from').from;
  const days = (before.getTime() - begin.getTime()) / DAY_MS;
  if (days <= 0) fail('invalid_query_parameter', { field: 'from', detail: 'it is not before to' });
  const step = told ?? (days <= BY_THE_HOUR_DAYS ? 'hour' : 'day');
  if (begin.getTime() < now.getTime() - MOST_DAYS * DAY_MS) {
    fail('invalid_query_parameter', { field: 'from', detail: 'it is more than two years ago' });
  }
  if (step === 'hour' && days > MOST_HOURS_DAYS) {
    fail('invalid_query_parameter', {
      field: 'step',
      detail: `by the hour, ${MOST_HOURS_DAYS} days are shown at most`,
    });
  }
  const step_ms = step === 'hour' ? HOUR_MS : DAY_MS;
  return { from: new Date(Math.floor(begin.getTime() / step_ms) * step_ms), before, step };
}
