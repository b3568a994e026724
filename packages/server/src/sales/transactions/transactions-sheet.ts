import type { Readable } from 'node:stream';
import { type SheetColumn, type SheetForm, writeSheet } from '@opentopup/sheets';
import { masked } from '../../access/mask-lines.ts';

/** A transaction as it goes on the wire. */
type Wired = Record<string, string | number | undefined> & {
  parameters?: { msisdn?: string; simId?: string };
  reversal?: { reason: string; date: string };
  late_delivery?: { date: string };
};

const column = (title: string): SheetColumn<Wired> => ({ title, of: (row) => row[title] });
const date = (title: string): SheetColumn<Wired> => ({ ...column(title), kind: 'date' });

const SALE: readonly SheetColumn<Wired>[] = [
  ...['id', 'status', 'product_type', 'billing_mode'].map(column),
  ...['creation_date', 'change_date'].map(date),
  ...['offer_id', 'offer_name', 'product_name', 'supplier_name', 'voucher_id', 'resell_value', 'bonus_value'].map(
    column,
  ),
  ...['reference_currency', 'local_currency', 'user_id'].map(column),
  { title: 'msisdn', of: ({ parameters }) => parameters?.msisdn, kind: 'line' },
  { title: 'simId', of: ({ parameters }) => parameters?.simId },
  ...['reason', 'customer_message'].map(column),
];
/** Columns that came later are behind all others: who goes by their places finds them where they were. */
const PRICE = ['distributor_fees', 'distributor_fees_type', 'public_price', 'margin'].map(column);
const LATEST: readonly SheetColumn<Wired>[] = [
  column('attempts'),
  { title: 'reversal_reason', of: ({ reversal }) => reversal?.reason },
  { title: 'reversal_date', of: ({ reversal }) => reversal?.date, kind: 'date' },
  { title: 'late_delivery_date', of: ({ late_delivery }) => late_delivery?.date, kind: 'date' },
];
export const SHEET_COLUMNS: readonly SheetColumn<Wired>[] = [...SALE, ...PRICE, ...LATEST];
/** What the operator sees. */
export const OPERATOR_COLUMNS: readonly SheetColumn<Wired>[] = [
  ...SALE,
  ...[
    'distributor_id',
    'distributor_name',
    'supplier_id',
    'supplier_reference',
    'supplier_message',
    'pending_cause',
  ].map(column),
  ...PRICE,
  ...LATEST,
];

/**
 * Transactions as a sheet, written as fast as they are read. The first row is awaited: as long as nothing is sent, a
 * database that fails can still be answered as such.
 * @param wire a row as it goes on the wire
 * @param isMasked true for whoever may not see the numbers
 */
export async function transactionsSheet<Row>(
  rows: AsyncGenerator<Row>,
  wire: (row: Row) => object,
  columns: readonly SheetColumn<Wired>[],
  isMasked: boolean,
  form: SheetForm,
): Promise<Readable> {
  const shown = (row: Row): Wired => (isMasked ? masked(wire(row)) : wire(row)) as Wired;
  const first = await rows.next();
  const wired = async function* (): AsyncGenerator<Wired> {
    if (first.done) return;
    yield shown(first.value);
    for await (const row of rows) yield shown(row);
  };
  return writeSheet(wired(), columns, form);
}
