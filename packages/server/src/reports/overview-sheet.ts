import type { Readable } from 'node:stream';
import type { Money, Overview, OverviewFigures, OverviewOffer, OverviewTable } from '@opentopup/contract';
import { type SheetColumn, type SheetForm, writeSheet } from '@opentopup/sheets';

/** Writes amounts of several currencies into one cell. */
const moneyIn = (value: readonly Money[]): string =>
  value.map(({ amount, currency }) => `${amount} ${currency}`).join(' + ');

const FIGURES: readonly SheetColumn<OverviewFigures>[] = [
  { title: 'orders', of: ({ orders }) => orders },
  { title: 'ok', of: ({ ok }) => ok },
  { title: 'ko', of: ({ ko }) => ko },
  { title: 'expired', of: ({ expired }) => expired },
  { title: 'pending', of: ({ pending }) => pending },
  { title: 'refused', of: ({ refused }) => refused },
  { title: 'value', of: ({ value }) => moneyIn(value) },
];

const PREVIOUS: readonly SheetColumn<{ previous: OverviewFigures }>[] = [
  { title: 'previous_ok', of: ({ previous }) => previous.ok },
  { title: 'previous_value', of: ({ previous }) => moneyIn(previous.value) },
];

const WHOSE: readonly SheetColumn<
  Pick<OverviewOffer, 'offer_id' | 'offer_name' | 'distributor_id' | 'distributor_name'>
>[] = [
  { title: 'offer_name', of: ({ offer_name }) => offer_name },
  { title: 'distributor_name', of: ({ distributor_name }) => distributor_name },
  { title: 'offer_id', of: ({ offer_id }) => offer_id },
  { title: 'distributor_id', of: ({ distributor_id }) => distributor_id },
];

const SUPPLIER: SheetColumn<{ supplier_name: string }> = {
  title: 'supplier_name',
  of: ({ supplier_name }) => supplier_name,
};

/** Writes each table of an overview. */
const WRITERS: Readonly<Record<OverviewTable, (overview: Overview, form: SheetForm) => Readable>> = {
  points: ({ points }, form) =>
    writeSheet(points, [{ title: 'date', of: ({ date }) => date, kind: 'date' }, ...FIGURES], form),
  offers: ({ offers }, form) => writeSheet(offers, [...WHOSE, SUPPLIER, ...FIGURES, ...PREVIOUS], form),
  suppliers: ({ suppliers }, form) =>
    writeSheet(
      suppliers,
      [
        SUPPLIER,
        ...FIGURES,
        ...PREVIOUS,
        { title: 'answers', of: ({ answers }) => answers },
        { title: 'unanswered', of: ({ unanswered }) => unanswered },
        { title: 'median_ms', of: ({ median_ms }) => median_ms },
        { title: 'p95_ms', of: ({ p95_ms }) => p95_ms },
        { title: 'supplier_id', of: ({ supplier_id }) => supplier_id },
      ],
      form,
    ),
  reasons: ({ reasons }, form) =>
    writeSheet(
      reasons,
      [
        { title: 'reason', of: ({ reason }) => reason },
        { title: 'ended', of: ({ ended }) => ended },
        { title: 'refused', of: ({ refused }) => refused },
        { title: 'previous', of: ({ previous }) => previous },
      ],
      form,
    ),
  stock_outs: ({ stock_outs }, form) =>
    writeSheet(
      stock_outs,
      [
        ...WHOSE,
        { title: 'seconds', of: ({ seconds }) => seconds },
        { title: 'refused', of: ({ refused }) => refused },
        { title: 'missed_units', of: ({ missed_units }) => missed_units },
        { title: 'missed_value', of: ({ missed_value }) => missed_value && moneyIn([missed_value]) },
      ],
      form,
    ),
};

/** Writes one table of an overview as a sheet. */
export const overviewSheet = (overview: Overview, table: OverviewTable, form: SheetForm): Readable =>
  WRITERS[table](overview, form);
