import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import type { Messages } from '../messages/en.ts';
import { Misuse } from '../misuse.ts';
import type { Cells } from './check-line.ts';

const HEAD_BYTES = 65_536;
const DELIMITERS = [',', ';', '\t'] as const;

/** The delimiter that the first line uses: spreadsheets write the one of their locale. */
function delimiterOf(file: string): string {
  const buffer = Buffer.alloc(HEAD_BYTES);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, buffer);
  closeSync(descriptor);
  const [head = ''] = buffer.toString('utf8', 0, length).split(/[\r\n]/);
  return DELIMITERS.find((each) => head.includes(each)) ?? ',';
}

/** The content of a file and the name of its batch, as a name of its own. */
export async function digestOf(file: string, batch: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.update(`\0${batch}`).digest('hex');
}

/**
 * Reads the lines of a CSV file, one by one.
 * @throws Misuse for what is no CSV, or has not the columns that are needed
 */
export async function* readFile(
  file: string,
  t: Messages,
): AsyncGenerator<{ line: number; cells: Cells }, void, undefined> {
  const columns = (header: string[]): string[] => {
    const names = header.map((name) => name.toLowerCase());
    const missing = ['offer_id', 'msisdn'].filter((name) => !names.includes(name));
    if (missing.includes('offer_id') || (missing.length > 0 && !names.includes('sim_id')))
      throw new Misuse(t.bulk.columns);
    return names;
  };
  const parser = parse({
    bom: true,
    columns,
    delimiter: delimiterOf(file),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  // What goes wrong with the file ends the parser, which tells.
  pipeline(createReadStream(file), parser).catch(() => {});
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: Cells }>) {
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    if (error instanceof Misuse) throw error;
    throw new Misuse(t.bulk.noCsv((error as Error).message));
  }
}
