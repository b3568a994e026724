import type { Readable } from 'node:stream';
import type { SheetColumn, SheetForm } from './form.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

/** Writes rows as a sheet, as fast as they are read: however many there are, few are held. */
export function writeSheet<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly SheetColumn<Row>[],
  form: SheetForm,
): Readable {
  switch (form.form) {
    case 'csv':
    case 'excel':
      return writeCsv(rows, columns, form);
    case 'xlsx':
      return writeXlsx(rows, columns, form.name);
  }
}
