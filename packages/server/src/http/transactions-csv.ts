import { pipeline, type Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyReply } from 'fastify';
import { masked } from './mask-lines.ts';

const NUMBER = 'parameters.msisdn';

/** What the columns hold, of the transaction as it goes on the wire, and their titles. */
export const COLUMNS = {
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
/** What the operator sees beside. */
export const OPERATOR_COLUMNS = {
  ...COLUMNS,
  distributor_id: 'distributor_id',
  distributor_name: 'distributor_name',
  supplier_id: 'supplier_id',
  supplier_reference: 'supplier_reference',
  supplier_message: 'supplier_message',
  pending_cause: 'pending_cause',
};

/** What a spreadsheet takes for the beginning of a formula, also in the wide letters of East Asian texts. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * Transactions as CSV (RFC 4180), written as fast as they are read. Text that a spreadsheet would take for a formula gets
 * an apostrophe in front; a number of ours begins with a + and digits only, and stays as it is. The first row is awaited:
 * as long as nothing is sent, a database that fails can still be answered as such.
 * @param wire a row as it goes on the wire
 * @param isMasked true for whoever may not see the numbers
 */
export async function transactionsCsv<Row>(
  rows: AsyncGenerator<Row>,
  wire: (row: Row) => object,
  columns: Readonly<Record<string, string>>,
  isMasked: boolean,
): Promise<Readable> {
  const shown = (row: Row): object => (isMasked ? (masked(wire(row)) as object) : wire(row));
  const first = await rows.next();
  const csv = stringify({
    header: true,
    columns,
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

/** Answers with the CSV as a file. */
export const sendCsv = (reply: FastifyReply, csv: Readable): FastifyReply =>
  reply
    .header('Content-Disposition', 'attachment; filename="transactions.csv"')
    .type('text/csv; charset=utf-8')
    .send(csv);
