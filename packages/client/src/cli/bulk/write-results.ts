import { createWriteStream, renameSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type SheetColumn, type SheetForm, writeSheet } from '@opentopup/sheets';
import type { BulkLine } from './line.ts';
import type { Register } from './register.ts';

/** What a state is called in the file: of what is being sent when a run ends, nobody knows. */
const STATUS: Record<BulkLine['state'], string> = {
  new: 'not_sent',
  sending: 'unknown',
  ok: 'ok',
  refused: 'refused',
  pending: 'pending',
};

function dateOf({ state, at_ms }: BulkLine): string {
  return state === 'new' || at_ms === 0 ? '' : `${new Date(at_ms).toISOString().slice(0, 19)}Z`;
}

const COLUMNS: SheetColumn<BulkLine>[] = [
  { title: 'line', of: ({ line }) => line },
  { title: 'reference', of: ({ reference }) => reference },
  { title: 'offer_id', of: ({ offer_id }) => offer_id },
  { title: 'msisdn', of: ({ msisdn }) => msisdn, kind: 'line' },
  { title: 'sim_id', of: ({ sim_id }) => sim_id },
  { title: 'status', of: ({ state }) => STATUS[state] },
  { title: 'transaction_id', of: ({ transaction_id }) => transaction_id },
  { title: 'reason', of: ({ reason }) => reason },
  { title: 'date', of: dateOf, kind: 'date' },
];

/** Writes what became of each line, in the order of the file: whole or not at all, and for its owner only. */
export async function writeResults(register: Register, path: string, form: SheetForm): Promise<void> {
  const draft = `${path}.new`;
  await pipeline(writeSheet(register.all(), COLUMNS, form), createWriteStream(draft, { mode: 0o600 }));
  renameSync(draft, path);
}
