import { pipeline, type Readable } from 'node:stream';
import { type Options, stringify } from 'csv-stringify';
import type { SheetColumn, SheetForm } from './form.ts';
import { guarded } from './guard.ts';

type Kind = SheetColumn<never>['kind'];
type CsvForm = Extract<SheetForm, { form: 'csv' | 'excel' }>;

/** Longer texts are none that Excel takes from a formula. */
const LONGEST_AS_TEXT = 255;
/** What Excel takes for a number, a date, a time or a truth; all without quotation marks. */
const TAKEN_FOR_ANOTHER = [
  /^[\s\d.,:;/()+\-%e]*\d[\s\d.,:;/()+\-%e]*$/i,
  /^(\d{1,4}[\s./-]{0,2})?(jan|f[eé]v|feb|mar|avr|apr|mai|may|jui|jun|jul|ao[uû]|aug|sep|oct|nov|d[eé]c)[a-zéû]*[\s./-]{0,2}\d{0,4}$/i,
  /^(true|false|vrai|faux)$/i,
];

/** Writes rows as CSV (RFC 4180). */
export function writeCsv<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly SheetColumn<Row>[],
  form: CsvForm,
): Readable {
  const { cell, ...options } = form.form === 'excel' ? forExcel(form.decimal) : forPrograms(form.lineEnd);
  const csv = stringify({ header: true, columns: columns.map(({ title }) => title), ...options });
  const cells = async function* (): AsyncGenerator<string[]> {
    for await (const row of rows) yield columns.map(({ of, kind }) => cell(of(row) ?? '', kind));
  };
  // What fails on the way ends the CSV, and whoever reads that learns of it.
  pipeline(cells, csv, () => {});
  return csv;
}

type Dialect = Options & { cell: (value: string | number, kind: Kind) => string };

/** A number of ours begins with a + and digits only, and stays as it is. */
const forPrograms = (lineEnd = '\r\n'): Dialect => ({
  record_delimiter: lineEnd,
  quoted_match: /[\r\n]|;'/,
  cell: (value, kind) => (typeof value === 'number' || kind === 'line' ? String(value) : guarded(value, ',')),
});

const forExcel = (decimal: '.' | ','): Dialect => {
  const delimiter = decimal === ',' ? ';' : ',';
  return {
    bom: true,
    delimiter,
    record_delimiter: 'windows',
    // Whatever another reader may take apart; but a number is plain.
    quoted_match: /^(?!-?\d+,\d+$)(?=[\s\S]*[,;\t\r\n])|^\s|\s$/,
    cell: (value, kind) => {
      if (typeof value === 'number') return String(value).replace('.', decimal);
      // Of an instant that names its time zone, Excel makes a text.
      if (kind === 'date') return value.replace(/^(.{10})T(.{8})(\.\d+)?Z$/, '$1 $2');
      const isAnother = kind === 'line' || TAKEN_FOR_ANOTHER.some((each) => each.test(value));
      if (value === '' || !isAnother || value.length > LONGEST_AS_TEXT) return guarded(value, delimiter);
      return `="${value.replaceAll('"', '""')}"`;
    },
  };
};
