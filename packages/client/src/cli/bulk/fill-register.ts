import type { Locale } from '../locale.ts';
import { type BulkFault, checkLine } from './check-line.ts';
import type { OfferBook } from './offer-book.ts';
import { digestOf, type Lines, readFile } from './read-file.ts';
import type { Register } from './register.ts';

/** A line that cannot be sold. */
export interface BadLine {
  line: number;
  fault: BulkFault;
  /** Of a reference that is there twice: where it was before. */
  other?: number;
}

/** A line that sells what another one before it sells. */
export interface Repeat {
  line: number;
  other: number;
}

/** What the reading of a file has found. */
export interface FileReading {
  encoding: Lines['encoding'];
  lines: number;
  bad: number;
  /** The first of them. */
  badLines: BadLine[];
  repeats: number;
  /** The first of them. */
  repeatedLines: Repeat[];
}

const TOLD = 1_000;

/** Reads a file into the register, line by line. Bad lines are counted and told; they are not in it. */
export async function fillRegister(
  register: Register,
  file: string,
  batch: string,
  offers: OfferBook,
  locale: Locale,
): Promise<FileReading> {
  const { encoding, lines } = await readFile(file, locale);
  const reading: FileReading = { encoding, lines: 0, bad: 0, badLines: [], repeats: 0, repeatedLines: [] };
  const note = (bad: BadLine): void => {
    reading.bad++;
    if (reading.badLines.length < TOLD) reading.badLines.push(bad);
  };
  await register.fill(async () => {
    for await (const { line, cells } of lines) {
      reading.lines++;
      const sells = checkLine(cells, offers, Date.now());
      if (typeof sells === 'string') {
        note({ line, fault: sells });
        continue;
      }
      const { line: recharged, ...order } = sells;
      const other = register.add({ line, ...order });
      if (other !== null) {
        note({ line, fault: 'repeated_reference', other });
        continue;
      }
      const before = register.firstOf(`${order.offer_id} ${recharged}`, line);
      if (before === line) continue;
      reading.repeats++;
      if (reading.repeatedLines.length < TOLD) reading.repeatedLines.push({ line, other: before });
    }
    return digestOf(file, batch);
  });
  return reading;
}
