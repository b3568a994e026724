import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readSheet, type Sheet, SheetError, sheetWords } from '@opentopup/sheets';
import type { Locale } from '../locale.ts';
import { Misuse } from '../misuse.ts';
import { type Cells, FILE_COLUMNS } from './check-line.ts';

/** The lines of a file, and in what it is written. */
export interface Lines {
  encoding: Sheet['encoding'];
  lines: AsyncGenerator<{ line: number; cells: Cells }, void, undefined>;
}

/** The content of a file and the name of its batch, as a name of its own. */
export async function digestOf(file: string, batch: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.update(`\0${batch}`).digest('hex');
}

/**
 * Reads the lines of a CSV file or an Excel workbook, one by one.
 * @throws Misuse for what is neither, or has not the columns that are needed; also while lines are read
 */
export function readFile(file: string, locale: Locale): Promise<Lines> {
  return orMisuse(locale, async () => {
    const { encoding, columns, rows } = await readSheet(() => createReadStream(file), FILE_COLUMNS);
    const has = (...names: string[]): boolean => names.some((name) => columns.includes(name));
    if (!has('offer_id', 'offer') || !has('msisdn', 'sim_id')) throw new Misuse(locale.t.bulk.columns);
    return { encoding, lines: linesOf(rows, locale) };
  });
}

async function* linesOf(rows: Sheet['rows'], locale: Locale): Lines['lines'] {
  const each = rows[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await orMisuse(locale, () => each.next());
    if (done) return;
    const cells = [...value.cells].map(([name, cell]) => [name, cell.trim()] as const);
    yield { line: value.line, cells: Object.fromEntries(cells) };
  }
}

async function orMisuse<T>({ t, language }: Locale, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SheetError) throw new Misuse(t.file.noSheet(sheetWords(error.fault, language)));
    throw error;
  }
}
