import { pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { type Encoding, type Source, textOf } from './encoding.ts';
import { unguarded } from './guard.ts';
import type { SheetRecord } from './records.ts';
import { separatorOf } from './separator.ts';
import { SheetError } from './sheet-error.ts';

/** Enough for the titles of any table. */
const HEAD_LENGTH = 65_536;
/** How texts are kept from being taken for numbers: `="0684587506"`. */
const AS_TEXT = /^="((?:[^"]|"")*)"$/;
const LINE_END = /\r\n|\n|\r/g;

/** Gives the rows of a CSV file (RFC 4180), whatever separates the cells; rows without content are passed over. */
export async function* readCsv(source: Source, encoding: Encoding): AsyncGenerator<SheetRecord, void, undefined> {
  const separator = separatorOf(await headOf(source, encoding));
  const parser = parse({
    delimiter: separator,
    info: true,
    trim: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    cast: (value, { quoting, lines }) => plain(value, quoting, lines, separator),
  });
  pipeline(textOf(source, encoding), parser, () => {});
  // The parser takes a \r\n within a cell for two lines.
  let tooMany = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const ends = record.flatMap((cell) => cell.match(LINE_END) ?? []);
      tooMany += ends.filter((end) => end === '\r\n').length;
      if (info.records > 1 || !/^sep=/i.test(record[0] ?? '')) {
        yield { line: info.lines - tooMany - ends.length, values: record };
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? new SheetError(faultOf(error)) : error;
  }
}

async function headOf(source: Source, encoding: Encoding): Promise<string> {
  let head = '';
  for await (const text of textOf(source, encoding)) {
    head += text;
    if (head.length >= HEAD_LENGTH) break;
  }
  return head.slice(0, HEAD_LENGTH);
}

/** Recovers what was written in a cell. */
function plain(value: string, isQuoted: boolean, line: number, separator: string): string {
  const [, text] = AS_TEXT.exec(value) ?? [];
  if (text !== undefined) return text.replaceAll('""', '"');
  if (!isQuoted && value.includes('"')) throw new SheetError({ kind: 'bad_quote', line });
  return unguarded(value, separator);
}

function faultOf({ code, ...details }: CsvError): SheetError['fault'] {
  const line = Number(details['lines']);
  return code === 'CSV_QUOTE_NOT_CLOSED' ? { kind: 'open_quote', line } : { kind: 'bad_quote', line };
}
