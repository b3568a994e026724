import { Readable } from 'node:stream';
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

/** So much text goes out at once, in characters. */
const PIECE = 16_384;

/**
 * Writes rows as CSV (RFC 4180). The library for it, csv-stringify, took half of the server's time for an export; what it
 * does beside quotation marks is not needed here.
 */
export function writeCsv<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly SheetColumn<Row>[],
  form: CsvForm,
): Readable {
  const { mark, delimiter, lineEnd, cell, quoted } =
    form.form === 'excel' ? forExcel(form.decimal) : forPrograms(form.lineEnd);
  const record = (cells: readonly string[]): string =>
    cells.map((text) => (quoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(delimiter) + lineEnd;
  const pieces = async function* (): AsyncGenerator<string> {
    let piece = mark + record(columns.map(({ title }) => title));
    for await (const row of rows) {
      piece += record(columns.map(({ of, kind }) => cell(of(row) ?? '', kind)));
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  };
  return Readable.from(pieces(), { objectMode: false });
}

interface Dialect {
  /** What stands before all else. */
  mark: string;
  delimiter: ',' | ';';
  lineEnd: '\n' | '\r\n';
  cell: (value: string | number, kind: Kind) => string;
  /** What has to stand in quotation marks. */
  quoted: RegExp;
}

/** A number of ours begins with a + and digits only, and stays as it is. */
const forPrograms = (lineEnd: Dialect['lineEnd'] = '\r\n'): Dialect => ({
  mark: '',
  delimiter: ',',
  lineEnd,
  quoted: /[,"\r\n]|;'/,
  cell: (value, kind) => (typeof value === 'number' || kind === 'line' ? String(value) : guarded(value, ',')),
});

const forExcel = (decimal: '.' | ','): Dialect => {
  const delimiter = decimal === ',' ? ';' : ',';
  return {
    mark: '\ufeff',
    delimiter,
    lineEnd: '\r\n',
    // Whatever another reader may take apart; but a number is plain.
    quoted: decimal === ',' ? /^(?!-?\d+,\d+$)(?=[\s\S]*[,;\t\r\n"])|^\s|\s$/ : /[,;\t\r\n"]|^\s|\s$/,
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
