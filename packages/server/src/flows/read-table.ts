import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { type Refusal, refuse } from '@opentopup/contract';
import { CsvError, type Info, parse } from 'csv-parse';

/** Most rows of one file. */
const MOST_ROWS = 10_000;
const SLICE_BYTES = 64 * 1024;

/** A row of a table: its cells by column, without those that are empty. */
export interface TableRow {
  /** Where it begins in the file, from 1. */
  line: number;
  cells: Map<string, string>;
  /** True where it has more or fewer cells than there are columns. */
  ragged: boolean;
}

/**
 * Reads a CSV file (RFC 4180, in UTF-8, with or without byte order mark) whose first line names its columns.
 * @param columns those that there may be, and whether each is needed
 */
export async function readTable(
  file: Uint8Array,
  columns: ReadonlyMap<string, { needed: boolean }>,
): Promise<TableRow[] | Refusal> {
  // UTF-16 often passes for UTF-8 with a NUL in every other place.
  if (!isUtf8(file) || file.includes(0)) return refuse('invalid_csv', { detail: 'the file is no text in UTF-8' });
  const rows: TableRow[] = [];
  let names: string[] | null = null;
  try {
    for await (const { record, info } of recordsOf(file)) {
      if (names === null) {
        const fault = headFault(record, columns);
        if (fault !== null) return refuse('invalid_csv', { detail: fault });
        names = record;
      } else {
        const filled = names
          .map((name, i) => [name, record[i]?.trim() ?? ''] as const)
          .filter(([, cell]) => cell !== '');
        const line = info.lines - record.join('').split('\n').length + 1;
        rows.push({ line, cells: new Map(filled), ragged: record.length !== names.length });
      }
    }
  } catch (error) {
    if (error instanceof CsvError) return refuse('invalid_csv', { detail: error.message });
    throw error;
  }
  if (names === null) return refuse('invalid_csv', { detail: 'the file is empty' });
  if (rows.length > MOST_ROWS) return refuse('invalid_csv', { detail: `more than ${MOST_ROWS} rows` });
  return rows;
}

/** The records of a file; other requests are served in between. One more than the most is read, to tell too many. */
function recordsOf(file: Uint8Array): AsyncIterable<{ record: string[]; info: Info }> {
  async function* slices(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < file.length; at += SLICE_BYTES) {
      yield file.subarray(at, at + SLICE_BYTES);
      await turn();
    }
  }
  const parser = parse({
    bom: true,
    info: true,
    to: MOST_ROWS + 2,
    trim: true,
    skip_empty_lines: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  return Readable.from(slices()).pipe(parser);
}

/** What is wrong with the first line; null when nothing is. */
function headFault(names: readonly string[], columns: ReadonlyMap<string, { needed: boolean }>): string | null {
  const unknown = names.find((name) => !columns.has(name));
  if (unknown !== undefined) return `there is no column "${unknown}"; there are ${[...columns.keys()].join(', ')}`;
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `column ${twice} is there twice`;
  const missing = [...columns].find(([name, { needed }]) => needed && !names.includes(name));
  return missing ? `column ${missing[0]} is missing` : null;
}
