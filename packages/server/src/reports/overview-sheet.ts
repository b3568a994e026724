import type { Readable } from 'node:stream';
import type { Money, Overview, OverviewFigures, OverviewTable } from '@opentopup/contract';
import { type SheetColumn, type SheetForm, writeSheet } from '@opentopup/sheets';

type Row<Table extends OverviewTable> = Overview[Table][number];

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
  Pick<Row<'offers'>, 'offer_id' | 'offer_name' | 'distributor_id' | 'distributor_name'>
>[] = [
  { title: 'offer_name', of: ({ offer_name }) => offer_name },
  { title: 'distributor_name', of: ({ distributor_name }) => distributor_name },
  { title: 'offer_id', of: ({ offer_id }) => offer_id },
  { title: 'distributor_id', of: ({ distributor_id }) => distributor_id },
];

const COLUMNS: { readonly [Table in OverviewTable]: readonly SheetColumn<Row<Table>>[] } = {
  points: [{ title: 'date', of: ({ date }) => date, kind: 'date' }, ...FIGURES],
  offers: [...WHOSE, { title: 'supplier_name', of: ({ supplier_name }) => supplier_name }, ...FIGURES, ...PREVIOUS],
  suppliers: [
    { title: 'supplier_name', of: ({ supplier_name }) => supplier_name },
    ...FIGURES,
    ...PREVIOUS,
    { title: 'answers', of: ({ answers }) => answers },
    { title: 'unanswered', of: ({ unanswered }) => unanswered },
    { title: 'median_ms', of: ({ median_ms }) => median_ms },
    { title: 'p95_ms', of: ({ p95_ms }) => p95_ms },
    { title: 'supplier_id', of: ({ supplier_id }) => supplier_id },
  ],
  reasons: [
    { title: 'reason', of: ({ reason }) => reason },
    { title: 'ended', of: ({ ended }) => ended },
    { title: 'refused', of: ({ refused }) => refused },
    { title: 'previous', of: ({ previous }) => previous },
  ],
  stock_outs: [
    ...WHOSE,
    { title: 'seconds', of: ({ seconds }) => seconds },
    { title: 'refused', of: ({ refused }) => refused },
    { title: 'missed_units', of: ({ missed_units }) => missed_units },
    { title: 'missed_value', of: ({ missed_value }) => missed_value && moneyIn([missed_value]) },
  ],
};

/** Writes one table of an overview as a sheet. */
export const overviewSheet = <Table extends OverviewTable>(
  overview: Overview,
  table: Table,
  form: SheetForm,
): Readable => writeSheet<Row<Table>>(overview[table] as readonly Row<Table>[], COLUMNS[table], form);
