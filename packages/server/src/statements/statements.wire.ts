import { type Statement, type StatementSettings, type VatRate, wireDate } from '@opentopup/contract';
import type { StatementSettingsRow } from './statement-settings.query.ts';
import type { StatementRow } from './statements.query.ts';
import type { VatRateRow } from './vat-rates.query.ts';

const dayIn = (instant: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

/** Presents a statement as it is listed. */
export const wireStatement = (row: StatementRow): Statement => ({
  id: row.id,
  distributor_id: row.distributor_id,
  distributor_name: row.distributor_name,
  status: row.number === null ? 'closing' : 'closed',
  ...(row.number !== null && { number: row.number }),
  first_day: row.first_day ?? dayIn(row.from_at, row.time_zone),
  last_day: row.last_day ?? dayIn(new Date(row.before_at.getTime() - 1), row.time_zone),
  ...(row.closed_at && { closing_date: wireDate(row.closed_at) }),
  ...(row.hash !== null && { hash: row.hash }),
  ...(row.totals && { totals: row.totals }),
  ...(row.movements !== null && { progress: { movements: row.movements, done: row.done ?? 0 } }),
});

/** Presents what a distributor wants of its statements. */
export const wireStatementSettings = ({ time_zone, emails }: StatementSettingsRow): StatementSettings => ({
  time_zone,
  emails,
});

/** Presents a rate of VAT. */
export const wireVatRate = ({ rate, is_included, since }: VatRateRow): VatRate => ({
  rate: rate === null ? null : Number(rate),
  included: is_included,
  since: wireDate(since),
});
