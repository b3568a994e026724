import { setImmediate as turn } from 'node:timers/promises';
import { type Refusal, refuse } from '@opentopup/contract';
import { readSheet, type Sheet, SheetError, type SheetRow } from '@opentopup/sheets';

/** How much of one file is read. */
const MOST = { rows: 10_000, unpacked_mb: 50 };
const SLICE_BYTES = 64 * 1024;

/** What a file holds. */
interface Table {
  encoding: Sheet['encoding'];
  rows: SheetRow[];
}

/**
 * Reads a CSV file or an Excel workbook whose first line names its columns.
 * @param columns those that there may be, and whether each is needed
 */
export async function readTable(
  file: Uint8Array,
  columns: ReadonlyMap<string, { needed: boolean }>,
): Promise<Table | Refusal> {
  try {
    const sheet = await readSheet(() => slicesOf(file), [...columns.keys()], MOST);
    const fault = headFault(sheet.columns, columns);
    if (fault !== null) return refuse('invalid_csv', { detail: fault });
    const rows: SheetRow[] = [];
    for await (const row of sheet.rows) rows.push(row);
    return { encoding: sheet.encoding, rows };
  } catch (error) {
    if (error instanceof SheetError) return refuse('invalid_csv', { detail: error.message });
    throw error;
  }
}

/** Yields the file piece by piece; other requests are served in between. */
async function* slicesOf(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += SLICE_BYTES) {
    yield file.subarray(at, at + SLICE_BYTES);
    await turn();
  }
}

/** Says what is wrong with the first line; null when nothing is. */
function headFault(names: readonly string[], columns: ReadonlyMap<string, { needed: boolean }>): string | null {
  const unknown = names.find((name) => !columns.has(name));
  if (unknown !== undefined) return `there is no column "${unknown}"; there are ${[...columns.keys()].join(', ')}`;
  const missing = [...columns].find(([name, { needed }]) => needed && !names.includes(name));
  return missing ? `column ${missing[0]} is missing` : null;
}
