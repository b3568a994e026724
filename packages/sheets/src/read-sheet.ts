import { type Encoding, encodingOf, type Source } from './encoding.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import type { SheetRecord } from './records.ts';
import { SheetError } from './sheet-error.ts';

export interface SheetRow {
  /** Where it begins in the file, from 1. */
  line: number;
  /** By column; those without content are not there. */
  cells: ReadonlyMap<string, string>;
  /** True where something stands beside the columns. */
  isRagged: boolean;
}

/** A table whose first row names its columns. */
export interface Sheet {
  /** In what it is written; null for an Excel workbook. Of Windows-1252 nothing in the file says that it is. */
  encoding: Encoding | null;
  columns: readonly string[];
  rows: AsyncIterable<SheetRow>;
}

/** How much of a file is read. */
interface Most {
  rows?: number;
  /** Of an Excel workbook, unpacked. */
  unpacked_mb?: number;
}

/** What Excel workbooks begin with: those of today, which are ZIP archives; those of before 2007, and those with a password. */
const XLSX = Buffer.from('PK\x03\x04', 'latin1');
const OLD = Buffer.from('d0cf11e0', 'hex');
const SIGNATURE_BYTES = 4;

/**
 * Reads a table from CSV, whatever its separator and encoding, or from an Excel workbook. What it is is told from its
 * content: what browsers and programs call it is not to be relied on.
 * @param source gives the file, each time from its beginning
 * @param known columns; they are found in whatever case they are written, with `_`, `-`, blanks or nothing within
 * @throws SheetError also while rows are read
 */
export async function readSheet(source: Source, known: readonly string[], most: Most = {}): Promise<Sheet> {
  const { rows: mostRows = Number.POSITIVE_INFINITY, unpacked_mb = Number.POSITIVE_INFINITY } = most;
  const head = await headOf(source);
  const begins = (signature: Buffer): boolean => signature.equals(head.subarray(0, SIGNATURE_BYTES));
  if (begins(OLD)) throw new SheetError({ kind: 'old_workbook' });
  const encoding = begins(XLSX) ? null : await encodingOf(source, head);
  const records = encoding ? readCsv(source, encoding) : readXlsx(source, unpacked_mb);
  const first = await records.next();
  if (first.done) throw new SheetError({ kind: 'empty' });
  const names = columnsOf(first.value.values, known);
  return { encoding, columns: names.filter(Boolean), rows: rowsOf(records, names, mostRows) };
}

async function headOf(source: Source): Promise<Uint8Array> {
  let head = Buffer.alloc(0);
  for await (const chunk of source()) {
    head = Buffer.concat([head, chunk]);
    if (head.length >= SIGNATURE_BYTES) break;
  }
  return head;
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Gives the names of the columns, empty for those without one. */
function columnsOf(titles: readonly string[], known: readonly string[]): string[] {
  const byBare = new Map(known.map((name) => [bare(name), name]));
  const names = titles.map((title) => byBare.get(bare(title)) ?? title.trim());
  const column = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
  if (column !== undefined) throw new SheetError({ kind: 'column_twice', column });
  return names;
}

async function* rowsOf(
  records: AsyncIterable<SheetRecord>,
  names: readonly string[],
  most: number,
): AsyncGenerator<SheetRow, void, undefined> {
  let count = 0;
  for await (const { line, values } of records) {
    if (++count > most) throw new SheetError({ kind: 'too_many_rows', most });
    const cells = new Map<string, string>();
    let isRagged = false;
    for (const [i, value] of values.entries()) {
      if (value.trim() === '') continue;
      const name = names[i];
      if (name) cells.set(name, value);
      else isRagged = true;
    }
    yield { line, cells, isRagged };
  }
}
