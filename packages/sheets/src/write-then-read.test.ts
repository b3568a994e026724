import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSheet, type SheetForm, writeSheet } from './index.ts';

const FORMS: [string, SheetForm][] = [
  ['CSV for programs', { form: 'csv' }],
  ['CSV with ends of lines of Unix', { form: 'csv', lineEnd: '\n' }],
  ['CSV for Excel in English', { form: 'excel', decimal: '.' }],
  ['CSV for Excel in French', { form: 'excel', decimal: ',' }],
  ['an Excel workbook', { form: 'xlsx', name: 'rows' }],
];
const TITLES = ['first', 'second, with "quotes"; and more', 'third'];
const columns = TITLES.map((title, i) => ({ title, of: (row: string[]) => row[i] }));

const written = (rows: string[][], form: SheetForm): Promise<Buffer> => buffer(writeSheet(rows, columns, form));

async function readBack(file: Uint8Array): Promise<(string | undefined)[][]> {
  const source = () => Readable.from([file]) as AsyncIterable<Uint8Array>;
  const { rows } = await readSheet(source, []);
  const read = [];
  for await (const { cells } of rows) read.push(TITLES.map((title) => cells.get(title)));
  return read;
}

/** Texts of what breaks tables, and of anything else. */
const piece = fc.oneof(
  fc.constantFrom(...',;\t\n\r"\'=+-@ |', '\r\n', '="', ";'=", '\ufeff', '0684587506', '3E+5', 'MAR1', '_x000D_', '＝'),
  fc.string({ unit: 'binary' }),
);
const anyText = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('').toWellFormed().replaceAll('\0', ''));

describe.each(FORMS)('%s', (_, form) => {
  it('holds whatever was written', async () => {
    // As CSV for programs always was: without quotation marks, blanks at the ends of a cell are no part of it.
    const text = form.form === 'csv' ? anyText.map((each) => each.trim()) : anyText;
    const row = fc.array(text, { minLength: 3, maxLength: 3 });
    const kept = (cell: string): string | undefined => (cell.trim() === '' ? undefined : cell);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
        const expected = rows.map((cells) => cells.map(kept)).filter((cells) => cells.some(Boolean));
        expect(await readBack(await written(rows, form))).toEqual(expected);
      }),
      { numRuns: form.form === 'xlsx' ? 100 : 500 },
    );
  });
});
