import { pipeline, type Readable } from 'node:stream';
import type { Language, OwnMessages } from '@opentopup/contract';
import { stringify } from 'csv-stringify';
import { wireTransaction } from '../flows/wire.ts';
import type { TransactionRow } from '../store/queries/transactions.ts';
import { masked } from './mask-lines.ts';

const NUMBER = 'parameters.msisdn';

/** What the columns hold, of the transaction as it goes on the wire, and their titles. */
const COLUMNS = {
  id: 'id',
  status: 'status',
  product_type: 'product_type',
  billing_mode: 'billing_mode',
  creation_date: 'creation_date',
  change_date: 'change_date',
  offer_id: 'offer_id',
  offer_name: 'offer_name',
  product_name: 'product_name',
  supplier_name: 'supplier_name',
  voucher_id: 'voucher_id',
  resell_value: 'resell_value',
  bonus_value: 'bonus_value',
  reference_currency: 'reference_currency',
  local_currency: 'local_currency',
  user_id: 'user_id',
  [NUMBER]: 'msisdn',
  'parameters.simId': 'simId',
  reason: 'reason',
  customer_message: 'customer_message',
};

/** What a spreadsheet takes for the beginning of a formula, also in the wide letters of East Asian texts. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * Transactions as CSV (RFC 4180), written as fast as they are read. Text that a spreadsheet would take for a formula gets
 * an apostrophe in front; a number of ours begins with a + and digits only, and stays as it is. The first row is awaited:
 * as long as nothing is sent, a database that fails can still be answered as such.
 * @param isMasked true for whoever may not see the numbers
 */
export async function transactionsCsv(
  rows: AsyncGenerator<TransactionRow>,
  language: Language,
  own: OwnMessages = {},
  isMasked = false,
): Promise<Readable> {
  const shown = (row: TransactionRow): object => {
    const transaction = wireTransaction(row, language, own);
    return isMasked ? (masked(transaction) as object) : transaction;
  };
  const first = await rows.next();
  const csv = stringify({
    header: true,
    columns: COLUMNS,
    record_delimiter: 'windows',
    cast: { string: (text, { column }) => (column !== NUMBER && FORMULA.test(text) ? `'${text}` : text) },
  });
  const wired = async function* (): AsyncGenerator<object> {
    if (first.done) return;
    yield shown(first.value);
    for await (const row of rows) yield shown(row);
  };
  // What fails on the way ends the CSV, and whoever reads that learns of it.
  pipeline(wired, csv, () => {});
  return csv;
}
