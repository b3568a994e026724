import type { Source } from './encoding.ts';
import type { SheetRecord } from './records.ts';
import { SheetError } from './sheet-error.ts';
import { unpackedSize } from './unpacked-size.ts';

/** A number of more digits has lost some: Excel keeps fifteen. */
const DIGITS = 15;

/** Gives the rows of the first sheet of an Excel workbook; rows without content are passed over. */
export async function* readXlsx(source: Source, most_mb: number): AsyncGenerator<SheetRecord, void, undefined> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source()) chunks.push(chunk);
  const { streamXlsxRows } = await import('hucre/xlsx');
  try {
    const file = Buffer.concat(chunks);
    if (unpackedSize(file) > most_mb * 1_000_000) throw new SheetError({ kind: 'too_large', most_mb });
    for await (const { index, values } of streamXlsxRows(file)) {
      const texts = values.map(textOfValue);
      if (texts.some((text) => text.trim() !== '')) yield { line: index + 1, values: texts };
    }
  } catch (error) {
    throw error instanceof SheetError ? error : new SheetError({ kind: 'bad_workbook' });
  }
}

function textOfValue(value: string | number | boolean | Date | null): string {
  if (value === null) return '';
  if (value instanceof Date) {
    const [date = '', time] = value.toISOString().split(/T|\./, 2);
    return time === '00:00:00' ? date : `${date}T${time}Z`;
  }
  if (typeof value !== 'number') return String(value);
  // As Excel shows it: then it is refused in the same words.
  if (Math.abs(value) >= 10 ** DIGITS) return value.toExponential(2).toUpperCase();
  return String(Number(value.toPrecision(DIGITS)));
}
