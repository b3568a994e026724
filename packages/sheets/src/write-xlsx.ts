import { Readable } from 'node:stream';
import type { SheetColumn } from './form.ts';

const WIDTH = 20;
/** The most that a cell holds. */
const LONGEST = 32_767;
/** How a workbook writes characters that XML has not; what only looks like it has to be written so too. */
const ESCAPE = /_(?=x[\dA-Fa-f]{4}_)/g;

/** Writes rows as an Excel workbook; what one sheet cannot hold, 1,048,576 rows, goes on in the next. */
export function writeXlsx<Row>(
  rows: AsyncIterable<Row> | Iterable<Row>,
  columns: readonly SheetColumn<Row>[],
  name: string,
): Readable {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    const { writeXlsxStream } = await import('hucre/xlsx');
    const cells = async function* () {
      for await (const row of rows) yield columns.map(({ of, kind }) => cellOf(of(row), kind));
    };
    const titles = columns.map(({ title, kind }) => ({
      header: title,
      width: WIDTH,
      ...(kind === 'date' && { numFmt: 'yyyy-mm-dd hh:mm:ss' }),
    }));
    yield* writeXlsxStream(cells(), { name, columns: titles, freezePane: { rows: 1 } });
  };
  return Readable.from(bytes(), { objectMode: false });
}

function cellOf(
  value: string | number | null | undefined,
  kind: SheetColumn<never>['kind'],
): string | number | Date | null {
  if (typeof value === 'number') return value;
  if (!value) return null;
  if (kind === 'date' && !Number.isNaN(Date.parse(value))) return new Date(value);
  return value.slice(0, LONGEST).toWellFormed().replaceAll(ESCAPE, '_x005F_');
}
